/** One line of the table; figures of one run on one machine, compared with each other. */
export interface Row {
  readonly work: string;
  readonly ours: string;
  readonly peer: string;
  readonly ratio: string;
  readonly target: string;
  /** undefined where there is no target. */
  readonly ok: boolean | undefined;
}

export interface Bench {
  readonly name: string;
  /** Rows of the table; prints a line "SKIP …" for what this machine lacks. */
  readonly run: () => Promise<readonly Row[]>;
}

export interface Comparison {
  readonly work: string;
  /** Milliseconds. */
  readonly ours: number;
  readonly peer: number;
  readonly atMost: number;
}

/** A row of two times. */
export function ratioRow({ work, ours, peer, atMost }: Comparison): Row {
  const ratio = ours / peer;
  return {
    work,
    ours: milliseconds(ours),
    peer: milliseconds(peer),
    ratio: ratio.toFixed(3),
    target: `<= ${atMost}`,
    ok: ratio <= atMost,
  };
}

export function milliseconds(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

/** The rows as text, columns aligned. */
export function formatRows(rows: readonly Row[]): string {
  const head = ["work", "ours", "peer", "ratio", "target", "ok?"];
  const cells = rows.map((row) => [row.work, row.ours, row.peer, row.ratio, row.target, verdict(row.ok)]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ").trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("-|-"), ...cells.map(line)].join("\n");
}

function verdict(ok: boolean | undefined): string {
  if (ok === undefined) return "";
  return ok ? "yes" : "NO";
}
