import { editLine, type Key } from "./key.ts";

/** What is on the screen while a person picks. */
export interface Picking {
  readonly among: readonly Option[];
  readonly typed: string;
  /** Those of `among` that fit what was typed. */
  readonly fitting: readonly Option[];
  /** The marked one of these. */
  readonly at: number;
}

/** Begins at the option that says so. */
export function startPicking(among: readonly Option[]): Picking {
  return { among, typed: "", fitting: among, at: Math.max(0, among.findIndex(({ isFirst }) => isFirst)) };
}

interface Pressed {
  readonly key: Key;
  /** How many options are shown at once. */
  readonly page: number;
}

/** After a key that moves or filters. */
export function applyKey(picking: Picking, { key, page }: Pressed): Picking {
  const typed = editLine(picking.typed, key);
  if (typed !== picking.typed) return { ...picking, typed, fitting: filterOptions(picking.among, typed), at: 0 };
  return { ...picking, at: moveCursor(picking, { key, page }) };
}

function moveCursor({ at, fitting: { length } }: Picking, { key: { kind }, page }: Pressed): number {
  const last = Math.max(0, length - 1);
  if (kind === "up") return at === 0 ? last : at - 1;
  if (kind === "down") return at === last ? 0 : at + 1;
  if (kind === "page-up") return Math.max(0, at - page);
  if (kind === "page-down") return Math.min(last, at + page);
  if (kind === "first") return 0;
  return kind === "last" ? last : at;
}

export interface Option {
  readonly name: string;
  /** What it is, beside its name. */
  readonly note: string;
  /** What others have in common with it, where several may be chosen at once. */
  readonly group?: string;
  /** Whether it is marked before any key is pressed. */
  readonly isFirst?: boolean;
}

/** Those that have every word of what was typed in name or note, in any case: same names first, then beginnings. */
export function filterOptions(among: readonly Option[], typed: string): readonly Option[] {
  const line = foldCase(typed).trim();
  if (line === "") return among;
  const words = line.split(/\s+/);
  return among.map((option) => ({ option, rank: rankOption(option, { line, words }) }))
    .filter(({ rank }) => rank < NOT)
    .sort((one, other) => one.rank - other.rank)
    .map(({ option }) => option);
}

const NOT = 4;

function rankOption(
  { name, note }: Option,
  { line, words }: { readonly line: string; readonly words: readonly string[] },
): number {
  const own = foldCase(name);
  if (own === line) return 0;
  if (own.startsWith(line)) return 1;
  if (words.every((word) => own.includes(word))) return 2;
  const both = `${own} ${foldCase(note)}`;
  return words.every((word) => both.includes(word)) ? 3 : NOT;
}

function foldCase(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
