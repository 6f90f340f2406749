import type { LocatedEntry, LocatedMap } from "../values/located.ts";
import { AUTH_KEYS, TOP_LEVEL_KEYS } from "./top_level_keys.ts";

/**
 * The configuration with `Auth:` and `AUTH:` as `auth`: upper and lower case count as the same in the names of
 * sections. Where one file has a section twice, both stay, and are told as a clash.
 */
export function knownCase(root: LocatedMap): LocatedMap {
  const entries = respelt(root, TOP_LEVEL_KEYS);
  const auth = entries.get("auth");
  if (auth?.value.kind === "map") {
    entries.set("auth", { ...auth, value: { ...auth.value, entries: respelt(auth.value, AUTH_KEYS) } });
  }
  return { ...root, entries };
}

function respelt(map: LocatedMap, known: readonly string[]): Map<string, LocatedEntry> {
  const taken = new Set(map.entries.keys());
  return new Map([...map.entries].map(([name, entry]) => {
    const small = name.toLowerCase();
    if (taken.has(small) || !known.includes(small)) return [name, entry];
    taken.add(small);
    return [small, entry];
  }));
}
