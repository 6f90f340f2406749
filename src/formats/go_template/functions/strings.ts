import { spend } from "../values/effort.ts";
import { getKind } from "../values/value.ts";
import { anyText, type FunctionTable, int, list, str, takes } from "./arguments.ts";
import { quoteValue } from "./printf.ts";

/** Sprig's functions about text. https://masterminds.github.io/sprig/strings.html */
const PLAIN: FunctionTable = {
  trim: takes(1, (text) => str(text).trim()),
  trimAll: takes(2, (set, text) => trimText(str(text), str(set))),
  trimPrefix: takes(2, (start, text) => str(text).startsWith(str(start)) ? str(text).slice(str(start).length) : text),
  trimSuffix: takes(2, (end, text) => withoutEnd(str(text), str(end))),
  upper: takes(1, (text) => str(text).toUpperCase()),
  lower: takes(1, (text) => str(text).toLowerCase()),
  title: takes(
    1,
    (text) =>
      str(text).replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (...[_, before, letter]) => before + letter.toUpperCase()),
  ),
  untitle: takes(
    1,
    (text) => str(text).replace(/(^|\s)(\p{L})/gu, (...[_, before, letter]) => before + letter.toLowerCase()),
  ),
  repeat: takes(2, (count, text) => repeatText(str(text), int(count))),
  substr: takes(3, (...[from, to, text]) => part(str(text), { from: int(from), to: int(to) })),
  trunc: takes(2, (count, text) => truncate(str(text), int(count))),
  nospace: takes(1, (text) => str(text).replace(/\s/g, "")),
  abbrev: takes(2, (width, text) => abbreviate(str(text), int(width))),
  initials: takes(1, (text) => str(text).trim().split(/\s+/).map((word) => [...word][0] ?? "").join("")),
  contains: takes(2, (part, text) => str(text).includes(str(part))),
  hasPrefix: takes(2, (start, text) => str(text).startsWith(str(start))),
  hasSuffix: takes(2, (end, text) => str(text).endsWith(str(end))),
  quote: takes([0, Infinity], (...all) => getGiven(all).map((one) => quoteValue(anyText(one))).join(" ")),
  squote: takes([0, Infinity], (...all) => getGiven(all).map((one) => `'${anyText(one)}'`).join(" ")),
  cat: takes([0, Infinity], (...all) => getGiven(all).map(anyText).join(" ")),
  indent: takes(2, (count, text) => indentText(str(text), int(count))),
  nindent: takes(2, (count, text) => `\n${indentText(str(text), int(count))}`),
  replace: takes(3, (...[old, now, text]) => replaceAll(str(text), { old: str(old), now: str(now) })),
  plural: takes(3, (...[one, many, count]) => int(count) === 1 ? one : many),
  snakecase: takes(1, (text) => words(str(text)).join("_").toLowerCase()),
  kebabcase: takes(1, (text) => words(str(text)).join("-").toLowerCase()),
  camelcase: takes(1, (text) => words(str(text)).map((word) => word[0]!.toUpperCase() + word.slice(1)).join("")),
  swapcase: takes(1, (text) => [...str(text)].map(swapCase).join("")),
  toString: takes(1, anyText),
  toStrings: takes(
    1,
    (values) => (getKind(values) === "nil" ? [] : list(values)).filter((one) => getKind(one) !== "nil").map(anyText),
  ),
  splitList: takes(2, (separator, text) => parts(str(text), str(separator))),
  split: takes(2, (separator, text) => numberOfText(parts(str(text), str(separator)))),
  splitn: takes(
    3,
    (...[separator, count, text]) =>
      numberOfText(partsAtMost(str(text), { separator: str(separator), count: int(count) })),
  ),
  join: takes(2, (separator, values) => joinAll(joinable(values), str(separator))),
  base: takes(1, (path) => withoutEnd(str(path), "/").split("/").at(-1) || (str(path).startsWith("/") ? "/" : ".")),
  dir: takes(1, (path) => cleanName(str(path).slice(0, str(path).lastIndexOf("/") + 1))),
  clean: takes(1, (path) => cleanName(str(path))),
  isAbs: takes(1, (path) => str(path).startsWith("/")),
  ext: takes(1, (path) => /\.[^./]*$/.exec(str(path))?.[0] ?? ""),
};

