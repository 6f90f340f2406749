import { closest } from "../../formats/text/closest.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { LocatedMap, Problem } from "../values/located.ts";
import { lookUp } from "../values/look_up.ts";
import { TOP_LEVEL_KEYS } from "./top_level_keys.ts";

const PROFILES_KEYS = ["base_path", "default"];
/** Where people keep anchors and notes of their own. */
const OWN = /^(?:x-|[._])/i;

/**
 * Keys that nothing reads and that are nearly the names of sections, as warnings. A key that is like none of them may
 * be another program's.
 */
export function unknownKeys(root: LocatedMap): readonly Problem[] {
  const profiles = lookUp(root, "profiles")?.value;
  return [
    ...nearlyKnown(root, { known: TOP_LEVEL_KEYS, path: [] }),
    ...(profiles?.kind === "map" ? nearlyKnown(profiles, { known: PROFILES_KEYS, path: ["profiles"] }) : []),
  ];
}

interface Known {
  readonly known: readonly string[];
  readonly path: readonly string[];
}

function nearlyKnown(map: LocatedMap, { known, path }: Known): readonly Problem[] {
  return [...map.entries].flatMap(([name, { key }]): readonly Problem[] => {
    if (known.includes(name.toLowerCase()) || OWN.test(name)) return [];
    const near = closest(name, known).find((one) => Math.abs(one.length - name.length) <= 2 && one.length > 2);
    if (near === undefined) return [];
    const message = `unknown key; did you mean "${near}"?`;
    return [{ severity: "warning", place: key, path: dottedPath([...path, name]), message }];
  });
}
