import { displayWidth, padTo } from "../../formats/text/display_width.ts";
import { printable } from "./text.ts";

const GAP = "  ";

/** Columns under their titles, as kubectl prints them; an empty cell is a dash. Line 0 holds the titles. */
export function tableLines(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [titles, ...rows].map((row) => row.map((cell) => printable(cell) || "-"));
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column]!))));
  return cells.map((row) => row.map((cell, column) => padTo(cell, widths[column]!)).join(GAP).trimEnd());
}
