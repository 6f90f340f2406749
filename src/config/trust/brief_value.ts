import type { FilePosition } from "../values/located.ts";

const MOST_LINES = 3;
const MOST_CHARACTERS = 200;

/**
 * Returns a value as a question or a refusal shows it: at most 3 lines and 200 characters, so that it pushes nothing off
 * the screen, then how much more there is, and where. Runs of blanks are counted.
 */
export function briefValue(given: string, { file, line }: Pick<FilePosition, "file" | "line">): string {
  const value = given.replace(BLANKS, (run) => `[${run.length} blanks]`);
  const characters = [...value];
  const lines = characters.slice(0, MOST_CHARACTERS).join("").split("\n").slice(0, MOST_LINES).join("\n");
  const more = characters.length - [...lines].length;
  return more === 0 ? value : `${lines}… (${more} more characters; see ${file}:${line})`;
}

/** Of many, what stands behind them would look like a line of its own; some look like nothing, or like others. */
const BLANKS = /\p{Zs}{4,}|(?! )\p{Zs}+/gu;

/** Returns the path of a setting, short enough to be read, since its names may be of any length. */
export function briefPath(path: string): string {
  const characters = [...path];
  return characters.length <= MOST_CHARACTERS ? path : `${characters.slice(0, MOST_CHARACTERS).join("")}…`;
}
