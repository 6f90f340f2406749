import { AppError, type ErrorCode } from "../../errors.ts";

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
