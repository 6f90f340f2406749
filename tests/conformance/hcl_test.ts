import { deepEqual, equal, match, throws } from "node:assert/strict";
import { type HclValue, parseHcl } from "../../src/formats/hcl/parse_hcl.ts";
import { HclError } from "../../src/formats/text/source_error.ts";

function plain(value: HclValue): unknown {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "list") return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plain(entry.value)]));
}

const read = (text: string) => plain(parseHcl(text));

Deno.test("HCL: values that are written out", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["", {}],
    ["# nothing\n/* at\nall */ // here\n", {}],
    ['cidr = "10.0.0.0/16"\nazs = ["a", "b"]\npublic = false\n', {
      cidr: "10.0.0.0/16",
      azs: ["a", "b"],
      public: false,
    }],
    ["a = 1\nb = -1.5e3\nc = null\nd = true\ne = (2)", { a: 1, b: -1500, c: null, d: true, e: 2 }],
    ['o = {\n  a = 1, "b-c" = { d = [1, { e = 2 }] } # c\n  // d\n  k: 3\n 4 = 5\n}\n', {
      o: { a: 1, "b-c": { d: [1, { e: 2 }] }, k: 3, "4": 5 },
    }],
    ["l = [\n  1, # one\n  2,\n]\ne = []\nm = {}", { l: [1, 2], e: [], m: {} }],
    ['a = ""\nb = "\\t\\"\\\\\\n\\u00e9\\U0001F600 é😀"', { a: "", b: '\t"\\\n\u00e9😀 é😀' }],
    ['a = "$${x} %%{if} $5 50%"', { a: "${x} %{if} $5 50%" }],
    ["a = <<EOT\n one\n\n  \\n $${x}\nEOT\nb = 1", { a: " one\n\n  \\n ${x}\n", b: 1 }],
    ["a = <<-EOT\n    one\n\n      two\n    EOT\n", { a: "one\n\n  two\n" }],
    ["a = <<EOT\nEOT\nb = <<EOT\n\nEOT\n", { a: "", b: "\n" }],
    ["a = <<EOT\r\none\r\nEOT\r\nb = 1\r\n", { a: "one\r\n", b: 1 }],
    ["\uFEFFa = 1", { a: 1 }],
    ['a "b" "c" {\n  x = 1\n}\na "b" d {\n  x = 2\n}\na "e" {}\n', { a: { b: { c: { x: 1 }, d: { x: 2 } }, e: {} } }],
  ];
  for (const [text, value] of cases) deepEqual(read(text), value, text);
});

Deno.test("HCL: values know where they stand", () => {
  const { entries } = parseHcl("a = 1\n\nb = { c = 2 }\n");
  equal(entries.get("b")!.at, 7);
  const { value } = entries.get("b")!;
  equal(value.kind === "map" ? value.entries.get("c")!.value.at : -1, 17);
});

Deno.test("HCL: what is refused, with line and column", () => {
  const plainOnly = /^only values that are written out/;
  const cases: readonly (readonly [string, number, number, RegExp])[] = [
    ["a = \n", 2, 1, /^it is not HCL/],
    ['a = "x', 1, 7, /^it is not HCL/],
    ['a = "\\d"', 1, 6, /^it is not HCL/],
    ["a = <<EOT\nx\n", 3, 1, /^it is not HCL/],
    ["a = [1 2]", 1, 8, /^it is not HCL/],
    ["a = 1 b = 2", 1, 7, /^this must begin a new line/],
    ["a = 1\na = 2\n", 2, 1, /^"a" is there twice/],
    ["a = { b = 1, b = 2 }", 1, 14, /^"b" is there twice/],
    ['a "b" {\n  c = 1\n}\na "b" {\n  c = 1\n}\n', 5, 7, /^this is there twice/],
    ['x = 1\na = upper("x")', 2, 5, plainOnly],
    ["a = var.b", 1, 5, plainOnly],
    ['a = "x ${y}"', 1, 8, plainOnly],
    ["a = <<E\n${y}\nE\n", 2, 1, plainOnly],
    ["a = 1 + 2", 1, 5, plainOnly],
    ["a = true ? 1 : 2", 1, 5, plainOnly],
    ["a = [for x in [1]: x]", 1, 5, plainOnly],
    ["a = { (b) = 1 }", 1, 8, plainOnly],
    ['a = "x\ny"', 1, 5, /^a quoted text must end/],
    [`a = ${"[".repeat(200)}${"]".repeat(200)}`, 1, 105, /^nested more than 100 deep/],
    [" ".repeat(70_000), 1, 1, /larger than 64 KiB/],
    [`a = ${'"${'.repeat(1000)}`, 1, 1, /nested more than 100 deep/],
    [`a = ${"[".repeat(8000)}${"]".repeat(8000)}`, 1, 1, /nested more than 100 deep/],
    [`a = "${"(".repeat(120)}"\nb.c = 1`, 2, 2, /^it is not HCL/],
    [`# ${"[".repeat(101)}\nx = = 1`, 2, 5, /^it is not HCL/],
    // A parser that looks for a way on behind each takes 20 seconds.
    [Array.from({ length: 4000 }, (_, at) => `a${at}.b = 1`).join("\n"), 1, 3, /^it is not HCL/],
    [`b = 1\na = "${"x".repeat(2100)}"`, 2, 5, /longer than 2 KiB/],
    [`b = 1\na = <<E\n${"line\n".repeat(500)}E\n`, 2, 1, /longer than 2 KiB/],
    [`a = b${".c".repeat(5000)}`, 1, 6, plainOnly],
  ];
  for (const [text, line, column, message] of cases) {
    throws(() => read(text), (error) => {
      if (!(error instanceof HclError)) throw error;
      match(error.message, message, text.slice(0, 80));
      deepEqual([error.line, error.column], [line, column], text.slice(0, 80));
      return true;
    });
  }
});
