import { AppError } from "../../errors.ts";
import { failureName, messageOf } from "../client/sdk_error.ts";

export interface AskedDuration {
  readonly error: unknown;
  readonly doing: string;
  readonly durationSeconds?: number | undefined;
  readonly roleArn?: string;
}

const LIMIT =
  /'durationSeconds' failed to satisfy constraint: Member must have value (less|greater) than or equal to (\d+)/;

/**
 * "config-invalid" when STS refuses how long a session is to last, undefined for any other failure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
 */
export function durationFailure(asked: AskedDuration): AppError | undefined {
  if (failureName(asked.error) !== "ValidationError" && failureName(asked.error) !== "ValidationException") {
    return undefined;
  }
  const message = messageOf(asked.error);
  if (/role chaining/i.test(message)) {
    const found = "AWS caps the session of a role that another role assumes at 1 hour";
    return refused(asked, [found, "Ask for 1 hour at most (duration: 1h), or assume the role with a user's own keys."]);
  }
  if (/MaxSessionDuration/.test(message)) {
    return refused(asked, ["that is more than the role's MaxSessionDuration", roleHint(asked)]);
  }
  const limit = LIMIT.exec(message);
  if (limit === null) return undefined;
  const bound = `${limit[1] === "less" ? "at most" : "at least"} ${spoken(Number(limit[2]))}`;
  return refused(asked, [`AWS takes ${bound}`, `Ask for ${bound}.`]);
}

function roleHint({ durationSeconds = 43_200, roleArn = "NAME" }: AskedDuration): string {
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const raise = `aws iam update-role --role-name ${name} --max-session-duration ${durationSeconds}`;
  return `Ask for less, or have it raised: ${raise}`;
}

function refused(asked: AskedDuration, [found, hint]: readonly [found: string, hint: string]): AppError {
  const wanted = asked.durationSeconds === undefined ? "" : ` for ${spoken(asked.durationSeconds)}`;
  return new AppError("config-invalid", `Cannot ${asked.doing}${wanted}: ${found}`, { hint, cause: asked.error });
}

function spoken(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
