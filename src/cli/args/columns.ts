/** Two columns and where they stand. */
export interface Row {
  readonly left: string;
  readonly right: string;
}

const INDENT = "  ";
const GAP = 2;
/** A longer left side gets a line of its own. */
const LEFT_MOST = 34;
export const WIDTH = 96;

/** Lines of two columns, the right one wrapped at {@link WIDTH}. */
export function columns(rows: readonly Row[]): readonly string[] {
  const fitting = rows.map((row) => row.left.length).filter((length) => length <= LEFT_MOST);
  const start = INDENT.length + Math.max(0, ...fitting) + GAP;
  return rows.flatMap((row) => line(row, start));
}

function line({ left, right }: Row, start: number): readonly string[] {
  const head = INDENT + left;
  const [first = "", ...others] = wrap(right, WIDTH - start);
  const rest = others.map((text) => " ".repeat(start) + text);
  const beside = head.length + GAP <= start;
  return beside ? [`${head.padEnd(start)}${first}`.trimEnd(), ...rest] : [head, " ".repeat(start) + first, ...rest];
}

const NO_BREAK = "\u00a0";

/** A text that {@link wrap} leaves on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK);
}

/** Breaks a text at its spaces; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll(NO_BREAK, " "));
}
