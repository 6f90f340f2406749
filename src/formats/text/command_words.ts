import { quotePosixVisibly } from "./shell_quote.ts";

/** A flag and its value in one word. */
const JOINED = /^--?[\w-]+=/;

/** Returns a word of a command as a shell takes it: `'a b'`, `--alias='-a b'`. */
export function quoteWord(word: string): string {
  const [flag = ""] = JOINED.exec(word) ?? [];
  return `${flag}${quotePosixVisibly(word.slice(flag.length))}`;
}

/** Returns a flag and its value, which is not taken for a flag itself: `--alias prod`, `--alias=-prod`. */
export function flagWords(flag: string, value: string): readonly string[] {
  return value.startsWith("-") ? [`${flag}=${value}`] : [flag, value];
}

/** Returns the same as a shell takes it. */
export function flagText(flag: string, value: string): string {
  return flagWords(flag, value).map(quoteWord).join(" ");
}

/** Returns flags and their values, in pairs: `["--name", "a", "--region", "b"]`. */
export function flagPairs(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => index % 2 === 0 ? flagWords(word, words[index + 1]!) : []);
}

/** Returns the one argument of a command with its flags: `prod --force`, `--force -- -prod`. */
export function argumentWords(argument: string, flags: readonly string[] = []): readonly string[] {
  return argument.startsWith("-") ? [...flags, "--", argument] : [argument, ...flags];
}
