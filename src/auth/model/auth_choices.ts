import { choicesOfSetting, choosingPowers } from "../../config/schema/choices.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { valueAt } from "../../config/values/look_up.ts";

const SECTIONS = ["providers", "identities", "integrations"] as const;
/** Fields that decide which entries are used, other than by what AWS is sent of them. */
const DECIDING: readonly (readonly string[])[] = [
  ["kind"],
  ["default"],
  ["via"],
  ["provider"],
  ["spec", "auto_provision"],
];

/**
 * Returns what in the auth section decides by something beyond the tree which identity, login or integration is used;
 * also of entries that are not: which of them is not may tell something.
 */
export function authChoices(root: LocatedMap, powers: readonly Power[]): readonly Power[] {
  const choices = choicesIn(root);
  if (choices.length === 0) return [];
  // Those that are sent as well need to be asked for once only.
  const known = new Map(powers.map((one) => [one.path, one]));
  return choices.map((one) => known.get(one.path) ?? one);
}

function choicesIn(root: LocatedMap): readonly Power[] {
  const auth = valueAt(root, ["auth"]);
  if (auth?.kind !== "map" || auth.fetched?.isBeyond === true) return choosingPowers(["auth"], auth);
  return SECTIONS.flatMap((section) => {
    const entries = valueAt(auth, [section]);
    const path = ["auth", section];
    if (entries?.kind !== "map" || entries.fetched?.isBeyond === true) return choosingPowers(path, entries);
    return [...entries.entries].flatMap(([name, { value }]) => {
      if (value.kind !== "map" || value.fetched?.isBeyond === true) return choosingPowers([...path, name], value);
      return DECIDING.flatMap((field) => choicesOfSetting(value, { names: field, at: [...path, name] }));
    });
  });
}
