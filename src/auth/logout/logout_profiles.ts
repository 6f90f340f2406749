import { parseIni } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import { CONFIG_HOME_VARIABLE, readFileText } from "../files/credential_file.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";
import { credentialsIn, findStorer } from "../files/credential_file_text.ts";
import { withoutCredentials, withoutRegion } from "../files/credential_sections.ts";
import { type FileProblem, fileProblem, readIfUsable } from "../files/file_problem.ts";

type LookHost = Needs<"read" | "sys">;

/** What a look at one place found. */
interface ProfileLookup {
  /** Whether anything of the profile is in its files, or cannot be told because one of them cannot be read. */
  readonly kept: boolean;
  readonly problems: readonly FileProblem[];
}

/** Whether a logout has something to remove there. Permissions: read, sys (uid). */
export function lookAtPlace(host: LookHost, { credentials, config, profile }: CredentialLocation): ProfileLookup {
  const looks = [
    look(host, { path: credentials, without: (text) => withoutCredentials(text, profile) }),
    look(host, { path: config, without: (text) => withoutRegion(text, profile) }),
  ];
  const problems = looks.flatMap(({ problem }) => problem ?? []);
  return { kept: problems.length > 0 || looks.some(({ kept }) => kept), problems };
}

/** Returns which configuration has stored the credentials of a place, for all that they say. Permissions: read, sys. */
export function findPlaceStorer(
  host: LookHost,
  { place: { credentials: path, profile }, configuration }: {
    readonly place: CredentialLocation;
    readonly configuration: string;
  },
): ReturnType<typeof findStorer> {
  return readIfUsable(() => findStorer(readFileText(host, path), { profile, path, configuration })) ?? "unknown";
}

/**
 * The profiles in a directory that some login wrote, as the remark above them says; those that people have put there
 * themselves are not among them. None where the file cannot be read. Permissions: read, sys (uid).
 */
export function markedProfiles(host: LookHost, directory: string): readonly CredentialLocation[] {
  const [path, config] = [`${directory}/credentials`, `${directory}/config`];
  return readIfUsable(() => {
    const text = readFileText(host, path);
    const marked = (profile: string) => credentialsIn(text, { profile, path })?.expiration !== undefined;
    return [...parseIni(text, path).keys()].filter(marked).map((profile) => ({ credentials: path, config, profile }));
  }) ?? [];
}

function look(
  host: LookHost,
  { path, without }: { readonly path: string; readonly without: (text: string) => string },
): { readonly kept: boolean; readonly problem: FileProblem | undefined } {
  try {
    const text = readFileText(host, path);
    parseIni(text, path);
    return { kept: text.trim() !== "" && without(text) !== text, problem: undefined };
  } catch (error) {
    const problem = fileProblem(error, { verb: "read credentials", path, variable: CONFIG_HOME_VARIABLE });
    return { kept: false, problem };
  }
}
