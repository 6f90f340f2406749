import type { Fault } from "../../config/schema/entries.ts";
import { nameMeant } from "../../config/schema/lookup.ts";
import { hasNoEffect } from "../../config/schema/suspicious_values.ts";
import { follow, getPlace, type SchemaCursor } from "../../config/schema/cursor.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { configuredIdentities } from "./configured_identities.ts";
import type { AuthModel, Identity } from "./model.ts";

/**
 * Returns the name of the identity that a user means, who may have typed its alias; what is no one's alias, or several
 * identities', stays as it is. Names win over aliases, upper and lower case being the same in both.
 */
export function resolveAlias(model: Pick<AuthModel, "identities" | "broken" | "misspelled">, said: string): string {
  if (model.identities.has(said)) return said;
  if (nameMeant(said, configuredIdentities(model).map(({ name }) => name)) !== undefined) return said;
  const [found, ...others] = [...model.identities.values()].filter((one) => isAliased(one, said));
  return found === undefined || others.length > 0 ? said : found.name;
}

function isAliased({ alias }: Identity, name: string): boolean {
  return alias?.toLowerCase() === name.toLowerCase();
}

/** Aliases that lead nowhere: another identity has that name, or the same alias. */
export function findLostAliases(
  identities: ReadonlyMap<string, Identity>,
  section: SchemaCursor | undefined,
): readonly Fault[] {
  const all = [...identities.values()];
  const called = findFirstCalled(all);
  return all.flatMap((one): readonly Fault[] => {
    const { name, kind, place, alias } = one;
    const other = alias === undefined ? undefined : called.get(alias.toLowerCase())?.find((other) => other !== one);
    if (other === undefined) return [];
    const found = follow(section!, [name, "alias"]);
    const shared = isAliased(other, alias!) ? "has the same alias" : "has that name";
    const message = hasNoEffect(`identity "${other.name}" ${shared}`);
    const problem = { severity: "warning", place: getPlace(found), path: dottedPath(found.path), message } as const;
    return [{ family: "identities", name, place, kind, breaks: false, problem }];
  });
}

/** By every name and alias in lower case, the first two that are called so. */
function findFirstCalled(identities: readonly Identity[]): ReadonlyMap<string, readonly Identity[]> {
  const called = new Map<string, Identity[]>();
  for (const one of identities) {
    for (const word of new Set([one.name, one.alias ?? one.name].map((text) => text.toLowerCase()))) {
      const others = called.get(word);
      if (others === undefined) called.set(word, [one]);
      else if (others.length < 2) others.push(one);
    }
  }
  return called;
}
