import type { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { commandMeant } from "./near_misses.ts";
import { type FlagToken, looksLikeFlag, readFlag } from "./tokenize.ts";
import { didYouMean, helpLine, usageError } from "./usage_error.ts";

/** How far into the tree of commands a command line leads. */
export interface Route {
  /** As far as the words go: a group, or a whole command. */
  readonly words: readonly string[];
  readonly isCommand: boolean;
  /** Global flags found before the last word. */
  readonly flags: readonly FlagToken[];
  /** What comes after the last word. */
  readonly rest: readonly string[];
}

interface Walk {
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly left: readonly string[];
}

/**
 * Follows the words of a command line to a command or a group of commands, collecting global flags on the way.
 * @throws AppError "usage" for a word that leads nowhere and for a flag that is not a global one.
 */
export function findRoute(names: readonly string[], argv: readonly string[]): Route {
  const flags: FlagToken[] = [];
  let words: readonly string[] = [];
  let left = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  while (left.length > 0 && !names.includes(words.join(" "))) {
    const walk = { names, words, left };
    if (looksLikeFlag(left[0]!)) {
      const flag = readGlobalFlag(walk);
      flags.push(flag);
      left = left.slice(flag.length);
    } else {
      words = [...words, readWord(walk)];
      left = left.slice(1);
    }
  }
  return { words, isCommand: names.includes(words.join(" ")), flags, rest: left };
}

function readGlobalFlag({ names, words, left }: Walk): FlagToken {
  const token = readFlag({ flags: GLOBAL_FLAGS, words }, left);
  return leaveNextWord(token, { words: nextWords(names, words), following: left.slice(1) });
}

/** The flag without its value where that is optional and the command's next word instead: `atmos -i aws eks …`. */
export function leaveNextWord(
  token: FlagToken,
  { words, following }: { readonly words: readonly string[]; readonly following: readonly string[] },
): FlagToken {
  const { flag, length } = token;
  const [next, afterNext] = following.map((word) => words.includes(word));
  const isLeft = length === 2 && flag.kind === "string" && flag.optionalValue === true && next && !afterNext;
  return isLeft ? { ...token, value: undefined, length: 1 } : token;
}

function readWord(walk: Walk): string {
  const word = walk.left[0]!;
  if (nextWords(walk.names, walk.words).includes(word)) return word;
  throw unknownWord(walk);
}

/** The words that may follow, in the order of the registry. */
export function nextWords(names: readonly string[], words: readonly string[]): readonly string[] {
  const inside = names.map((name) => name.split(" ")).filter((path) => words.every((word, at) => path[at] === word));
  return [...new Set(inside.flatMap((path) => path[words.length] ?? []))];
}

function unknownWord({ names, words, left }: Walk): AppError {
  const typed = left[0]!;
  const here = closest(typed, nextWords(names, words)).map((word) => [...words, word].join(" "));
  const lastWords = names.map((name) => name.split(" ").at(-1)!);
  const elsewhere = names.filter((name) => closest(typed, lastWords).includes(name.split(" ").at(-1)!));
  const end = left.findIndex(looksLikeFlag);
  const meant = commandMeant([...words, ...(end < 0 ? left : left.slice(0, end))]);
  const near = (meant !== undefined ? [meant] : here.length > 0 ? here : elsewhere).map((name) => `atmos ${name}`);
  const hint = didYouMean(near) ?? `Run: ${helpLine(words)}`;
  return usageError({ what: `"${typed}"`, found: `no such command in ${["atmos", ...words].join(" ")}`, hint });
}
