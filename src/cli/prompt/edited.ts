import type { Key } from "./key.ts";

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A typed line after one more key. */
export function edited(line: string, key: Key): string {
  if (key.kind === "text") return line + key.text;
  if (key.kind === "erase-all") return "";
  if (key.kind === "erase-word") return line.replace(/\S*\s*$/, "");
  if (key.kind !== "erase") return line;
  const last = [...GRAPHEMES.segment(line)].at(-1);
  return last === undefined ? line : line.slice(0, last.index);
}
