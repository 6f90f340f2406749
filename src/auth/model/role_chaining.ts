import type { Chain } from "./chain.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Fault } from "../../config/schema/entries.ts";
import { lookups } from "../../config/schema/lookup.ts";
import { follow, getPlace, type SchemaCursor } from "../../config/schema/cursor.ts";
import { CHAINED_MOST_MS, chainedCapMessage } from "../kinds/identities/aws_assume_role/role_chaining.ts";
import { isAssumeRole } from "../kinds/identities/registry.ts";
import type { Identity } from "./model.ts";

/**
 * Returns the chain with every role's duration as long as AWS gives it at most, so that no call fails for it, and a
 * message about those that were configured longer; undefined when there are none.
 */
export function capChainedDurations(
  { provider, identities }: Chain,
): { readonly chain: Chain; readonly message: string | undefined } {
  const long = identities.filter((identity, index) => isTooLong(identity, identities[index - 1]));
  if (long.length === 0) return { chain: { provider, identities }, message: undefined };
  const lowered = (identity: Identity): Identity =>
    isAssumeRole(identity) && long.includes(identity) ? { ...identity, durationMs: CHAINED_MOST_MS } : identity;
  return {
    chain: { provider, identities: identities.map(lowered) },
    message: chainedCapMessage(long.filter(isAssumeRole)),
  };
}

function isTooLong(identity: Identity, before: Identity | undefined): boolean {
  if (!isAssumeRole(identity) || before === undefined) return false;
  return before.isRoleSession && (identity.durationMs ?? 0) > CHAINED_MOST_MS;
}

/** Durations that a role cannot have because a role's session assumes it; a login asks for an hour then, and says so. */
export function chainedTooLong(
  identities: ReadonlyMap<string, Identity>,
  section: SchemaCursor | undefined,
): readonly Fault[] {
  const find = lookups(identities);
  return [...identities.values()].flatMap((one) => {
    if (!isAssumeRole(one) || (one.durationMs ?? 0) <= CHAINED_MOST_MS || one.via.identity === undefined) {
      return [];
    }
    const from = find(one.via.identity);
    if (from === undefined || !from.isRoleSession) return [];
    return [findChainingFault(one, { from, section: section! })];
  });
}

function findChainingFault(
  { name, place, kind }: Identity,
  { from, section }: { readonly from: Identity; readonly section: SchemaCursor },
): Fault {
  const [principal, session] = ["principal", "session"].map((part) => follow(section, [name, part, "duration"]));
  const found = principal!.missing ? session! : principal!;
  const message = `AWS allows at most 1h: "${from.name}" is a role already`;
  const problem = {
    severity: "warning",
    place: getPlace(found),
    path: dottedPath(found.path),
    message,
    aside: true,
  } as const;
  return { family: "identities", name, place, kind, breaks: false, problem };
}
