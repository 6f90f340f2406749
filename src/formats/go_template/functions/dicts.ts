import { spend, spendOnAll } from "../values/effort.ts";
import { getKind, getMember, isTrue, MISSING, sortedKeys } from "../values/value.ts";
import { anyText, found, type FunctionTable, map, str, takes } from "./arguments.ts";

type Dict = Record<string, unknown>;

/** Sprig's functions about maps; `set`, `unset` and the merges change the map they are given, as there. */
const PLAIN: FunctionTable = {
  dict: takes([0, Infinity], (...pairs) => pairUp(pairs)),
  get: takes(2, (dict, key) => or(getMember(map(dict), str(key)), "")),
  set: takes(3, (...[dict, key, value]) => define(changeable(dict), [str(key), value])),
  unset: takes(2, (dict, key) => without(map(dict) as Dict, str(key))),
  hasKey: takes(2, (dict, key) => getMember(map(dict), str(key)) !== MISSING),
  pluck: takes(
    [1, Infinity],
    (key, ...dicts) => dicts.map((one) => getMember(map(one), str(key))).filter((one) => one !== MISSING),
  ),
  keys: takes([0, Infinity], (...dicts) => dicts.flatMap((one) => sortedKeys(map(one)))),
  values: takes(1, (dict) => sortedKeys(map(dict)).map((key) => map(dict)[key])),
  pick: takes([1, Infinity], (dict, ...keys) => filterOptions(map(dict), (key) => keys.includes(key))),
  omit: takes([1, Infinity], (dict, ...keys) => filterOptions(map(dict), (key) => !keys.includes(key))),
  dig: takes([3, Infinity], (...words) => dug(words)),
  merge: takes(
    [1, Infinity],
    (dict, ...others) =>
      others.reduce((into, one) => mergeDicts(into as Dict, { from: map(one), wins: false }), map(dict)),
  ),
  mergeOverwrite: takes(
    [1, Infinity],
    (dict, ...others) =>
      others.reduce((into, one) => mergeDicts(into as Dict, { from: map(one), wins: true }), map(dict)),
  ),
  deepCopy: takes(1, (value) => (spendOnAll(value), structuredClone(value))),
};

/** `mustX` fails where `x` does. */
export const DICTS: FunctionTable = {
  ...PLAIN,
  mustMerge: PLAIN["merge"]!,
  mustMergeOverwrite: PLAIN["mergeOverwrite"]!,
  mustDeepCopy: PLAIN["deepCopy"]!,
};

function or(value: unknown, fallback: unknown): unknown {
  return value === MISSING ? fallback : value;
}

function changeable(dict: unknown): Dict {
  if (getKind(dict) !== "map") throw new Error(`expected a map, found ${found(dict)}`);
  return dict as Dict;
}

function without(dict: Dict, key: string): Dict {
  delete dict[key];
  return dict;
}

/** Never through a setter: `__proto__` is a name like any other. */
function define(dict: Dict, [key, value]: readonly [string, unknown]): Dict {
  return Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true });
}

function pairUp(pairs: readonly unknown[]): Dict {
  const dict: Dict = {};
  for (let at = 0; at < pairs.length; at += 2) {
    define(dict, [anyText(pairs[at]), at + 1 < pairs.length ? pairs[at + 1] : ""]);
  }
  return dict;
}

function filterOptions(dict: Readonly<Dict>, isWanted: (key: string) => boolean): Dict {
  spend(Object.keys(dict).length);
  return Object.fromEntries(Object.entries(dict).filter(([key]) => isWanted(key)));
}

function dug(words: readonly unknown[]): unknown {
  const [dict, fallback] = [words.at(-1), words.at(-2)];
  let value: unknown = dict;
  for (const key of words.slice(0, -2)) {
    if (getKind(value) !== "map") throw new Error(`expected a map, found ${found(value)}`);
    value = getMember(value, str(key));
    if (value === MISSING) return fallback;
  }
  return value;
}

/** Maps in maps are merged too; of other values the fuller one stays, or `from`'s when it wins. */
function mergeDicts(into: Dict, { from, wins }: { readonly from: Readonly<Dict>; readonly wins: boolean }): Dict {
  const entries = Object.entries(from);
  spend(entries.length);
  for (const [key, value] of entries) {
    const own = getMember(into, key);
    if (getKind(own) === "map" && getKind(value) === "map") mergeDicts(own as Dict, { from: value as Dict, wins });
    else if (own === MISSING || !isTrue(own) || (wins && isTrue(value))) define(into, [key, value]);
  }
  return into;
}
