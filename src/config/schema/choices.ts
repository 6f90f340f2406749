import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Located, LocatedMap } from "../values/located.ts";
import { valueAt } from "../values/look_up.ts";
import { findFetched, type Power, reachingPower } from "./powers.ts";

/**
 * Returns the powers of a value that decides what else counts: a profile's name, the path of an import, a condition. All
 * that is said because of it, and all that is not, tells something of what lies beyond the tree.
 */
export function choosingPowers(path: readonly (string | number)[], located: Located | undefined): readonly Power[] {
  if (located === undefined) return [];
  return findFetched(located).filter(({ found }) => found.fetched.isBeyond).map(({ found, at }) => ({
    ...reachingPower(dottedPath([...path, ...at]), found),
    reason: "lets something beyond this configuration choose other settings",
  }));
}

/**
 * Returns the same of a setting in a mapping, which stands at `at`; one on the way to it that is from elsewhere decides
 * whether it is there.
 */
export function choicesOfSetting(
  map: LocatedMap,
  { names, at = [] }: { readonly names: readonly string[]; readonly at?: readonly string[] },
): readonly Power[] {
  for (const index of names.keys()) {
    const way = names.slice(0, index + 1);
    const value = valueAt(map, way);
    if (value?.fetched?.isBeyond === true) return choosingPowers([...at, ...way], value);
  }
  return choosingPowers([...at, ...names], valueAt(map, names));
}
