/** A row of the table that `deno task fault` prints. */
export interface FaultRow {
  /** What goes wrong: "every effect fails once". */
  readonly fault: string;
  /** What it happens to: "auth login, by device code". */
  readonly tried: string;
  /** How many cases ended in which way. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Hands a row on to `deno task fault`; rows of the same name are added up. Permissions: env, write. */
export function reportRow(row: FaultRow): void {
  const folder = Deno.env.get("ATMOS_TEST_ROWS") ?? "";
  if (folder === "") return;
  Deno.writeTextFileSync(`${folder}/${crypto.randomUUID()}.json`, JSON.stringify(row));
}

/** Counts how cases end, for a row. */
export class Outcomes {
  readonly counts: Record<string, number> = {};

  add(outcome: string, times = 1): void {
    this.counts[outcome] = (this.counts[outcome] ?? 0) + times;
  }
}
