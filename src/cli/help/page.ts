import type { Needs } from "../../host/host.ts";
import { type Paint, paintFor } from "../output/paint.ts";
import { columns, type ColumnsInput, type Row } from "./columns.ts";

/** How a page of help is laid out. */
export interface PageStyle {
  /** Columns; only a word that is longer goes beyond. */
  readonly width: number;
  readonly paint: Paint;
}

/** Lines are hard to follow when they are longer, and columns have no room when they are shorter. */
const WIDTH = { least: 60, most: 100 } as const;

/** Returns the style for this terminal: its width within limits, color unless the user or a pipe wants none. */
export function pageStyle(host: Needs<"env" | "terminal">, globals: { readonly "no-color": boolean }): PageStyle {
  const width = Math.min(WIDTH.most, Math.max(WIDTH.least, host.terminal.size().columns));
  return { width, paint: paintFor(host, { stream: "stdout", globals }) };
}

/** Returns the text of paragraphs with an empty line between them; empty ones are left out. */
export function page(paragraphs: readonly (readonly string[])[]): string {
  const full = paragraphs.filter((lines) => lines.length > 0);
  return full.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** Returns a titled table; nothing without rows. */
export function section(
  { paint, width }: PageStyle,
  { title, rows, ...layout }: { readonly title: string; readonly rows: readonly Row[] } & Omit<ColumnsInput, "width">,
): readonly string[] {
  if (rows.length === 0) return [];
  return [
    paint("bold", `${title}:`),
    ...columns(rows, { width, paintLeft: (text) => paint("cyan", text), ...layout }),
  ];
}
