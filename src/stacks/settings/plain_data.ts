import { isUnset, joinLayers } from "./merge_sections.ts";
import type { Fetched, FilePosition, Located, LocatedEntry, LocatedScalar } from "../../config/values/located.ts";
import { FORBIDDEN_KEY, makeMap, makeNull, markFetched, MAX_HEIGHT } from "../../config/values/make_located.ts";
import { putWatched } from "./reach.ts";

/** What plain maps and lists were made of. */
const SOURCES = new WeakMap<object, Located>();

/**
 * Returns a located value as plain data, as templates and printers take it; functions that were not called are their
 * text. What came from beyond the tree is noted when it is read, and reading a scalar may be refused.
 */
export function plainData(located: Located, refusals?: Refusals): unknown {
  if (located.kind === "scalar") return plainScalar(located);
  const data: object = located.kind === "list" ? [] : {};
  let isWhole = true;
  for (const [name, item] of listParts(located)) isWhole = putData(data, name, { located: item, refusals }) && isWhole;
  if (isWhole || refusals?.areKept === true) SOURCES.set(data, located);
  return data;
}

/** What templates may not read. */
export interface Refusals {
  /** What is thrown when a template reads the scalar; undefined for one that it may read. */
  readonly errorOf: (scalar: LocatedScalar) => Error | undefined;
  /** Whether a map or list with such scalars is given as it is, where a template gives just that. */
  readonly areKept: boolean;
}

/** Puts what templates see under a name; whether they may read it. */
export function putData(
  onto: object,
  name: string | number,
  { located, refusals }: { readonly located: Located; readonly refusals: Refusals | undefined },
): boolean {
  const error = located.kind === "scalar" ? refusals?.errorOf(located) : undefined;
  if (error === undefined) putWatched(onto, name, { located, value: plainData(located, refusals) });
  else Object.defineProperty(onto, name, { get: thrower(error), enumerable: true, configurable: true });
  return error === undefined;
}

function thrower(error: Error): () => never {
  return () => {
    throw error;
  };
}

/** Whether it is a function that was not called. */
export function isCall(located: Located): located is LocatedScalar {
  return located.kind === "scalar" && located.call !== undefined && !isUnset(located);
}

/** Of a function that was not called, what is laid over it may be known. */
function plainScalar({ value, layers }: LocatedScalar): unknown {
  const over = layers?.above.at(-1);
  return over === undefined ? value : plainData(over);
}

function listParts(located: Exclude<Located, LocatedScalar>): readonly (readonly [string | number, Located])[] {
  if (located.kind === "list") return located.items.map((item, at) => [at, item] as const);
  return [...located.entries].map(([name, { value }]) => [name, value] as const);
}

/** Parts of a value that a template makes: far more than any manifest has. */
const MOST_PARTS = 100_000;

/**
 * Returns what a template gives as a located value. A map or list that plainData has made is again what it was, with the
 * places and marks of all that is in it. RangeError for one that has no end.
 */
export function locatedData(data: unknown, place: FilePosition): Located {
  let parts = 0;
  const located = (value: unknown, depth: number): Located => {
    if (depth > MAX_HEIGHT) throw new RangeError(`nested more than ${MAX_HEIGHT} deep`);
    if (++parts > MOST_PARTS) throw new RangeError(`more than ${MOST_PARTS} parts`);
    if (typeof value !== "object" || value === null) return scalarAt(value, place);
    const source = SOURCES.get(value);
    if (source !== undefined) return asWritten(source);
    if (Array.isArray(value)) return { kind: "list", place, items: value.map((item) => located(item, depth + 1)) };
    if (Object.hasOwn(value, FORBIDDEN_KEY)) throw new RangeError(`a key must not be ${FORBIDDEN_KEY}`);
    return makeMap(
      Object.entries(value).map(([name, item]) => [name, { key: place, value: located(item, depth + 1) }]),
      place,
    );
  };
  return located(data, 0);
}

/** `!append` is of the place where the list stands. */
function asWritten(source: Located): Located {
  if (source.kind !== "list" || source.appends !== true) return source;
  const { appends: _, ...list } = source;
  return list;
}

function scalarAt(value: unknown, place: FilePosition): LocatedScalar {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return makeNull(place);
  return { kind: "scalar", place, value, text: String(value) };
}

/** The scalars in a value, in its order. */
export function scalarsIn(located: Located): readonly LocatedScalar[] {
  if (located.kind === "scalar") return [located, ...partsOfLayers(located).flatMap(scalarsIn)];
  const parts = located.kind === "list" ? located.items : [...located.entries.values()].map(({ value }) => value);
  return parts.flatMap(scalarsIn);
}

function partsOfLayers({ layers }: LocatedScalar): readonly Located[] {
  if (layers === undefined) return [];
  return [...(layers.below === undefined ? [] : [layers.below]), ...layers.above];
}

/** The name of an entry, and how it was fetched where it is not the tree's own. */
export interface KeyText {
  readonly name: string;
  readonly fetched?: Fetched | undefined;
}

interface Changes {
  readonly scalar: (scalar: LocatedScalar) => Promise<Located>;
  /** Names stay as they are without it. */
  readonly key?: (name: string, entry: LocatedEntry) => Promise<KeyText>;
  /** Every function was called then, or never will be: what lay below and above it is joined. */
  readonly isLast?: boolean;
}

/** The same tree with other scalars and names, made one after the other. */
export async function mapTreeLater(located: Located, changes: Changes): Promise<Located> {
  if (located.kind === "scalar") return await mapScalar(located, changes);
  if (located.kind === "list") {
    const items: Located[] = [];
    for (const item of located.items) items.push(await mapTreeLater(item, changes));
    return { ...located, items };
  }
  const entries = new Map<string, LocatedEntry>();
  let { fetched } = located;
  for (const [written, entry] of located.entries) {
    const key = await changes.key?.(written, entry) ?? { name: written };
    const value = await mapTreeLater(entry.value, changes);
    entries.set(
      key.name,
      key.fetched === undefined ? { ...entry, value } : fetchedEntry({ ...entry, value }, key.fetched),
    );
    fetched ??= key.fetched;
  }
  return { ...located, ...(fetched === undefined ? {} : { fetched }), entries };
}

async function mapScalar(scalar: LocatedScalar, changes: Changes): Promise<Located> {
  const value = await changes.scalar(scalar);
  if (scalar.layers === undefined) return value;
  const { below, lists } = scalar.layers;
  const above: Located[] = [];
  for (const one of scalar.layers.above) above.push(await mapTreeLater(one, changes));
  const layers = { below: below && await mapTreeLater(below, changes), above, lists };
  if (value.kind !== "scalar") return joinLayers(value, layers);
  const { layers: _, ...bare } = value;
  return value.call !== undefined && changes.isLast !== true ? { ...bare, layers } : joinLayers(bare, layers);
}

/** What stands under a name that was fetched tells that name. */
function fetchedEntry(entry: LocatedEntry, fetched: Fetched): LocatedEntry {
  return { ...entry, fetched, value: markFetched(entry.value, fetched) };
}

/** The same tree with other scalars, made one after the other. */
export async function mapScalarsLater(
  located: Located,
  change: (scalar: LocatedScalar) => Promise<Located>,
): Promise<Located> {
  return await mapTreeLater(located, { scalar: change });
}

/** The same, after which every function was called or never will be. */
export async function settleScalarsLater(
  located: Located,
  change: (scalar: LocatedScalar) => Promise<Located>,
): Promise<Located> {
  return await mapTreeLater(located, { scalar: change, isLast: true });
}
