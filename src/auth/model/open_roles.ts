import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Fault } from "../../config/schema/family.ts";
import { lookups } from "../../config/schema/lookup.ts";
import type { Identity, Provider } from "./model.ts";
import { follow, placeOf, type Spot } from "../../config/schema/spot.ts";

export interface OpenRoleInput {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly identities: ReadonlyMap<string, Identity>;
}

/** Only a SAML login brings roles to choose from; every other aws/assume-role names its own. */
export function openRoles({ providers, identities }: OpenRoleInput, section: Spot | undefined): readonly Fault[] {
  const find = lookups(providers);
  return [...identities.values()].flatMap((one) => {
    if (one.kind !== "aws/assume-role" || one.roleArn !== undefined) return [];
    const provider = one.via.provider === undefined ? undefined : find(one.via.provider);
    return provider?.kind === "aws/saml" ? [] : [faultOf(one, section!)];
  });
}

function faultOf({ name, place, kind }: Identity, section: Spot): Fault {
  const found = follow(section, [name, "principal", "assume_role"]);
  const message = "missing: the ARN of the role, such as arn:aws:iam::123456789012:role/NAME";
  const problem = { severity: "error", place: placeOf(found), path: dottedPath(found.path), message } as const;
  return { family: "identities", name, place, kind, breaks: true, problem };
}
