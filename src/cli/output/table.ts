import { printable } from "./text.ts";
import { displayWidth } from "../commands/auth_list/display_width.ts";

const GAP = "  ";

/** Columns under their titles, as kubectl prints them; an empty cell is a dash. Line 0 holds the titles. */
export function tableLines(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [titles, ...rows].map((row) => row.map((cell) => printable(cell) || "-"));
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column]!))));
  return cells.map((row) => row.map((cell, column) => padded(cell, widths[column]!)).join(GAP).trimEnd());
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(width - displayWidth(cell));
}
