import { RandomSource } from "../random/source.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const bomb = (by: string) =>
  Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} [${Array(9).fill(at === 0 ? by : `*a${at - 1}`)}]`).join("\n");

/** Files that are none of any format, or too much of one. */
export const MALFORMED: Readonly<Record<string, Uint8Array>> = {
  "nothing": new Uint8Array(),
  "blanks": encode(" \t \n\n \n"),
  "zero bytes": new Uint8Array(4_096),
  "bytes that are no text": new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0xc0, 0x80]),
  "UTF-16": new Uint8Array([0xff, 0xfe, ...[..."auth: {}\n"].flatMap((one) => [one.charCodeAt(0), 0])]),
  "a byte order mark": encode("\ufeff"),
  "a word": encode("x"),
  "null": encode("null\n"),
  "a number": encode("1e999\n"),
  "a list": encode("[]\n"),
  "an object of numbers": encode('{"0": 1, "length": -1}'),
  "prototypes": encode('{"__proto__": {"x": 1}, "constructor": {"prototype": []}, "toString": null}'),
  "one key twice": encode('{"auth": {}, "auth": [], "contexts": [], "contexts": {}}'),
  "half an object": encode('{"accessToken": "x'),
  "brackets": encode("[".repeat(100_000)),
  "braces": encode('{"a":'.repeat(50_000)),
  "indents": encode(Array.from({ length: 2_000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")),
  "aliases of aliases": encode(bomb("x")),
  "an alias of itself": encode("a: &a [*a]\n"),
  "merges": encode("<<: [{a: 1}, *x, 5]\n"),
  "tags": encode("!!python/object:os.system [x]\n"),
  "several documents": encode("a: 1\n---\nb: 2\n...\n--- |\n x\n"),
  "directives": encode("%YAML 9.9\n%TAG ! tag:x,2000:\n---\na: 1\n"),
  "tabs": encode("auth:\n\tidentities:\n\t\tx: 1\n"),
  "lone carriage returns": encode("auth:\r  identities:\r    x: 1\r"),
  "sections without an end": encode("[\n[profile\n[profile ]\n[]\n=x\nregion\n[[a]]\n"),
  "nested values of an INI": encode("[default]\ns3 =\n  a = b\n\tc\n  = d\nregion = \n"),
  "a page": encode("<!DOCTYPE html><html><body>503</body></html>"),
  "escapes of a terminal": encode('a: "\\e[31m"\n\u001b]0;x\u0007: \u009b5m\n'),
  "a long line": encode(`a: ${"x".repeat(1_000_000)}\n`),
  "many lines": encode("- x: {y: [z]}\n".repeat(20_000)),
  "many sections": encode("[profile x]\nregion = y\n".repeat(10_000)),
};

/** What a value is replaced by. */
const VALUES = [
  ...["", "null", "~", "-1", "1e999", "08", "true", "[]", "{}", "''", '"', "{", "*x", "&x", "!!null", "|", "> x", "- "],
  ...[
    "$(touch pwned)",
    "`touch pwned`",
    "../../../etc/passwd",
    "/dev/zero",
    "\u001b[2J",
    "\u202e",
    "\u0000",
    "${HOME}",
  ],
  ...["!include ../x", "https://evil.example/", "%s%n", "\ud800", "a\nb: c", "'\n[x]\n'", "9".repeat(400)],
];

type Change = (text: string, random: RandomSource) => string;

const cutAt = (text: string, random: RandomSource) => random.below(text.length + 1);
const lineChange = (change: (lines: string[], at: number, random: RandomSource) => void): Change => (text, random) => {
  const lines = text.split("\n");
  change(lines, random.below(lines.length), random);
  return lines.join("\n");
};

const CHANGES: readonly Change[] = [
  (text, random) => text.slice(0, cutAt(text, random)),
  (text, random) => text.slice(cutAt(text, random)),
  (text, random) => {
    const at = cutAt(text, random);
    return `${text.slice(0, at)}${random.pick(VALUES)}${text.slice(at)}`;
  },
  lineChange((lines, at) => void lines.splice(at, 1)),
  lineChange((lines, at) => void lines.splice(at, 0, lines[at]!)),
  lineChange((lines, at, random) => {
    const other = random.below(lines.length);
    [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  }),
  lineChange((lines, at, random) => void (lines[at] = `${" ".repeat(random.below(9))}${lines[at]!.trimStart()}`)),
  // A value, and a name.
  lineChange((lines, at, random) => {
    const value = () => random.pick(VALUES);
    lines[at] = lines[at]!.replace(/([:=]\s*)\S.*$/, (_, mark) => `${mark}${value()}`);
  }),
  lineChange((lines, at, random) => {
    const name = () => random.pick(VALUES);
    lines[at] = lines[at]!.replace(/[\w."-]+(?=\s*[:=])/, name);
  }),
  (text) => text.replaceAll("\n", "\r"),
  (text, random) => text.replaceAll(random.pick([...text || "x"]), random.pick(VALUES).slice(0, 3)),
];

/** A file that has been changed in one to three places, as the seed has it; the same for the same seed. */
export function mutate(text: string, seed: number): Uint8Array {
  const random = new RandomSource(seed);
  let changed = text;
  for (let times = 1 + random.below(3); times > 0; times--) changed = random.pick(CHANGES)(changed, random);
  return encode(changed);
}
