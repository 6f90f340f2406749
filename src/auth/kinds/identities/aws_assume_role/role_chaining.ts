import type { Named } from "../../../../config/schema/entry.ts";
import type { AwsAssumeRole } from "./schema.ts";

/**
 * How long the session of a role lasts at most that a role's session has assumed, in milliseconds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export const CHAINED_MOST_MS = 3_600_000;

/** Returns the message about roles whose sessions AWS makes shorter than configured. */
export function chainedCapMessage(roles: readonly Pick<AwsAssumeRole & Named, "name" | "durationMs">[]): string {
  const each = roles.map(({ name, durationMs }) => `${name} (${Math.round(durationMs! / 60_000)}m asked for)`);
  return `AWS allows at most 1h when a role assumes another role; so it is 1h for ${each.join(" and ")}.`;
}
