import { quotePosixVisibly } from "./shell_quote.ts";

/** Words of a sentence that goes on behind a command. */
export const WORDS_BETWEEN: ReadonlySet<string> = new Set(
  ["or", "and", "again", "with", "first", "without", "for", "if", "in"],
);

/** Returns a word of a command that a hint prints, as a shell takes it; it is never taken for one of the sentence's. */
export function quoteWord(text: string): string {
  return WORDS_BETWEEN.has(text) || /^[^']*[^'.]\.$/.test(text) ? `'${text}'` : quotePosixVisibly(text);
}

/** Returns a flag and its value, which is not taken for a flag itself: `--alias prod`, `--alias=-prod`. */
export function flagWords(flag: string, value: string): string {
  return `${flag}${value.startsWith("-") ? "=" : " "}${quoteWord(value)}`;
}

/** Returns flags and their values, in pairs: `["--name", "a", "--region", "b"]`. */
export function flagPairs(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => index % 2 === 0 ? [flagWords(word, words[index + 1]!)] : []);
}

/** Returns the one argument of a command with its flags: `prod --force`, `--force -- -prod`. */
export function argumentWords(argument: string, flags: readonly string[] = []): string {
  const word = quoteWord(argument);
  return (argument.startsWith("-") ? [...flags, "--", word] : [word, ...flags]).join(" ");
}
