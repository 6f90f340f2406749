import { deepEqual, ok } from "node:assert/strict";
import { columns, columnStart, unbroken, wrap } from "../../../../src/cli/help/columns.ts";

Deno.test("columns: the right sides stand under each other", () => {
  const rows = [{ left: "a", right: "one" }, { left: "long", right: "two" }];
  deepEqual(columns(rows, { width: 80 }), ["  a     one", "  long  two"]);
});

for (const width of [60, 80, 100]) {
  Deno.test(`columns: at ${width} a long right side is wrapped below itself, a very long left side stands alone`, () => {
    const left = "x".repeat(40);
    const lines = columns([{ left: "ab", right: "word ".repeat(40).trim() }, { left, right: "beside" }], { width });
    ok(lines.every((line) => line.length <= width));
    deepEqual(lines.slice(-2), [`  ${left}`, "      beside"]);
    ok(lines[1]!.startsWith("      word"));
  });
}

Deno.test("columns: a left side may take 40 % of a narrow page, and at most 34 columns", () => {
  const start = (length: number, width: number) => columnStart([{ left: "x".repeat(length), right: "" }], width);
  deepEqual([start(24, 60), start(25, 60), start(34, 100), start(35, 100)], [28, 6, 38, 6]);
});

Deno.test("columns: what the left side is painted with takes no room", () => {
  const rows = [{ left: "a", right: "one" }, { left: "long", right: "two" }];
  const paintLeft = (text: string) => `<${text}>`;
  deepEqual(columns(rows, { width: 80, paintLeft }), ["  <a>     one", "  <long>  two"]);
});

Deno.test("columns: no rows, no lines; no right side, no blanks at the end", () => {
  deepEqual(columns([], { width: 80 }), []);
  deepEqual(columns([{ left: "a", right: "" }], { width: 80 }), ["  a"]);
});

Deno.test("wrap: at spaces, inside what is unbroken only where that is too long, and a long word stays whole", () => {
  deepEqual(wrap("aa bb cc", 5), ["aa bb", "cc"]);
  deepEqual(wrap(`aa ${unbroken("[b c]")}`, 5), ["aa", "[b c]"]);
  deepEqual(wrap(`aa ${unbroken("[b, c, d]")}`, 5), ["aa", "[b,", "c, d]"]);
  deepEqual(wrap("toolongword x", 5), ["toolongword", "x"]);
});
