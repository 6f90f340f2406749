import type { Chain } from "../model/chain.ts";
import type { Identity } from "../model/model.ts";
import { CHAINED_MOST_MS, isRoleSession } from "../model/role_chaining.ts";

export interface WithinTheHour {
  readonly chain: Chain;
  /** What was asked for and cannot be had, in one line; undefined when nothing. */
  readonly said: string | undefined;
}

type Role = Extract<Identity, { readonly kind: "aws/assume-role" }>;

/** The chain with every role's duration as long as AWS gives it at most, so that no call fails for it. */
export function withinTheHour({ provider, identities }: Chain): WithinTheHour {
  const long = identities.filter((one, at): one is Role => isTooLong(one, identities[at - 1]));
  if (long.length === 0) return { chain: { provider, identities }, said: undefined };
  const lowered = (one: Identity): Identity =>
    one.kind === "aws/assume-role" && long.includes(one) ? { ...one, durationMs: CHAINED_MOST_MS } : one;
  return { chain: { provider, identities: identities.map(lowered) }, said: chainedCapSaid(long) };
}

/** The line that says it, of one or more roles. */
export function chainedCapSaid(roles: readonly Pick<Role, "name" | "durationMs">[]): string {
  const each = roles.map(({ name, durationMs }) => `${name} (${Math.round(durationMs! / 60_000)}m asked for)`);
  return `AWS gives a role that another role assumes 1h at most; so it is 1h for ${each.join(" and ")}.`;
}

function isTooLong(one: Identity, before: Identity | undefined): boolean {
  if (one.kind !== "aws/assume-role" || before === undefined) return false;
  return isRoleSession(before) && (one.durationMs ?? 0) > CHAINED_MOST_MS;
}
