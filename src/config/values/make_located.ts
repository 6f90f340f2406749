import { isHidden, mostPrivate } from "./fetched.ts";
import type {
  Fetched,
  FilePosition,
  Located,
  LocatedEntry,
  LocatedList,
  LocatedMap,
  LocatedScalar,
} from "./located.ts";

/** As deep as anything in a configuration may be nested. */
export const MAX_HEIGHT = 100;
/** To JavaScript this is no name like others; no one writes it with good in mind. */
export const FORBIDDEN_KEY = "__proto__";

/** A text; half of a surrogate pair is no character, and no other program takes it. */
export function makeText(given: string, place: FilePosition): LocatedScalar {
  const text = given.toWellFormed();
  return { kind: "scalar", place, value: text, text };
}

/** The same value with how it was fetched, keys included; what came from beyond the tree or by a command stays so. */
export function markFetched(value: Located, fetched: Fetched): Located {
  const marked = fetchedOver(value.fetched, fetched);
  if (value.kind === "scalar") return { ...value, fetched: marked, ...markLayers(value, fetched) };
  if (value.kind === "list") {
    return { ...value, fetched: marked, items: value.items.map((item) => markFetched(item, fetched)) };
  }
  const entries = [...value.entries].map(([name, entry]) =>
    [
      name,
      { ...entry, value: markFetched(entry.value, fetched), fetched: fetchedOver(entry.fetched, fetched) },
    ] as const
  );
  return { ...value, fetched: marked, entries: new Map(entries) };
}

function markLayers({ layers }: LocatedScalar, fetched: Fetched): Pick<LocatedScalar, "layers"> {
  if (layers === undefined) return {};
  const below = layers.below === undefined ? undefined : markFetched(layers.below, fetched);
  return { layers: { ...layers, below, above: layers.above.map((one) => markFetched(one, fetched)) } };
}

/**
 * The outer call, with what the inner one makes of the value; the inner one where the outer one would show it. Neither
 * names what both have fetched.
 */
function fetchedOver(inner: Fetched | undefined, outer: Fetched): Fetched {
  if (inner === undefined) return outer;
  const isOverCommand = inner.byCommand === true || inner.overCommand === true;
  const isOverOther = (inner.isBeyond || inner.isLocal === true) && !isSameCall(inner, outer);
  const both = {
    isBeyond: outer.isBeyond || inner.isBeyond,
    ...(isOverOther || inner.isByValue || outer.isByValue ? { isByValue: true } as const : {}),
  };
  const over: Fetched = {
    ...outer,
    ...both,
    ...(inner.isLocal ? { isLocal: true } : {}),
    ...(isOverCommand ? { overCommand: true } : {}),
    ...(inner.isMade ? { isMade: true } : {}),
  };
  return isHidden(inner) && !isHidden(over) ? { ...inner, ...both } : over;
}

function isSameCall(one: Fetched, other: Fetched): boolean {
  const identity = ({ call, place: { file, line, column }, target }: Fetched) => [call, file, line, column, target];
  return JSON.stringify(identity(one)) === JSON.stringify(identity(other));
}

export function makeNull(place: FilePosition): LocatedScalar {
  return { kind: "scalar", place, value: null, text: "" };
}

export function makeMap(entries: Iterable<readonly [string, LocatedEntry]>, place: FilePosition): LocatedMap {
  return { kind: "map", place, entries: new Map(entries) };
}

/** What JSON.parse gave for text from elsewhere, all of it at one place. Throws RangeError when it is nested more than 100 deep. */
export function makeFromJson(value: unknown, place: FilePosition): Located {
  return fromJson(value, { place, depth: 0 });
}

function fromJson(value: unknown, { place, depth }: { readonly place: FilePosition; readonly depth: number }): Located {
  const inner = { place, depth: depth + 1 };
  if (depth > MAX_HEIGHT) throw new RangeError(`nested more than ${MAX_HEIGHT} deep`);
  if (Array.isArray(value)) return { kind: "list", place, items: value.map((item) => fromJson(item, inner)) };
  if (typeof value === "object" && value !== null) {
    if (Object.hasOwn(value, FORBIDDEN_KEY)) throw new RangeError(`a key must not be ${FORBIDDEN_KEY}`);
    const entry = (item: unknown): LocatedEntry => ({ key: place, value: fromJson(item, inner) });
    return makeMap(Object.entries(value).map(([key, item]) => [key.toWellFormed(), entry(item)] as const), place);
  }
  if (typeof value === "string") return makeText(value, place);
  const scalar = value as number | boolean | null;
  return { kind: "scalar", place, value: scalar, text: scalar === null ? "" : String(scalar) };
}

/** Lays one map over another: maps join, deeply, and so do lists with `!append`; all else replaces what was there. */
export function mergeMaps(under: LocatedMap, over: LocatedMap): LocatedMap {
  const entries = new Map(under.entries);
  for (const [name, entry] of over.entries) entries.set(name, mergeEntry(entries.get(name), entry));
  return { kind: "map", place: over.place, entries, ...fetchedOfBoth(under, over) };
}

function mergeEntry(under: LocatedEntry | undefined, over: LocatedEntry): LocatedEntry {
  return under === undefined ? over : { ...over, value: mergeValues(under.value, over.value) };
}

function mergeValues(under: Located, over: Located): Located {
  if (under.kind === "map" && over.kind === "map") return mergeMaps(under, over);
  if (under.kind !== "list" || over.kind !== "list" || over.appends !== true) return over;
  return appendLists(under, over);
}

/** Returns the items of both lists, to go after a third one where the first is to. */
export function appendLists(under: LocatedList, over: LocatedList): LocatedList {
  const items = [...under.items, ...over.items];
  const appends = under.appends === true ? { appends: under.appends } : {};
  return { kind: "list", place: over.place, items, ...appends, ...fetchedOfBoth(under, over) };
}

/** Returns how a text that is made of several was fetched, to be put on it: as the most private; `{}` for none. */
export function fetchedOfParts(parts: readonly (Fetched | undefined)[]): { readonly fetched?: Fetched } {
  const fetched = mostPrivate(parts);
  if (fetched === undefined) return {};
  const isLocal = parts.some((one) => one?.isLocal);
  return { fetched: { ...fetched, isByValue: true, ...(isLocal ? { isLocal } : {}) } };
}

/** Returns how what is made of two values was fetched: from beyond the tree, where one of them was. */
export function fetchedOfBoth(
  under: Pick<Located, "fetched">,
  over: Pick<Located, "fetched">,
): { readonly fetched?: Fetched } {
  const fetched = mostPrivate([over.fetched, under.fetched]);
  return fetched === undefined ? {} : { fetched };
}