/** With the other names that some have. */
export const STRINGS: FunctionTable = {
  ...PLAIN,
  trimall: PLAIN["trimAll"]!,
  osBase: PLAIN["base"]!,
  osDir: PLAIN["dir"]!,
  osClean: PLAIN["clean"]!,
  osIsAbs: PLAIN["isAbs"]!,
  osExt: PLAIN["ext"]!,
};

/** The shortest path to the same place. https://pkg.go.dev/path#Clean */
function cleanName(path: string): string {
  const isAbsolute = path.startsWith("/");
  const kept: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") {
      if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
      else if (!isAbsolute) kept.push("..");
    } else if (step !== "" && step !== ".") kept.push(step);
  }
  return `${isAbsolute ? "/" : ""}${kept.join("/")}` || ".";
}

function getGiven(values: readonly unknown[]): readonly unknown[] {
  return values.filter((one) => getKind(one) !== "nil");
}

function withoutEnd(text: string, end: string): string {
  return end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function trimText(text: string, set: string): string {
  const characters = [...text];
  const unwanted = new Set(set);
  const isKept = (one: string) => !unwanted.has(one);
  const start = characters.findIndex(isKept);
  return start < 0 ? "" : characters.slice(start, characters.findLastIndex(isKept) + 1).join("");
}

function repeatText(text: string, count: number): string {
  if (count < 0) throw new Error("the count is below 0");
  if (text.length * count > 1_000_000) throw new Error("the text would be too long");
  return text.repeat(count);
}

function part(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  if (from < 0) return text.slice(0, to);
  return to < 0 || to > text.length ? text.slice(from) : text.slice(from, to);
}

function truncate(text: string, count: number): string {
  if (count < 0 && text.length + count > 0) return text.slice(text.length + count);
  return count >= 0 && text.length > count ? text.slice(0, count) : text;
}

function abbreviate(text: string, width: number): string {
  return width < 4 || text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

/** Every one of a text by another, as a plain text. */
export function replaceAll(text: string, { old, now }: { readonly old: string; readonly now: string }): string {
  const parts = text.split(old);
  spend(parts.length * (1 + now.length));
  return text.replaceAll(old, () => now);
}

/** Values as texts, with a separator between them. */
export function joinAll(values: readonly unknown[], separator: string): string {
  spend(values.length * separator.length);
  return values.map(anyText).join(separator);
}

function indentText(text: string, count: number): string {
  spend(text.split("\n").length * Math.max(0, count));
  const pad = " ".repeat(Math.max(0, count));
  return pad + text.replaceAll("\n", `\n${pad}`);
}

function words(text: string): readonly string[] {
  const split = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
  return split.split(/[\s_-]+/).filter((word) => word !== "");
}

function swapCase(letter: string): string {
  const upper = letter.toUpperCase();
  return letter === upper ? letter.toLowerCase() : upper;
}

function parts(text: string, separator: string): readonly string[] {
  return separator === "" ? [...text] : text.split(separator);
}

function partsAtMost(
  text: string,
  { separator, count }: { readonly separator: string; readonly count: number },
): readonly string[] {
  const all = parts(text, separator);
  if (count < 0 || all.length <= count) return all;
  return count === 0 ? [] : [...all.slice(0, count - 1), all.slice(count - 1).join(separator)];
}

function numberOfText(all: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(all.map((text, at) => [`_${at}`, text]));
}

function joinable(values: unknown): readonly unknown[] {
  if (getKind(values) === "nil") return [];
  return Array.isArray(values) ? values.filter((one) => getKind(one) !== "nil") : [values];
}
