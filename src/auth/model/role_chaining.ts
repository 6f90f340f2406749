import type { Identity } from "./model.ts";

const ROLES: ReadonlySet<Identity["kind"]> = new Set(["aws/permission-set", "aws/assume-role"]);

/**
 * How long the session of a role lasts at most that a role's session has assumed, in milliseconds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export const CHAINED_MOST_MS = 3_600_000;

/** Whether the identity's credentials are the session of a role; of the environment's own nobody knows. */
export function isRoleSession({ kind }: Identity): boolean {
  return ROLES.has(kind);
}
