import assert from "node:assert/strict";
import { addUp, renderTable } from "../../../scripts/test/fault_table.ts";
import type { FaultRow } from "../../support/faults/fault_report.ts";

const ROWS: readonly FaultRow[] = [
  { fault: "killed", tried: "login", outcomes: { "exit 0": 2 } },
  { fault: "cut", tried: "token", outcomes: { "exit 7": 1, "exit 0": 3 } },
  { fault: "cut", tried: "token", outcomes: { "exit 7": 1_999 } },
  { fault: "late", tried: "token", outcomes: {} },
];

Deno.test("rows of one name are added up, and the order in which they came is no matter", () => {
  const rows = addUp(ROWS);
  assert.deepEqual(rows, addUp(ROWS.toReversed()));
  assert.deepEqual(rows.map(({ fault, outcomes }) => [fault, outcomes]), [
    ["cut", { "exit 7": 2_000, "exit 0": 3 }],
    ["killed", { "exit 0": 2 }],
  ]);
});

Deno.test("the table says how many cases there were, and how they ended, most of them first", () => {
  const lines = renderTable(addUp(ROWS)).split("\n").map((line) => line.replaceAll(/ +/g, " "));
  assert.deepEqual(lines.slice(2), [
    "| cut | token | 2,003 | exit 7: 2,000, exit 0: 3 |",
    "| killed | login | 2 | exit 0 |",
    "| all | | 2,005 | |",
  ]);
});
