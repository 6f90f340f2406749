import { dottedPath } from "../formats/dotted_path.ts";
import type { Fault } from "./family.ts";
import { lookups } from "./lookup.ts";
import type { Identity } from "./model.ts";
import { follow, placeOf, type Spot } from "./shape/spot.ts";

const HOUR = 3_600_000;
const ROLES: readonly string[] = ["aws/permission-set", "aws/assume-role"];

/**
 * A role that is assumed from another role's session lasts an hour at most.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function chainedTooLong(
  identities: ReadonlyMap<string, Identity>,
  section: Spot | undefined,
): readonly Fault[] {
  const find = lookups(identities);
  return [...identities.values()].flatMap((one) => {
    if (one.kind !== "aws/assume-role" || (one.durationMs ?? 0) <= HOUR || one.via.identity === undefined) return [];
    const from = find(one.via.identity);
    if (from === undefined || !ROLES.includes(from.kind)) return [];
    return [faultOf(one, { from, section: section! })];
  });
}

function faultOf(
  { name, place, kind }: Identity,
  { from, section }: { readonly from: Identity; readonly section: Spot },
): Fault {
  const [principal, session] = ["principal", "session"].map((part) => follow(section, [name, part, "duration"]));
  const found = principal!.missing ? session! : principal!;
  const message = `must be at most 1h: "${from.name}" is a role already, and AWS allows no more from role to role`;
  const problem = { severity: "error", place: placeOf(found), path: dottedPath(found.path), message } as const;
  return { family: "identities", name, place, kind, breaks: true, problem };
}
