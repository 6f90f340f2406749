import { AppError, type ErrorCode, type Position } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import type { SharedFiles } from "./shared_files.ts";
import { explainMissing } from "./stray_sections.ts";
import { type Remedy } from "../../remedy.ts";

/** The AWS profile in use. */
export interface Profile {
  readonly name: string;
  /** "flag" beats access keys in the environment, as with the AWS CLI; "none": no one named one. */
  readonly namedBy: "flag" | "env" | "none";
  /** May hold access keys: never print it. */
  readonly section: IniSection;
}

/** The variables that name a profile, the strongest first: as the AWS CLI of today, while its first version had them reversed. */
const PROFILE_VARIABLES = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] as const;

/** Returns the profiles that variables of the environment name, the strongest first. */
export function environmentProfiles(
  { env }: Needs<"env">,
): readonly { readonly name: string; readonly variable: typeof PROFILE_VARIABLES[number] }[] {
  return PROFILE_VARIABLES.flatMap((variable) => {
    const name = env.get(variable);
    return name === undefined ? [] : [{ name, variable }];
  });
}

/**
 * Returns the profile of --profile, else of AWS_PROFILE or AWS_DEFAULT_PROFILE, else "default". One that is named and is
 * in neither file is AppError "config-not-found", with what is wrong with its section, or the names that come closest.
 */
export function chooseProfile(
  host: Needs<"env">,
  input: { readonly files: SharedFiles; readonly flag?: string },
): Profile {
  const fromEnv = environmentProfiles(host)[0]?.name;
  const name = input.flag ?? fromEnv ?? "default";
  const namedBy = input.flag !== undefined ? "flag" : fromEnv !== undefined ? "env" : "none";
  const section = input.files.profiles.get(name);
  if (section === undefined && namedBy !== "none") throw missing(name, input.files);
  return { name, namedBy, section: section ?? new Map() };
}

function missing(name: string, { paths, profiles, strays }: SharedFiles): AppError {
  const where = paths.length === 0 ? "no settings file, as HOME is not set" : paths.join(" and ");
  const existing = [...profiles.keys()];
  const clue = explainMissing({ word: "profile", name, strays, existing });
  const hint = existing.length === 0 ? `Create it: aws configure --profile ${quotePosix(name)}` : joinNames(existing);
  return new AppError(
    "config-not-found",
    `Cannot use AWS profile "${name}": ${clue?.found ?? `it is not in ${where}`}`,
    {
      hint: clue?.hint ?? hint,
      ...(clue?.place === undefined ? {} : { place: clue.place }),
    },
  );
}

function joinNames(existing: readonly string[]): string {
  const shown = existing.toSorted().slice(0, 10).join(", ");
  return `Available: ${shown}${existing.length > 10 ? `, and ${existing.length - 10} more` : ""}`;
}

export interface ProfileFault {
  readonly profile: string;
  /** Key and value at fault, and what is wrong: follows the colon of `Cannot use AWS profile "p": `. */
  readonly found: string;
  /** What to do about it. */
  readonly hint: Remedy;
  readonly code?: ErrorCode;
  readonly place?: Position;
}

/** The error for a profile whose settings do not lead to credentials; "config-invalid" unless it says otherwise. */
export function profileFault({ profile, found, hint, code = "config-invalid", place }: ProfileFault): AppError {
  const details = { hint, ...(place === undefined ? {} : { place }) };
  return new AppError(code, `Cannot use AWS profile "${profile}": ${found}`, details);
}

/** The flag that a command of the AWS CLI needs to act as the profile, with the blank before it; "" for the default one. */
export function profileFlag(profile: string): string {
  return profile === "default" ? "" : ` --profile ${quotePosix(profile)}`;
}

/** The command that sets a key of a profile. */
export function setKey(profile: string, setting: string): string {
  return `aws configure set ${setting}${profileFlag(profile)}`;
}
