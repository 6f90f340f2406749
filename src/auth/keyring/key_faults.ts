import { MFA_ARN } from "../../aws/names/names.ts";

/** Four letters say what an id is of. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const USER_KEY = /^AKIA[A-Z0-9]{12,124}$/;
const ANY_ID = /^[A-Z]{4}[A-Z0-9]{12,124}$/;
const SECRET = /^[!-~]{16,128}$/;

/** What is wrong with the id of an access key; undefined when it is one of a user. */
export function accessKeyIdFault(id: string): string | undefined {
  if (id.startsWith("ASIA")) return "it belongs to a temporary session (ASIA…); a user's begins with AKIA";
  if (/^A(?:IDA|ROA|GPA|NPA)/.test(id)) return "it is the id of a user, group or role, not of an access key (AKIA…)";
  if (USER_KEY.test(id)) return undefined;
  if (ANY_ID.test(id.toUpperCase()) && id !== id.toUpperCase()) return "it is written in capital letters";
  return "it is AKIA and 16 more capital letters and digits";
}

/** What is wrong with the secret of an access key; never the secret itself. */
export function secretKeyFault(secret: string): string | undefined {
  if (accessKeyIdFault(secret) === undefined) return "that is the id of a key, not its secret";
  return SECRET.test(secret) ? undefined : "it is 40 characters without spaces";
}

/** What is wrong with the ARN of an MFA device. */
export function mfaArnFault(arn: string): string | undefined {
  return MFA_ARN.test(arn) ? undefined : "it is like arn:aws:iam::123456789012:mfa/NAME";
}
