import { appendLists, fetchedOfBoth, markFetched } from "../../config/values/make_located.ts";
import type {
  Layers,
  Located,
  LocatedEntry,
  LocatedList,
  LocatedMap,
  LocatedScalar,
} from "../../config/values/located.ts";
import type { ListStrategy } from "./setting_values.ts";

/**
 * Lays one section over another: maps join, lists as the strategy says, the rest replaces. `!unset` stays as a mark
 * until all is joined: what it takes away may come from below. So does what a function may give with all that lies
 * below and above it: {@link joinLayers} joins them once it was called.
 */
export function mergeSections(
  under: LocatedMap,
  { over, lists }: { readonly over: LocatedMap; readonly lists: ListStrategy },
): LocatedMap {
  const entries = new Map(under.entries);
  for (const [name, entry] of over.entries) entries.set(name, mergeEntry(entries.get(name), { over: entry, lists }));
  return { kind: "map", place: over.place, entries, ...fetchedOfBoth(under, over) };
}

/** What is joined, without what `!unset` takes away. */
export function settle(located: Located): Located {
  if (located.kind === "scalar") return located;
  if (located.kind === "list") return { ...located, items: located.items.map(settle) };
  const kept = [...located.entries].filter(([, { value }]) => !isUnset(value));
  return { ...located, entries: new Map(kept.map(([name, one]) => [name, { ...one, value: settle(one.value) }])) };
}

interface Over<T> {
  readonly over: T;
  readonly lists: ListStrategy;
}

function mergeEntry(under: LocatedEntry | undefined, { over, lists }: Over<LocatedEntry>): LocatedEntry {
  return { ...over, value: mergeValues(under?.value, { over: over.value, lists }) };
}

function mergeValues(under: Located | undefined, { over, lists }: Over<Located>): Located {
  if (under !== undefined && isDeferred(over)) return { ...over, layers: { below: under, above: [], lists } };
  if (under !== undefined && isDeferred(under) && over.kind !== "scalar") return laidOver(under, { over, lists });
  return joinValues(under, { over, lists });
}

function joinValues(under: Located | undefined, { over, lists }: Over<Located>): Located {
  if (over.kind === "map" && under?.kind === "map") return mergeSections(under, { over, lists });
  return over.kind === "list" && under?.kind === "list" ? mergeLists(under, { over, lists }) : over;
}

function laidOver(under: LocatedScalar, { over, lists }: Over<Located>): Located {
  const { below, above } = under.layers ?? { below: undefined, above: [] };
  return { ...under, layers: { below, above: [...above, over], lists } };
}

/** Whether it is a function that may give a mapping or a list. */
function isDeferred(value: Located): value is LocatedScalar {
  return value.kind === "scalar" && value.call !== undefined && !/^!(?:literal|unset)$/.test(value.call.tag);
}

/** The value of a function with all that it lay between. */
export function joinLayers(value: Located, { below, above, lists }: Layers): Located {
  const under = joinValues(below, { over: value, lists });
  const joined = above.reduce((under, over) => joinValues(under, { over, lists }), under);
  // Whether it gives a mapping at all may depend on what lies beyond the tree.
  return value.fetched?.isBeyond === true ? markFetched(joined, value.fetched) : joined;
}

/** "merge" goes by place in the list: what is at the same one is merged. */
function mergeLists(under: LocatedList, { over, lists }: Over<LocatedList>): Located {
  const strategy = over.appends === true ? "append" : lists;
  if (strategy === "replace") return over;
  if (strategy === "append") return appendLists(under, over);
  const longer = Math.max(under.items.length, over.items.length);
  const items = Array.from({ length: longer }, (_, at) => {
    const item = over.items[at];
    return item === undefined ? under.items[at]! : mergeValues(under.items[at], { over: item, lists });
  });
  return { ...over, items, ...fetchedOfBoth(under, over) };
}

/** Whether a value takes away what it is laid over. */
export function isUnset(value: Located): boolean {
  return value.kind === "scalar" && value.call?.tag === "!unset";
}
