import { cutTo, displayWidth, padTo } from "../../formats/text/display_width.ts";
import { hideRecordedTexts } from "../../hidden_texts.ts";
import type { Needs } from "../../host/host.ts";
import { printable } from "./text.ts";

const GAP = "  ";

type Row = readonly string[];

/** Columns under their titles, as kubectl prints them; an empty cell is a dash. Line 0 holds the titles. */
export function tableLines(titles: Row, rows: readonly Row[]): readonly string[] {
  return alignColumns([titles, ...rows].map((row) => row.map((cell) => printable(cell) || "-")));
}

/** How much of a table may be left out. */
export interface TableFit {
  /** Of the terminal; undefined where the whole table is to be printed, as into a pipe. */
  readonly columns: number | undefined;
  /** Titles of columns that can be left out, the least important first. */
  readonly dispensable: readonly string[];
  /** Whether cells may be of a configuration that no one has trusted: cut off, they could no longer be told from others. */
  readonly showsUntrusted?: true;
}

/** Returns the columns of the terminal that a table on stdout has to fit into; undefined in a pipe or file. */
export function tableWidth({ terminal }: Needs<"terminal">): number | undefined {
  return terminal.isTty.stdout ? terminal.size().columns : undefined;
}

/** The same for a terminal: what does not fit loses columns, and then the ends of its longest cells. */
export function fittedTableLines(
  titles: Row,
  rows: readonly Row[],
  { columns = Infinity, dispensable, showsUntrusted }: TableFit,
): readonly string[] {
  const shown = showsUntrusted ? rows.map((row) => row.map(hideRecordedTexts)) : rows;
  let cells = [titles, ...shown].map((row) => row.map((cell) => printable(cell) || "-"));
  for (const title of dispensable) {
    if (tableSpan(cells) <= columns) break;
    const column = cells[0]!.indexOf(title);
    if (column >= 0) cells = cells.map((row) => row.toSpliced(column, 1));
  }
  return alignColumns(tableSpan(cells) <= columns ? cells : cutCells(cells, columns));
}

function alignColumns(cells: readonly Row[]): readonly string[] {
  const widths = columnWidths(cells);
  return cells.map((row) => row.map((cell, column) => padTo(cell, widths[column]!)).join(GAP).trimEnd());
}

function columnWidths(cells: readonly Row[]): readonly number[] {
  return cells[0]!.map((_, column) => cells.reduce((most, row) => Math.max(most, displayWidth(row[column]!)), 0));
}

function tableSpan(cells: readonly Row[]): number {
  return sum(columnWidths(cells)) + GAP.length * (cells[0]!.length - 1);
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

/** A title and a few letters more are left of each column. */
const LEAST = 8;

/** The widest columns give first, so that short ones stay whole. */
function cutCells(cells: readonly Row[], columns: number): readonly Row[] {
  const widths = [...columnWidths(cells)];
  let left = tableSpan(cells) - columns;
  while (left > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= LEAST) break;
    widths[widest]!--;
    left--;
  }
  return cells.map((row) => row.map((cell, column) => cutTo(cell, widths[column]!)));
}
