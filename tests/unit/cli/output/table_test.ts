import { deepEqual, equal, ok } from "node:assert/strict";
import { displayWidth } from "../../../../src/formats/text/display_width.ts";
import { fittedTableLines, tableLines } from "../../../../src/cli/output/table.ts";

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

const TITLES = ["CLUSTER", "STATUS", "VERSION", "CONTEXT"];
const ROWS = [["main", "ACTIVE", "1.34", "arn:aws:eks:us-east-2:123456789012:cluster/main"], ["鍵💥", "", "", "x"]];

Deno.test("table: at a terminal the least important columns go first, then the ends of the longest cells", () => {
  const fit = (columns: number | undefined) =>
    fittedTableLines(TITLES, ROWS, { columns, dispensable: ["VERSION", "STATUS"] });
  const whole = tableLines(TITLES, ROWS);
  deepEqual([fit(undefined), fit(80)], [whole, whole]);
  equal(fit(70)[0]!.includes("VERSION"), false);
  equal(fit(70)[0]!.includes("STATUS"), true);
  deepEqual(fit(30), [
    "CLUSTER  CONTEXT",
    "main     arn:aws:eks:us-east-…",
    "鍵💥     x",
  ]);
  for (let columns = 20; columns < 90; columns++) {
    ok(fit(columns).every((line) => displayWidth(line) <= columns), `${columns} columns`);
  }
});

Deno.test("tables: as many rows as there are", () => {
  const rows = Array.from({ length: 150_000 }, (_, at) => [String(at), "x"]);
  equal(tableLines(["NAME", "KIND"], rows).length, 150_001);
});
