import type { Located, LocatedEntry, LocatedList, LocatedMap } from "../../config/values/located.ts";
import type { ListStrategy } from "./setting_values.ts";

/**
 * Lays one section over another: maps join, lists as the strategy says, the rest replaces. `!unset` stays as a mark
 * until all is joined: what it takes away may come from below.
 */
export function mergeSections(
  under: LocatedMap,
  { over, lists }: { readonly over: LocatedMap; readonly lists: ListStrategy },
): LocatedMap {
  const entries = new Map(under.entries);
  for (const [name, entry] of over.entries) entries.set(name, mergeEntry(entries.get(name), { over: entry, lists }));
  const fetched = over.fetched ?? under.fetched;
  return { kind: "map", place: over.place, entries, ...(fetched === undefined ? {} : { fetched }) };
}

/** What is joined, without what `!unset` takes away. */
export function settled(located: Located): Located {
  if (located.kind === "scalar") return located;
  if (located.kind === "list") return { ...located, items: located.items.map(settled) };
  const kept = [...located.entries].filter(([, { value }]) => !isUnset(value));
  return { ...located, entries: new Map(kept.map(([name, one]) => [name, { ...one, value: settled(one.value) }])) };
}

interface Over<T> {
  readonly over: T;
  readonly lists: ListStrategy;
}

function mergeEntry(under: LocatedEntry | undefined, { over, lists }: Over<LocatedEntry>): LocatedEntry {
  return { ...over, value: mergeValues(under?.value, { over: over.value, lists }) };
}

function mergeValues(under: Located | undefined, { over, lists }: Over<Located>): Located {
  if (over.kind === "map" && under?.kind === "map") return mergeSections(under, { over, lists });
  return over.kind === "list" && under?.kind === "list" ? mergeLists(under, { over, lists }) : over;
}

/** "merge" goes by place in the list: what is at the same one is merged. */
function mergeLists(under: LocatedList, { over, lists }: Over<LocatedList>): Located {
  const strategy = over.appends === true ? "append" : lists;
  if (strategy === "replace") return over;
  if (strategy === "append") return { ...under, place: over.place, items: [...under.items, ...over.items] };
  const longer = Math.max(under.items.length, over.items.length);
  const items = Array.from({ length: longer }, (_, at) => {
    const item = over.items[at];
    return item === undefined ? under.items[at]! : mergeValues(under.items[at], { over: item, lists });
  });
  return { ...over, items };
}

/** Whether a value takes away what it is laid over. */
export function isUnset(value: Located): boolean {
  return value.kind === "scalar" && value.call?.tag === "!unset";
}
