import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { parseIni } from "../../../../src/formats/ini/parse_ini.ts";
import { type IniSectionChange, removeIniSection, setIniSection } from "../../../../src/formats/ini/edit.ts";
import { iniRemark } from "../../../../src/formats/ini/remark.ts";
import { RandomSource } from "../../../support/random/source.ts";

const MARK = "until=";
const dev = (keys: IniSectionChange["keys"], remark?: string): IniSectionChange => ({
  name: "dev",
  keys,
  ...(remark === undefined ? {} : { remark: { mark: MARK, text: remark } }),
});

const cases: readonly (readonly [string, string, IniSectionChange, string])[] = [
  ["an empty file", "", dev({ a: "1", b: undefined }, "9"), "; until=9\n[dev]\na = 1\n"],
  ["a file with others", "[x]\nk = v\n", dev({ a: "1" }), "[x]\nk = v\n\n[dev]\na = 1\n"],
  ["a file without a last line break", "[x]\nk = v", dev({ a: "1" }, "9"), "[x]\nk = v\n\n; until=9\n[dev]\na = 1"],
  ["CRLF", "[x]\r\nk = v\r\n", dev({ a: "1" }), "[x]\r\nk = v\r\n\r\n[dev]\r\na = 1\r\n"],
  ["a byte order mark", "\uFEFF[dev]\na = 0\n", dev({ a: "1" }, "9"), "\uFEFF; until=9\n[dev]\na = 1\n"],
  [
    "a value, its layout, comments and the order",
    "# top\n\n [dev] # mine\n# in\n a\t=  0   ; why\nb=2\n\n; about y\n[y]\n",
    dev({ a: "1", c: "3" }),
    "# top\n\n [dev] # mine\n# in\n a\t=  1   ; why\nb=2\nc = 3\n\n; about y\n[y]\n",
  ],
  ["a key taken out with its continuation", "[dev]\na = 0\n  more\nb = 1\n", dev({ a: undefined }), "[dev]\nb = 1\n"],
  ["a continuation goes with the old value", "[dev]\na = 0\n  more\n", dev({ a: "1" }), "[dev]\na = 1\n"],
  ["an empty value with a comment", "[dev]\na =   # none\n", dev({ a: "1" }), "[dev]\na =1   # none\n"],
  ["a key there twice", "[dev]\na = 0\na = 1\n", dev({ a: "2" }), "[dev]\na = 2\n"],
  [
    "a section there twice",
    "[dev]\na = 0\n[x]\n[dev]\na = 1\nb = 2\n",
    dev({ a: "3" }),
    "[dev]\na = 3\n[x]\n[dev]\nb = 2\n",
  ],
  [
    "a new remark over an old one",
    "[x]\n# c\n;until=1\n[dev]\na = 1\n",
    dev({}, "2"),
    "[x]\n# c\n; until=2\n[dev]\na = 1\n",
  ],
  [
    "the same again: not a byte",
    "[x]\n;until=2\n[dev]\na=1 # c",
    dev({ a: "1" }, "2"),
    "[x]\n;until=2\n[dev]\na=1 # c",
  ],
  [
    "settings that are all indented alike",
    "[dev]\n  a = 0\n  b = 1\n\n    more\n  z = 2\n",
    dev({ a: undefined, b: "2", c: "3" }),
    "[dev]\n  b = 2\n  z = 2\n  c = 3\n",
  ],
  [
    "a key above an indented header, which must not become its value",
    "[dev]\n\t[x]\n\tk = v\n",
    dev({ a: "1" }),
    "[dev]\n\ta = 1\n\t[x]\n\tk = v\n",
  ],
  ["another spelling above", "[ dev ]\na = 0\n", dev({ a: "1" }), "[ dev ]\na = 0\n\n[dev]\na = 1\n"],
  ["the last key of a cut line", "[dev]\na = 0", dev({ a: undefined }), "[dev]"],
];

for (const [name, before, change, after] of cases) {
  Deno.test(`setIniSection: ${name}`, () => equal(setIniSection(before, change), after));
}

Deno.test("setIniSection: a remark that is to be none goes, others' comments stay", () => {
  const change: IniSectionChange = { name: "dev", keys: {}, remark: { mark: MARK, text: undefined } };
  equal(setIniSection("# mine\n; until=1\n[dev]\na = 1\n", change), "# mine\n[dev]\na = 1\n");
});

Deno.test("setIniSection: a profile's name with a blank is quoted, as readers of ~/.aws/config need it", () => {
  const text = setIniSection("", { name: "profile my dev", keys: { region: "r" } });
  equal(text, '[profile "my dev"]\nregion = r\n');
  equal(setIniSection(text, { name: "profile my dev", keys: { region: "s" } }), '[profile "my dev"]\nregion = s\n');
  equal(removeIniSection(text, { name: "profile my dev" }), "");
});

