export interface Option {
  readonly name: string;
  /** What it is, beside its name. */
  readonly note: string;
}

/** Those that have every word of what was typed in name or note, in any case: same names first, then beginnings. */
export function filtered(among: readonly Option[], typed: string): readonly Option[] {
  const line = folded(typed).trim();
  if (line === "") return among;
  const words = line.split(/\s+/);
  return among.map((option) => ({ option, rank: rankOf(option, { line, words }) }))
    .filter(({ rank }) => rank < NOT)
    .sort((one, other) => one.rank - other.rank)
    .map(({ option }) => option);
}

const NOT = 4;

interface Wanted {
  readonly line: string;
  readonly words: readonly string[];
}

function rankOf({ name, note }: Option, { line, words }: Wanted): number {
  const own = folded(name);
  if (own === line) return 0;
  if (own.startsWith(line)) return 1;
  if (words.every((word) => own.includes(word))) return 2;
  const both = `${own} ${folded(note)}`;
  return words.every((word) => both.includes(word)) ? 3 : NOT;
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
