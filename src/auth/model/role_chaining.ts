import type { Chain } from "./chain.ts";
import type { Identity } from "./model.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Fault } from "../../config/schema/entries.ts";
import { lookups } from "../../config/schema/lookup.ts";
import { follow, placeOf, type Spot } from "../../config/schema/spot.ts";

const ROLES: ReadonlySet<Identity["kind"]> = new Set(["aws/permission-set", "aws/assume-role"]);

/**
 * How long the session of a role lasts at most that a role's session has assumed, in milliseconds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export const CHAINED_MOST_MS = 3_600_000;

/** Whether the identity's credentials are the session of a role; of the environment's own only AWS knows. */
export function isRoleSession({ kind }: Identity): boolean {
  return ROLES.has(kind);
}

type Role = Extract<Identity, { readonly kind: "aws/assume-role" }>;

/**
 * Returns the chain with every role's duration as long as AWS gives it at most, so that no call fails for it, and a
 * message about those that were configured longer; undefined when there are none.
 */
export function capChainedDurations(
  { provider, identities }: Chain,
): { readonly chain: Chain; readonly message: string | undefined } {
  const long = identities.filter((identity, index): identity is Role => isTooLong(identity, identities[index - 1]));
  if (long.length === 0) return { chain: { provider, identities }, message: undefined };
  const lowered = (identity: Identity): Identity =>
    identity.kind === "aws/assume-role" && long.includes(identity)
      ? { ...identity, durationMs: CHAINED_MOST_MS }
      : identity;
  return { chain: { provider, identities: identities.map(lowered) }, message: chainedCapMessage(long) };
}

/** Returns the message about roles whose sessions AWS makes shorter than configured. */
export function chainedCapMessage(roles: readonly Pick<Role, "name" | "durationMs">[]): string {
  const each = roles.map(({ name, durationMs }) => `${name} (${Math.round(durationMs! / 60_000)}m asked for)`);
  return `AWS gives a role that another role assumes 1h at most; so it is 1h for ${each.join(" and ")}.`;
}

function isTooLong(identity: Identity, before: Identity | undefined): boolean {
  if (identity.kind !== "aws/assume-role" || before === undefined) return false;
  return isRoleSession(before) && (identity.durationMs ?? 0) > CHAINED_MOST_MS;
}

/** Durations that a role cannot have because a role's session assumes it; a login asks for an hour then, and says so. */
export function chainedTooLong(
  identities: ReadonlyMap<string, Identity>,
  section: Spot | undefined,
): readonly Fault[] {
  const find = lookups(identities);
  return [...identities.values()].flatMap((one) => {
    if (one.kind !== "aws/assume-role" || (one.durationMs ?? 0) <= CHAINED_MOST_MS || one.via.identity === undefined) {
      return [];
    }
    const from = find(one.via.identity);
    if (from === undefined || !isRoleSession(from)) return [];
    return [faultOf(one, { from, section: section! })];
  });
}

function faultOf(
  { name, place, kind }: Identity,
  { from, section }: { readonly from: Identity; readonly section: Spot },
): Fault {
  const [principal, session] = ["principal", "session"].map((part) => follow(section, [name, part, "duration"]));
  const found = principal!.missing ? session! : principal!;
  const message = `AWS gives 1h at most, and 1h is asked for: "${from.name}" is a role already`;
  const problem = {
    severity: "warning",
    place: placeOf(found),
    path: dottedPath(found.path),
    message,
    aside: true,
  } as const;
  return { family: "identities", name, place, kind, breaks: false, problem };
}
