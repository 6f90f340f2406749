import { markdownTable } from "../docs/markdown.ts";
import type { FaultRow } from "../../tests/support/faults/fault_report.ts";

const HEAD = ["fault", "what it happens to", "cases", "how they ended"];

/** The rows that tests have left in a folder, those of one name added up, sorted. Permission: read. */
export function readRows(folder: string): readonly FaultRow[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return addUp(names.map((name) => JSON.parse(Deno.readTextFileSync(`${folder}/${name}`)) as FaultRow));
}

/** Sorted by what is in them: the order in which test files end is no one's. */
export function addUp(rows: readonly FaultRow[]): readonly FaultRow[] {
  const filled = rows.filter(({ outcomes }) => casesOf(outcomes) > 0);
  const named = Map.groupBy(filled, ({ fault, tried }) => `${fault}\n${tried}`);
  return [...named].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, same]) => ({
    ...same[0]!,
    outcomes: sums(same.map(({ outcomes }) => outcomes)),
  }));
}

function sums(counts: readonly FaultRow["outcomes"][]): FaultRow["outcomes"] {
  const total: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) total[name] = (total[name] ?? 0) + count;
  return total;
}

/** As Markdown, which a terminal shows well enough. */
export function renderTable(rows: readonly FaultRow[]): string {
  const total = rows.reduce((sum, { outcomes }) => sum + casesOf(outcomes), 0);
  const cells = rows.map(({ fault, tried, outcomes }) => [
    fault,
    tried,
    casesOf(outcomes).toLocaleString("en"),
    endings(outcomes),
  ]);
  return markdownTable(HEAD, [...cells, ["all", "", total.toLocaleString("en"), ""]]);
}

function casesOf(outcomes: FaultRow["outcomes"]): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

function endings(outcomes: FaultRow["outcomes"]): string {
  const sorted = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  if (sorted.length === 1) return sorted[0]![0];
  return sorted.map(([name, count]) => `${name}: ${count.toLocaleString("en")}`).join(", ");
}
