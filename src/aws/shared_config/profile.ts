import { AppError, type ErrorCode } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import type { SharedFiles } from "./shared_files.ts";

/** The AWS profile in use. */
export interface Profile {
  readonly name: string;
  /** "flag" beats access keys in the environment, as with the AWS CLI; "none": nobody named one. */
  readonly namedBy: "flag" | "env" | "none";
  /** May hold access keys: never print it. */
  readonly section: IniSection;
}

/**
 * --profile, else AWS_PROFILE, else "default". A profile that someone named and that is in neither file is
 * AppError "config-not-found", with the names that come closest.
 */
export function chooseProfile(
  host: Needs<"env">,
  input: { readonly files: SharedFiles; readonly flag?: string },
): Profile {
  const fromEnv = host.env.get("AWS_PROFILE");
  const name = input.flag ?? fromEnv ?? "default";
  const namedBy = input.flag !== undefined ? "flag" : fromEnv !== undefined ? "env" : "none";
  const section = input.files.profiles.get(name);
  if (section === undefined && namedBy !== "none") throw missing(name, input.files);
  return { name, namedBy, section: section ?? new Map() };
}

function missing(name: string, files: SharedFiles): AppError {
  const where = files.paths.length === 0 ? "no settings file, as HOME is not set" : files.paths.join(" and ");
  return new AppError("config-not-found", `Cannot use AWS profile "${name}": it is not in ${where}`, {
    hint: hint(name, [...files.profiles.keys()]),
  });
}

function hint(name: string, existing: readonly string[]): string {
  if (existing.length === 0) return `Create it: aws configure --profile ${name}`;
  const near = closest(name, existing);
  if (near.length > 0) return `Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`;
  const shown = existing.toSorted().slice(0, 10).join(", ");
  return `There are: ${shown}${existing.length > 10 ? `, and ${existing.length - 10} more` : ""}.`;
}

export interface ProfileFault {
  readonly profile: string;
  /** Key and value at fault, and what is wrong: follows the colon of `Cannot use AWS profile "p": `. */
  readonly found: string;
  /** What to do about it. */
  readonly hint: string;
  readonly code?: ErrorCode;
}

/** The error for a profile whose settings do not lead to credentials; "config-invalid" unless it says otherwise. */
export function profileFault({ profile, found, hint, code = "config-invalid" }: ProfileFault): AppError {
  return new AppError(code, `Cannot use AWS profile "${profile}": ${found}`, { hint });
}

/** The command that sets a key of a profile. */
export function setKey(profile: string, setting: string): string {
  return `aws configure set ${setting}${profile === "default" ? "" : ` --profile ${profile}`}`;
}
