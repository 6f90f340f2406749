import { placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";

/** A part of a text and what takes its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Column of inserted lines: of two insertions at one place the deeper one comes first. */
  readonly column: number;
  /** Whole lines, which must begin after a line break. */
  readonly lines: boolean;
}

/** Replacements in one text, made all at once. */
export class Splices {
  readonly #splices: Splice[] = [];

  add(splice: Pick<Splice, "start" | "end" | "text"> & Partial<Splice>): void {
    if (splice.start === splice.end && splice.text === "") return;
    this.#splices.push({ column: 0, lines: false, ...splice });
  }

  get size(): number {
    return this.#splices.length;
  }

  /** The text with everything replaced. Throws YamlError when two replacements overlap. */
  applied(source: string, newline: string): string {
    const ordered = this.#splices
      .map((splice, order) => ({ ...splice, order }))
      .sort((a, b) => a.start - b.start || a.end - b.end || b.column - a.column || a.order - b.order);
    // Parts are joined once: text that grows piece by piece is copied as a whole each time it is looked at.
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text, lines } of ordered) {
      if (start < at) throw new YamlError("two changes meet in one place", placeAt(source, start));
      parts.push(source.slice(at, start));
      if (lines && !endsLine(parts)) parts.push(newline);
      parts.push(text);
      at = end;
    }
    return [...parts, source.slice(at)].join("");
  }
}

/** Whether what comes next begins a line; a byte order mark stands in front of the first. */
function endsLine(parts: readonly string[]): boolean {
  const last = parts.findLast((part) => part !== "")?.at(-1);
  return last === undefined || last === "\n" || last === "\uFEFF";
}
