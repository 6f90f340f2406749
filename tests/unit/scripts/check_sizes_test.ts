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

Deno.test("three parameters are refused in functions, arrows, methods and signatures", () => {
  const cases = [
    "function f(a, b, c) {}",
    "const f = (a, b, c) => 1;",
    "class A { m(a, b, c) {} }",
    "interface I { m(a: 1, b: 1, c: 1): void }",
  ];
  for (const text of cases) {
    assert.deepEqual(sizes({ "src/x.ts": text }).findings.map(({ message }) => message), [
      "3 parameters, at most 2 (host, input)",
    ]);
  }
});

Deno.test("two parameters, a this parameter, constructors and the ports of src/host pass", () => {
  assert.deepEqual(refusals({ "src/x.ts": "function f(this: 1, a, b) {}\nclass A { constructor(a, b, c) {} }" }), []);
  assert.deepEqual(refusals({ "src/host/files/files.ts": "export const chown = (path, uid, gid) => 1;" }), []);
});

Deno.test("median", () => {
  assert.deepEqual([median([]), median([3]), median([4, 1]), median([9, 1, 5])], [0, 3, 2.5, 5]);
});
