import { AppError } from "../../errors.ts";
import { failureName, messageOf } from "../client/sdk_error.ts";

const NAMES: Readonly<Record<string, string>> = {
  MalformedPolicyDocument: "AWS does not take the session policy",
  MalformedPolicyDocumentException: "AWS does not take the session policy",
  PackedPolicyTooLarge: "session policy and tags are more than AWS takes together",
  PackedPolicyTooLargeException: "session policy and tags are more than AWS takes together",
};

/** "config-invalid" when STS refuses what narrows or marks a session, undefined for any other failure. */
export function policyFailure(
  { error, doing }: { readonly error: unknown; readonly doing: string },
): AppError | undefined {
  const found = Object.hasOwn(NAMES, failureName(error)) ? NAMES[failureName(error)] : undefined;
  if (found === undefined) return undefined;
  return new AppError("config-invalid", `Cannot ${doing}: ${found} (${messageOf(error)})`, {
    hint: "Correct policy, policy_arns or tags of the identity in atmos.yaml.",
    cause: error,
  });
}
