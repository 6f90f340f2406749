import type { Located, LocatedEntry, LocatedMap } from "./located.ts";

/** Lays one map over another: maps join, deeply; lists, scalars and an explicit null replace what was there. */
export function mergeMaps(under: LocatedMap, over: LocatedMap): LocatedMap {
  const entries = new Map(under.entries);
  for (const [name, entry] of over.entries) entries.set(name, mergeEntry(entries.get(name), entry));
  return { kind: "map", place: over.place, entries };
}

function mergeEntry(under: LocatedEntry | undefined, over: LocatedEntry): LocatedEntry {
  return under === undefined ? over : { key: over.key, value: mergeValues(under.value, over.value) };
}

function mergeValues(under: Located, over: Located): Located {
  return under.kind === "map" && over.kind === "map" ? mergeMaps(under, over) : over;
}
