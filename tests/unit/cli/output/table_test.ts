import { deepEqual } from "node:assert/strict";
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

const COLUMNS: Readonly<Record<string, number>> = {
  "👩\u200d💻": 2,
  "❤\ufe0f": 2,
  "🇩🇪": 2,
  "1\ufe0f\u20e3": 2,
  "👍🏿": 2,
  "⌚": 2,
  "🏷": 1,
  "e\u0301e\u0301": 2,
  "管理": 4,
  "ascii": 5,
};

Deno.test("table: a column of emoji, flags, marks and East Asian letters stands in line, too", () => {
  const lines = tableLines(["NAME", "KIND"], Object.keys(COLUMNS).map((name) => [name, "x"]));
  const aligned = Object.entries(COLUMNS).map(([name, columns]) => `${name}${" ".repeat(7 - columns)}x`);
  deepEqual(lines, ["NAME   KIND", ...aligned]);
});
