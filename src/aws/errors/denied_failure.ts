import { AppError } from "../../errors.ts";
import type { Failure } from "./failure_context.ts";
import { failureName, messageOf, type SdkError } from "../client/sdk_error.ts";

const NAMES: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "NotAuthorizedException",
  "ForbiddenException",
]);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const SENTENCE = /User: (\S+) is not authorized to perform: (\S+)(?: on resource: (\S+))?\s*(.*)$/s;

/** Flags of the commands that act as whoever the environment says. */
export const OTHER_CREDENTIALS = " (--profile, --assume-role-arn)";

export function isDenied(error: SdkError): boolean {
  return NAMES.has(failureName(error));
}

/** "aws-denied" with who may not do what: from AWS's message, else by asking AWS who the caller is. */
export async function deniedFailure(failure: Failure): Promise<AppError> {
  const message = messageOf(failure.error);
  const said = SENTENCE.exec(message);
  const principal = said?.[1] ?? await failure.principal?.() ?? "these credentials";
  const action = said?.[2] ?? failure.action;
  const reason = said === null ? `(${message})` : [said[3] && `on ${said[3]}`, said[4]].filter(Boolean).join(" ");
  const found = `${principal} may not perform ${action} ${reason}`.trimEnd();
  return new AppError("aws-denied", `Cannot ${failure.doing}: ${found}`, {
    hint: `Use another identity${OTHER_CREDENTIALS}, or have ${action} allowed.`,
    cause: failure.error,
    facts: { principal, action },
  });
}
