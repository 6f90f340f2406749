import { getKind, getMember, isTrue, sortedKeys } from "../values/value.ts";
import { anyText, type FunctionTable, list, map, str, takes, type TemplateFunction } from "./arguments.ts";
import { DICTS } from "./dicts.ts";
import { ENCODINGS, jsonText } from "./encodings.ts";
import { LISTS } from "./lists.ts";
import { LOGIC } from "./logic.ts";
import { NUMBERS } from "./numbers.ts";
import { joinAll, replaceAll, STRINGS } from "./strings.ts";

/** Gomplate's functions that names are made with, most of them sprig's under another name. https://docs.gomplate.ca/functions/ */
export const GOMPLATE: FunctionTable = {
  toUpper: STRINGS["upper"]!,
  toLower: STRINGS["lower"]!,
  trimSpace: STRINGS["trim"]!,
  toJSON: ENCODINGS["toRawJson"]!,
  ...under("strings", {
    ToUpper: STRINGS["upper"]!,
    ToLower: STRINGS["lower"]!,
    Title: STRINGS["title"]!,
    TrimSpace: STRINGS["trim"]!,
    TrimPrefix: STRINGS["trimPrefix"]!,
    TrimSuffix: STRINGS["trimSuffix"]!,
    Trim: takes(2, (set, text) => STRINGS["trimAll"]!.run(set, anyText(text))),
    Contains: STRINGS["contains"]!,
    HasPrefix: STRINGS["hasPrefix"]!,
    HasSuffix: STRINGS["hasSuffix"]!,
    ReplaceAll: takes(3, (...[old, now, text]) => replaceAll(anyText(text), { old: str(old), now: str(now) })),
    Repeat: STRINGS["repeat"]!,
    Split: STRINGS["splitList"]!,
    Trunc: STRINGS["trunc"]!,
    Quote: STRINGS["quote"]!,
    Squote: STRINGS["squote"]!,
    Slug: takes(1, (text) => anyText(text).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")),
  }),
  ...under("conv", {
    ToString: takes(1, anyText),
    ToInt: NUMBERS["int"]!,
    ToInt64: NUMBERS["int"]!,
    ToFloat64: NUMBERS["float64"]!,
    ToBool: LOGIC["toBool"]!,
    Default: LOGIC["default"]!,
    Join: takes([1, 2], (items, separator = "") => joinAll(list(items), str(separator))),
  }),
  ...under("coll", {
    Dict: DICTS["dict"]!,
    Slice: LISTS["list"]!,
    Has: takes(
      2,
      (within, key) => Array.isArray(within) ? LISTS["has"]!.run(key, within) : DICTS["hasKey"]!.run(within, key),
    ),
    Keys: DICTS["keys"]!,
    Values: DICTS["values"]!,
    Merge: DICTS["merge"]!,
    Reverse: LISTS["reverse"]!,
    Uniq: LISTS["uniq"]!,
  }),
  ...under("math", {
    Add: NUMBERS["add"]!,
    Sub: NUMBERS["sub"]!,
    Mul: NUMBERS["mul"]!,
    Max: NUMBERS["max"]!,
    Min: NUMBERS["min"]!,
    Ceil: NUMBERS["ceil"]!,
    Floor: NUMBERS["floor"]!,
  }),
  ...under("path", pathFunctions()),
  ...under("filepath", pathFunctions()),
  ...under("base64", { Encode: ENCODINGS["b64enc"]!, Decode: ENCODINGS["b64dec"]! }),
  ...under("data", {
    ToJSON: ENCODINGS["toRawJson"]!,
    ToJSONPretty: takes(2, (indent, value) => jsonText(value, str(indent))),
    JSON: takes(1, (text) => map(ENCODINGS["fromJson"]!.run(text))),
    JSONArray: takes(1, (text) => list(ENCODINGS["fromJson"]!.run(text))),
  }),
  json: takes(1, (text) => map(ENCODINGS["fromJson"]!.run(text))),
  jsonArray: takes(1, (text) => list(ENCODINGS["fromJson"]!.run(text))),
  toJSONPretty: takes(2, (indent, value) => jsonText(value, str(indent))),
  collectKeys: takes([1, 2], (of, nested) => collectedKeys(map(of), nested)),
  ...under("test", {
    Required: takes([1, 2], (...args) => requireValue(args)),
    Fail: LOGIC["fail"]!,
    Ternary: LOGIC["ternary"]!,
  }),
};

function under(namespace: string, functions: Readonly<Record<string, TemplateFunction>>): FunctionTable {
  return Object.fromEntries(Object.entries(functions).map(([name, one]) => [`${namespace}.${name}`, one]));
}

function pathFunctions(): Readonly<Record<string, TemplateFunction>> {
  return {
    Base: STRINGS["base"]!,
    Dir: STRINGS["dir"]!,
    Ext: STRINGS["ext"]!,
    Clean: STRINGS["clean"]!,
    IsAbs: STRINGS["isAbs"]!,
    Join: takes(
      [0, Infinity],
      (...parts) => STRINGS["clean"]!.run(parts.map(str).filter((one) => one !== "").join("/")),
    ),
  };
}

/** The names in a map, or in what its maps have under a name. https://atmos.tools/functions/template/collectKeys */
function collectedKeys(of: Readonly<Record<string, unknown>>, nested: unknown): readonly string[] {
  if (nested === undefined) return sortedKeys(of);
  const inner = Object.values(of).map((one) => getKind(one) === "map" ? getMember(one, str(nested)) : undefined);
  return [...new Set(inner.flatMap((one) => getKind(one) === "map" ? sortedKeys(one) : []))].sort();
}

function requireValue(args: readonly unknown[]): unknown {
  const value = args.at(-1);
  if (isTrue(value)) return value;
  throw new Error(args.length === 2 ? str(args[0]) : "a value is required");
}
