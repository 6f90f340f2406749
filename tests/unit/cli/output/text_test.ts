import { deepEqual, equal } from "node:assert/strict";
import { formatCount, printable } from "../../../../src/cli/output/text.ts";

Deno.test("printable: ordinary text of any language stays", () => {
  for (const text of ["dev-cluster", "Größe 大小 💥", 'a "quoted" \\ path']) equal(printable(text), text);
});

Deno.test("printable: what a terminal would obey is shown instead", () => {
  equal(printable("\x1b[2Jx\x07"), "\\x1b[2Jx\\x07");
  equal(printable("a\r\nb\tc\0"), "a\\r\\nb\\tc\\x00");
  equal(printable("\x9b31m\x7f"), "\\x9b31m\\x7f");
  equal(printable("evil\u202egpj.exe\u2066\u200e"), "evil\\u202egpj.exe\\u2066\\u200e");
});

Deno.test("counted: none, one and many", () => {
  deepEqual([0, 1, 2].map((count) => formatCount(count, "identity")), ["no identities", "1 identity", "2 identities"]);
  deepEqual([0, 1, 2].map((count) => formatCount(count, "file")), ["no files", "1 file", "2 files"]);
});

Deno.test("printable: what no one sees is shown as an escape", () => {
  equal(printable("a\u200bb\u00ad\u2060\ufeff"), "a\\u200bb\\xad\\u2060\\ufeff");
  equal(printable("a\u{e0041}"), "a\\udb40\\udc41");
});
