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

/** Whether the identity's credentials are the session of a role; of the environment's own nobody knows. */
export function isRoleSession({ kind }: Identity): boolean {
  return ROLES.has(kind);
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
