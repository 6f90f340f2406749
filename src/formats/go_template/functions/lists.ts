import { spend } from "../values/effort.ts";
import { getKind, isTrue } from "../values/value.ts";
import { anyText, type FunctionTable, int, list, position, takes } from "./arguments.ts";
import { deepEquals, renderKey } from "./compare.ts";

/** https://masterminds.github.io/sprig/lists.html */
const PLAIN: FunctionTable = {
  list: takes([0, Infinity], (...items) => items),
  tuple: takes([0, Infinity], (...items) => items),
  first: takes(1, (items) => list(items)[0] ?? null),
  last: takes(1, (items) => list(items).at(-1) ?? null),
  rest: takes(1, (items) => list(items).slice(1)),
  initial: takes(1, (items) => list(items).slice(0, -1)),
  append: takes(2, (items, item) => [...list(items), item]),
  push: takes(2, (items, item) => [...list(items), item]),
  prepend: takes(2, (items, item) => [item, ...list(items)]),
  concat: takes([0, Infinity], (...lists) => lists.flatMap(list)),
  reverse: takes(1, (items) => list(items).toReversed()),
  uniq: takes(1, (items) => distinct(list(items))),
  compact: takes(1, (items) => list(items).filter(isTrue)),
  without: takes([1, Infinity], (items, ...unwanted) => list(items).filter((one) => !isIn(unwanted, one))),
  has: takes(2, (item, items) => getKind(items) !== "nil" && isIn(list(items), item)),
  sortAlpha: takes(1, (items) => sortVariables((Array.isArray(items) ? items : [items]).map(anyText))),
  chunk: takes(2, (size, items) => chunks(list(items), int(size))),
  until: takes(1, (count) => stepThrough({ from: 0, to: int(count), step: int(count) < 0 ? -1 : 1 })),
  untilStep: takes(3, (...[from, to, step]) => stepThrough({ from: int(from), to: int(to), step: int(step) })),
  seq: takes([0, 3], (...ends) => sequence(ends.map(position))),
};

/** `mustX` fails where `x` does; here both say what is wrong. */
export const LISTS: FunctionTable = {
  ...PLAIN,
  ...Object.fromEntries(
    Object.entries(PLAIN).map(([name, one]) => [`must${name[0]!.toUpperCase()}${name.slice(1)}`, one]),
  ),
};

function isIn(items: readonly unknown[], item: unknown): boolean {
  return items.some((one) => deepEquals(one, item));
}

function distinct(items: readonly unknown[]): readonly unknown[] {
  const found = new Map<string, unknown>();
  for (const item of items) {
    const key = renderKey(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

function sortVariables(texts: readonly string[]): readonly string[] {
  spend(texts.length * Math.log2(texts.length + 1));
  return texts.toSorted(byCharacters);
}

function byCharacters(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function chunks(items: readonly unknown[], size: number): readonly unknown[] {
  if (size < 1) throw new Error("the size of a chunk must be 1 at least");
  spend(4 * items.length / size);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function stepThrough(
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
): readonly number[] {
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (count > 100_000) throw new Error("the list would be too long");
  return Array.from({ length: count }, (_, at) => from + at * step);
}

/** As the program `seq`: the last number is in it, and all are one text. */
function sequence(ends: readonly number[]): string {
  const [one = 0, two, three] = ends;
  const from = two === undefined ? 1 : one;
  const to = three ?? two ?? one;
  const step = three === undefined ? (to < from ? -1 : 1) : two!;
  if (ends.length === 0 || step === 0) return "";
  return stepThrough({ from, to: to + Math.sign(step), step }).join(" ");
}
