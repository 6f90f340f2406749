import { AppError } from "../../errors.ts";
import { type IniSection, parseIni } from "../../formats/ini/parse_ini.ts";
import { setIniSection } from "../../formats/ini/edit.ts";
import { renderHeader } from "../../formats/ini/section_name.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** A profile of ~/.aws/config whose credentials come from this program. */
export interface AwsProfile {
  readonly name: string;
  /** The identity, for messages. */
  readonly identity: string;
  /** Its credential_process. */
  readonly process: string;
  /** What the command line of an earlier one ends with: whose credentials they are, and by which configuration. */
  readonly mark: string;
  readonly region: string | undefined;
}

interface ProfileEdit {
  /** The text of ~/.aws/config. */
  readonly text: string;
  /** Its path, for messages. */
  readonly path: string;
  /** Profiles that ~/.aws/credentials has: their keys would be used first. */
  readonly withKeys: ReadonlySet<string>;
}

/**
 * The text with a profile added, or fixed where it is one of ours; every other byte, and what someone has added to the
 * profile, stays. AppError "usage" for a name that is someone else's or that the file cannot hold, "config-invalid" for
 * a text that is no INI file. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function withAwsProfile({ text, path, withKeys }: ProfileEdit, profile: AwsProfile): string {
  const name = getSectionName(profile);
  const sections = parseIni(text, path);
  const there = sections.get(renderHeader(name)) ?? sections.get(`profile ${profile.name}`);
  if (withKeys.has(profile.name)) throw taken(profile, "the credentials file has keys under that name");
  if (there !== undefined && !isOurs(there, profile)) throw taken(profile, `${path} has one of that name`);
  const region = there?.has("region") || profile.region === undefined ? {} : { region: profile.region };
  try {
    return setIniSection(text, { name, keys: { credential_process: profile.process, ...region } });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("usage", `Cannot write AWS profile ${JSON.stringify(profile.name)}: ${error.message}`, {
      hint: "Rename the identity, or the directory of its atmos.yaml",
      cause: error,
    });
  }
}

/** The profile as it would stand in an empty file. */
export function profileText(profile: AwsProfile): string {
  return withAwsProfile({ text: "", path: "", withKeys: new Set() }, profile);
}

function getSectionName({ name }: AwsProfile): string {
  return name === "default" ? name : `profile ${name}`;
}

/** The program may have moved, and the identity to another account; the identity and its configuration may not. */
function isOurs(there: IniSection, { mark }: AwsProfile): boolean {
  const command = there.get("credential_process");
  if (typeof command !== "string" || !command.endsWith(mark)) return false;
  return / auth credential-process(?: (["']?)--account=\d{12}\1)?$/.test(command.slice(0, -mark.length));
}

function taken({ name, identity }: AwsProfile, found: string): AppError {
  return new AppError(
    "usage",
    `Cannot write AWS profile ${JSON.stringify(name)} for identity "${identity}": ${found}`,
    {
      hint: remedy`Choose other names: ${nameSetting("prefix")}; or remove that profile first`,
    },
  );
}
