import { deepEqual } from "node:assert/strict";
import { displayWidth } from "../../../../src/cli/commands/auth_list/display_width.ts";
import { tableLines } from "../../../../src/cli/output/table.ts";

Deno.test("table: columns stand in line, whatever the letters", () => {
  deepEqual(tableLines(["NAME", "B"], [["鍵", "1"], ["e\u0301e\u0301", "2"], ["💥x", ""], ["a\nb", "3"]]), [
    "NAME  B",
    "鍵    1",
    "e\u0301e\u0301    2",
    "💥x   -",
    "a\\nb  3",
  ]);
});

Deno.test("table: width of letters", () => {
  deepEqual(["", "abc", "ключ", "鍵", "한", "ＡＢ", "💥", "e\u0301"].map(displayWidth), [0, 3, 4, 2, 2, 4, 2, 1]);
});
