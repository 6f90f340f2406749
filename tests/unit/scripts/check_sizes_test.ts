import assert from "node:assert/strict";
import { formatFinding } from "../../../scripts/lint/finding.ts";
import { parseProgram } from "../../../scripts/lint/program.ts";
import { checkSizes, LIMITS, median } from "../../../scripts/lint/sizes.ts";

function sizes(files: Readonly<Record<string, string>>) {
  return checkSizes(parseProgram(Object.entries(files).map(([path, text]) => ({ path, text }))));
}

function refusals(files: Readonly<Record<string, string>>): readonly string[] {
  return sizes(files).findings.map(formatFinding);
}

const SHORT = { "src/a.ts": "", "src/b.ts": "", "src/c.ts": "function f() {}\nfunction g() {}\nfunction h() {}" };

function functionOf(count: number): string {
  return `export function long() {\n${"  0;\n".repeat(count - 2)}}\n`;
}

Deno.test("a file of exactly the limit passes, one line more does not", () => {
  assert.deepEqual(refusals({ ...SHORT, "src/x.ts": "0;\n".repeat(LIMITS.fileLines) }), []);
  assert.deepEqual(refusals({ ...SHORT, "src/x.ts": "0;\n".repeat(LIMITS.fileLines + 1) }), [
    "src/x.ts:1:1 size: 301 lines, at most 300",
  ]);
});

Deno.test("a function of exactly the limit passes, one line more does not", () => {
  assert.deepEqual(refusals({ ...SHORT, "src/x.ts": functionOf(LIMITS.functionLines) }), []);
  assert.deepEqual(refusals({ ...SHORT, "src/x.ts": `\n  ${functionOf(LIMITS.functionLines + 1)}` }), [
    "src/x.ts:2:3 size: function of 61 lines, at most 60",
  ]);
});

Deno.test("methods and arrows with a block are functions too", () => {
  const body = `{\n${"0;\n".repeat(LIMITS.functionLines)}}`;
  for (const text of [`class A { m() ${body} }`, `const a = () => ${body};`, `const o = { get x() ${body} };`]) {
    assert.equal(refusals({ ...SHORT, "src/x.ts": text }).length, 1, text.slice(0, 20));
  }
});

Deno.test("the medians are limited as well, and short arrows do not lower them", () => {
  const files = { "src/a.ts": "0;\n".repeat(81), "src/b.ts": "0;\n".repeat(81) };
  assert.deepEqual(refusals(files), ["src:1:1 size: the median file has 81 lines, at most 80"]);
  assert.deepEqual(refusals({ "src/a.ts": `${functionOf(11)}const f = () => 1, g = () => 2, h = () => 3;` }), [
    "src:1:1 size: the median function has 11 lines, at most 10",
  ]);
});

Deno.test("four parameters are refused in functions, arrows, methods and signatures", () => {
  const cases = [
    "function f(a, b, c, d) {}",
    "const f = (a, b, c, d) => 1;",
    "class A { m(a, b, c, d) {} }",
    "interface I { m(a: 1, b: 1, c: 1, d: 1): void }",
  ];
  for (const text of cases) {
    assert.deepEqual(sizes({ "src/x.ts": text }).findings.map(({ message }) => message), [
      "4 parameters, at most 3 (host, input, …)",
    ]);
  }
});

Deno.test("three parameters, a this parameter, constructors and the ports of src/host pass", () => {
  const text = "function f(this: 1, a, b, c) {}\nclass A { constructor(a, b, c, d) {} }";
  assert.deepEqual(refusals({ "src/x.ts": text }), []);
  assert.deepEqual(refusals({ "src/host/files/files.ts": "export const chown = (path, uid, gid, mode) => 1;" }), []);
});

Deno.test("effects come first", () => {
  assert.deepEqual(refusals({ "src/x.ts": "function f(host, a) {}" }), []);
  assert.deepEqual(refusals({ "src/x.ts": "function f(a, host) {}" }), [
    "src/x.ts:1:1 size: host is not the first parameter",
  ]);
});

/** So many files of so many lines, in as many folders as are needed. */
function filesOf(count: number, { lines, folder = 10 }: { readonly lines: number; readonly folder?: number }) {
  const text = "0;\n".repeat(lines);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`src/f${Math.floor(at / folder)}/a${at}.ts`, text]),
  );
}

Deno.test("a median file of a few lines is refused where there are many", () => {
  assert.deepEqual(refusals(filesOf(50, { lines: 50 })), []);
  assert.deepEqual(refusals(filesOf(50, { lines: 49 })), [
    "src:1:1 size: the median file has 49 lines, at least 50: merge what is only read together",
  ]);
});

Deno.test("only so many files may be short", () => {
  const long = filesOf(60, { lines: 60 });
  const short = (count: number) =>
    Object.fromEntries(Object.entries(filesOf(count, { lines: 15 })).map(([path, text]) => [`${path}x.ts`, text]));
  assert.deepEqual(refusals({ ...long, ...short(40) }), []);
  assert.deepEqual(refusals({ ...long, ...short(41) }), ["src:1:1 size: 41 files have 15 lines or less, at most 40"]);
});

Deno.test("a folder holds only so many files", () => {
  assert.deepEqual(refusals(filesOf(27, { lines: 60, folder: 27 })), []);
  assert.deepEqual(refusals(filesOf(28, { lines: 60, folder: 28 })), ["src:1:1 size: src/f0 has 28 files, at most 27"]);
});

Deno.test("a small type that stands in one signature only is refused", () => {
  const small = "interface Asked {\n  readonly name: string;\n}\n";
  const use = "export function ask({ name }: Asked) {\n  return name;\n}\n";
  assert.deepEqual(refusals({ "src/x.ts": small + use }), [
    "src/x.ts:1:1 size: type Asked stands in one signature only: inline it",
  ]);
  for (
    const [why, text] of [
      ["used twice", `${small}${use}const all: Asked[] = [];`],
      ["exported", `export ${small}${use}`],
      ["documented", `/** What is asked. */\n${small}${use}`],
      ["with documented members", `${small.replace("readonly", "/** Its name. */ readonly")}${use}`],
      ["not in a signature", `${small}const one: { a: Asked } = x;`],
    ] as const
  ) assert.deepEqual(refusals({ "src/x.ts": text }), [], why);
});

Deno.test("median", () => {
  assert.deepEqual([median([]), median([3]), median([4, 1]), median([9, 1, 5])], [0, 3, 2.5, 5]);
});
