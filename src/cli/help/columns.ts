/** Two columns and where they stand. */
export interface Row {
  readonly left: string;
  readonly right: string;
}

export interface ColumnsInput {
  /** Of the page. */
  readonly width: number;
  /** Where the right side begins; by default as the rows need it. */
  readonly start?: number;
  /** What the left side looks like; it takes no more room than before. */
  readonly paintLeft?: (text: string) => string;
}

const INDENT = "  ";
const GAP = 2;

/** Returns the column where the right sides of these rows begin: behind the longest left side that is not too long. */
export function columnStart(rows: readonly Row[], width: number): number {
  const most = leftMost(width);
  const lengths = rows.map(({ left }) => left.length).filter((length) => length <= most);
  return INDENT.length + Math.max(2, ...lengths) + GAP;
}

/** A longer left side gets a line of its own, so that the right one has more than half of the page. */
function leftMost(width: number): number {
  return Math.min(34, Math.floor(width * 0.4));
}

/** Returns lines of two columns, the right one wrapped at the width. */
export function columns(rows: readonly Row[], input: ColumnsInput): readonly string[] {
  const start = input.start ?? columnStart(rows, input.width);
  return rows.flatMap((row) => rowLines(row, { ...input, start }));
}

function rowLines(
  { left, right }: Row,
  { width, start, paintLeft = (text) => text }: ColumnsInput & { start: number },
): readonly string[] {
  const head = INDENT + paintLeft(left);
  const lines = right === "" ? [] : wrap(right, width - start).map((text) => " ".repeat(start) + text);
  const [first = "", ...others] = lines;
  const isBeside = INDENT.length + left.length + GAP <= start;
  const gap = " ".repeat(Math.max(0, start - INDENT.length - left.length));
  return isBeside ? [`${head}${gap}${first.trimStart()}`.trimEnd(), ...others] : [head, ...lines];
}

const NO_BREAK = "\u00a0";

/** Returns a text that {@link wrap} leaves on one line where it fits on one. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK);
}

/** Returns the lines of a text that is broken at its spaces; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const words = text.split(" ").flatMap((word) => word.length > width ? word.split(NO_BREAK) : [word]);
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll(NO_BREAK, " "));
}
