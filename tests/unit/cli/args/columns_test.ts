import { deepEqual, ok } from "node:assert/strict";
import { columns, unbroken, WIDTH, wrap } from "../../../../src/cli/args/columns.ts";

Deno.test("columns: the right sides stand under each other", () => {
  deepEqual(columns([{ left: "a", right: "one" }, { left: "long", right: "two" }]), ["  a     one", "  long  two"]);
});

Deno.test("columns: a long right side is wrapped below itself, a very long left side stands alone", () => {
  const left = "x".repeat(40);
  const lines = columns([{ left: "a", right: "word ".repeat(40).trim() }, { left, right: "beside" }]);
  ok(lines.every((line) => line.length <= WIDTH));
  deepEqual(lines.slice(-2), [`  ${left}`, "     beside"]);
  ok(lines[1]!.startsWith("     word"));
});

Deno.test("columns: no rows, no lines; no right side, no blanks at the end", () => {
  deepEqual(columns([]), []);
  deepEqual(columns([{ left: "a", right: "" }]), ["  a"]);
});

Deno.test("wrap: at spaces, never inside what is unbroken, and a long word stays whole", () => {
  deepEqual(wrap("aa bb cc", 5), ["aa bb", "cc"]);
  deepEqual(wrap(`aa ${unbroken("[b c]")}`, 5), ["aa", "[b c]"]);
  deepEqual(wrap("toolongword x", 5), ["toolongword", "x"]);
});
