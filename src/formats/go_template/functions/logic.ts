import { getKind, isTrue } from "../values/value.ts";
import { anyText, type FunctionTable, str, takes } from "./arguments.ts";
import { deepEquals } from "./compare.ts";

/** Sprig's functions about defaults, decisions and kinds. https://masterminds.github.io/sprig/defaults.html */
export const LOGIC: FunctionTable = {
  default: takes([1, 2], (fallback, value) => isTrue(value) ? value : fallback),
  empty: takes(1, (value) => !isTrue(value)),
  coalesce: takes([0, Infinity], (...all) => all.find(isTrue) ?? null),
  all: takes([0, Infinity], (...all) => all.every(isTrue)),
  any: takes([0, Infinity], (...all) => all.some(isTrue)),
  ternary: takes(3, (...[yes, no, decision]) => isTruth(decision) ? yes : no),
  fail: takes(1, (message) => fail(str(message))),
  required: takes(2, (message, value) => isTrue(value) ? value : fail(str(message))),
  deepEqual: takes(2, deepEquals),
  kindOf: takes(1, goKind),
  kindIs: takes(2, (kind, value) => goKind(value) === kind),
  typeOf: takes(1, goType),
  typeIs: takes(2, (type, value) => goType(value) === type),
  typeIsLike: takes(2, (type, value) => goType(value) === type),
  toBool: takes(1, (value) => /^(?:1|t|true)$/i.test(anyText(value))),
};

function goType(value: unknown): string {
  const kind = goKind(value);
  return { invalid: "<nil>", slice: "[]interface {}", map: "map[string]interface {}" }[kind] ?? kind;
}

function isTruth(decision: unknown): boolean {
  if (typeof decision === "boolean") return decision;
  throw new Error(`expected true or false, found ${anyText(decision)}`);
}

function fail(message: string): never {
  throw new Error(message);
}

function goKind(value: unknown): string {
  const kind = getKind(value);
  if (kind === "number") return Number.isInteger(value) ? "int" : "float64";
  return { nil: "invalid", list: "slice", map: "map", bool: "bool", string: "string" }[kind];
}