Deno.test("setIniSection: of two spellings of a name the one that is read gets the value", () => {
  const text = '[profile "y"]\na = 0\nb = 1\n[profile y]\nb = 2\n';
  const set = setIniSection(text, { name: "profile y", keys: { a: "3" } });
  equal(set, '[profile "y"]\nb = 1\n[profile y]\nb = 2\na = 3\n');
});

Deno.test("removeIniSection: an indented header below does not come to continue the setting above", () => {
  const text = "[x]\nk = v\n[dev]\n  a = 1\n  [b]\n  c = d\n";
  equal(removeIniSection(text, { name: "dev" }), "[x]\nk = v\n[b]\n  c = d\n");
});

Deno.test("removeIniSection: every occurrence, its remark, one blank line; comments of others stay", () => {
  const text = "# top\n[a]\nk = 1\n\n# c\n; until=1\n[dev]\na = 1\n # in\n  b\n\n# d\n[b]\n[dev]\nz = 1\n";
  equal(removeIniSection(text, { name: "dev", mark: MARK }), "# top\n[a]\nk = 1\n\n# c\n# d\n[b]\n");
  equal(removeIniSection(text, { name: "other", mark: MARK }), text);
});

Deno.test("iniRemark: read back, also as another program lays it out", () => {
  equal(iniRemark("\uFEFF# x\n ;  until=7 \n[dev]\na = 1", { name: "dev", mark: MARK }), "7");
  equal(iniRemark("; until=7\n\n[dev]\na = 1", { name: "dev", mark: MARK }), undefined);
  equal(iniRemark("; until=7\n[x]\n[dev]\n", { name: "dev", mark: MARK }), undefined);
});

Deno.test("setIniSection refuses what the format cannot hold, and never says the value", () => {
  const bad = ["a\nb", "a\rb", " a", "a ", "#a", "a ;b", ""].map((value) => dev({ secret: value }));
  for (
    const change of [
      ...bad,
      ...["DEFAULT", " a", "a ", "a]", "it's", "a\nb", "a #b", "a  b", "", "a\\b"].map((name) => ({ name, keys: {} })),
    ]
  ) {
    throws(() => setIniSection("", change), (error) => error instanceof RangeError && !error.message.includes("ab"));
  }
});

const PARTS = [
  ...["[dev]", "[dev] # c", '["dev"]', "[ dev ]", "[x]", "[profile y]", "a = 1", "A=2 # c", "b: x", "s3 =", "n = 5"],
  ...["more", "# c", "; until=3", "", "  ", "k = a#b", "k = =:="],
];
const INDENTS = ["", "", "", " ", "  ", "\t", "    "];

function randomText(random: RandomSource): string {
  const newline = random.pick(["\n", "\r\n"]);
  const lines = Array.from({ length: random.below(14) }, () => random.pick(INDENTS) + random.pick(PARTS));
  return lines.join(newline) + (random.chance(0.5) ? newline : "");
}

/** undefined: no text that can be read. */
function parsed(text: string): Record<string, Record<string, unknown>> | undefined {
  try {
    const entries = [...parseIni(text, "f")].map(([name, section]) =>
      [
        name,
        Object.fromEntries([...section].map(([k, v]) => [k, typeof v === "string" ? v : Object.fromEntries(v)])),
      ] as const
    );
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

Deno.test("set and remove change what they are asked to and nothing else, in random files", () => {
  const random = new RandomSource(20260701);
  let tried = 0;
  for (let round = 0; round < 6000; round++) {
    const text = randomText(random);
    const before = parsed(text);
    if (before === undefined) continue;
    tried++;
    const about = JSON.stringify(text);
    const set = setIniSection(text, dev({ a: "new", b: undefined }, "9"));
    const { b: _, ...others } = before["dev"] ?? {};
    deepEqual(parsed(set), { ...before, dev: { ...others, a: "new" } }, about);
    ok(before["dev"] !== undefined || set.startsWith(text.trimEnd()), about);
    equal(iniRemark(set, { name: "dev", mark: MARK }), "9", about);
    equal(setIniSection(set, dev({ a: "new", b: undefined }, "9")), set, about);
    const { dev: __, ...rest } = before;
    const gone = removeIniSection(set, { name: "dev", mark: MARK });
    deepEqual(parsed(gone), rest, about);
    if (before["dev"] === undefined) equal(gone, text, about);
    else ok(isWithin(comments(removeIniSection(text, { name: "dev", mark: MARK })), comments(gone)), about);
  }
  ok(tried > 1000, `${tried} texts could be read`);
});

function comments(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));
}

/** Whether all are there, in their order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = -1;
  return some.every((one) => (at = all.indexOf(one, at + 1)) >= 0);
}
