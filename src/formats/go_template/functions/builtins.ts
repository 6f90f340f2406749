import { getKind, getMember, getText, isTrue, MISSING, printUrl } from "../values/value.ts";
import { found, type FunctionTable, position, str, takes } from "./arguments.ts";
import { equals, selectComparison } from "./compare.ts";
import { sprintf } from "./printf.ts";

/** The functions of Go's text/template itself. https://pkg.go.dev/text/template#hdr-Functions */
export const BUILTINS: FunctionTable = {
  // These two look at their arguments one by one; see evaluate.
  and: takes([1, Infinity], (...args) => args.at(-1)),
  or: takes([1, Infinity], (...args) => args.at(-1)),
  not: takes(1, (value) => !isTrue(value)),
  len: takes(1, length),
  index: takes([1, Infinity], (value, ...keys) => keys.reduce(item, value)),
  slice: takes([1, 3], cut),
  print: takes([0, Infinity], print),
  println: takes([0, Infinity], (...args) => `${args.map(getText).join(" ")}\n`),
  printf: takes([1, Infinity], (format, ...args) => sprintf(str(format), args)),
  html: takes([1, Infinity], (...args) => joinAll(args).replace(/[&'<>"]/g, (one) => HTML[one]!)),
  js: takes([1, Infinity], (...args) => joinAll(args).replace(/[\\'"<>&=\n\r\t]/g, (one) => JS[one]!)),
  urlquery: takes([1, Infinity], (...args) => urlQuery(joinAll(args))),
  eq: takes([2, Infinity], (value, ...others) => others.some((one) => equals(value, one))),
  ne: takes(2, (one, other) => !equals(one, other)),
  lt: takes(2, (one, other) => selectComparison(one, other) < 0),
  le: takes(2, (one, other) => selectComparison(one, other) <= 0),
  gt: takes(2, (one, other) => selectComparison(one, other) > 0),
  ge: takes(2, (one, other) => selectComparison(one, other) >= 0),
};

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "'": "&#39;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
};

const JS: Readonly<Record<string, string>> = {
  ...{ "\\": "\\\\", "'": "\\'", '"': '\\"', "<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "=": "\\u003D" },
  ...{ "\n": "\\u000A", "\r": "\\u000D", "\t": "\\u0009" },
};

/** As `{{ }}` prints what is nothing. */
function joinAll(args: readonly unknown[]): string {
  return print(...args.map((one) => getKind(one) === "nil" ? printUrl(one) : one));
}

/** A space stands between two that are both no strings. */
function print(...args: readonly unknown[]): string {
  return args.map((one, at) => {
    const spaced = at > 0 && typeof one !== "string" && typeof args[at - 1] !== "string";
    return `${spaced ? " " : ""}${getText(one)}`;
  }).join("");
}

function urlQuery(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function length(value: unknown): number {
  const kind = getKind(value);
  if (kind === "string") return new TextEncoder().encode(value as string).length;
  if (kind === "list") return (value as unknown[]).length;
  if (kind === "map") return Object.keys(value as object).length;
  throw new Error(`expected a list, map or string, found ${found(value)}`);
}

function item(value: unknown, key: unknown): unknown {
  const kind = getKind(value);
  if (kind === "map") {
    const member = getMember(value, str(key));
    return member === MISSING ? null : member;
  }
  if (kind !== "list" && kind !== "string") throw new Error(`expected a list, map or string, found ${found(value)}`);
  const items = kind === "string" ? new TextEncoder().encode(value as string) : (value as unknown[]);
  const at = position(key);
  if (at < 0 || at >= items.length) throw new Error(`${at} is outside of the ${items.length} items`);
  return items[at];
}

function cut(value: unknown, ...ends: readonly unknown[]): unknown {
  const [from = 0, to = length(value)] = ends.map(position);
  if (from < 0 || to > length(value) || from > to) {
    throw new Error(`${from} to ${to} is outside of the ${length(value)} items`);
  }
  if (Array.isArray(value)) return value.slice(from, to);
  return new TextDecoder().decode(new TextEncoder().encode(str(value)).slice(from, to));
}
