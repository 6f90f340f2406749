import type { FilePosition } from "../values/located.ts";

const MOST_LINES = 3;
const MOST_CHARACTERS = 200;
/** So much of what was there already is shown before what is new. */
const SHOWN_BEFORE = 40;

/**
 * Returns a value as a question or a refusal shows it: at most 3 lines and 200 characters, so that it pushes nothing off
 * the screen, then how much more there is, and where. Runs of blanks are counted. Of one that was trusted as `former`,
 * what is new is shown, wherever it begins.
 */
export function briefValue(
  given: string,
  { file, line }: Pick<FilePosition, "file" | "line">,
  former: string = given,
): string {
  const [value, before] = [given, former].map((text) => text.replace(BLANKS, (run) => `[${run.length} blanks]`));
  const characters = [...value!];
  if (isBrief(value!)) return value!;
  const same = countSame(characters, [...before!]);
  const from = same === characters.length ? 0 : Math.max(0, same - SHOWN_BEFORE);
  const shown = characters.slice(from, from + MOST_CHARACTERS).join("").split("\n").slice(0, MOST_LINES).join("\n");
  const more = characters.length - from - [...shown].length;
  const start = from === 0 ? "" : `(${from} characters as they were trusted) …`;
  return `${start}${shown}${more === 0 ? "" : `… (${more} more characters; see ${file}:${line})`}`;
}

function isBrief(value: string): boolean {
  return [...value].length <= MOST_CHARACTERS && value.split("\n").length <= MOST_LINES;
}

/** With how many characters both begin. */
function countSame(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((character, at) => character !== other[at]);
  return end < 0 ? one.length : end;
}

/** Of many, what stands behind them would look like a line of its own; some look like nothing, or like others. */
const BLANKS = /\p{Zs}{4,}|(?! )\p{Zs}+/gu;

/** Returns the path of a setting, short enough to be read, since its names may be of any length. */
export function briefPath(path: string): string {
  const characters = [...path];
  return characters.length <= MOST_CHARACTERS ? path : `${characters.slice(0, MOST_CHARACTERS).join("")}…`;
}
