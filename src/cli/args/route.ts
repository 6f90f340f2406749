import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { commandsMeant } from "./near_misses.ts";
import { type FlagToken, looksLikeFlag, readFlag } from "./tokenize.ts";
import { didYouMean, helpLine } from "./usage_error.ts";

/** What `atmos help` takes beside the words of commands: the flags that every command takes. */
export const FLAGS_TOPIC = "flags";

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
 * Follows the words of a command line to a command or a group of commands, collecting global flags on the way. `help` in
 * front is `--help` at the end.
 * @throws AppError "usage" for a word that leads nowhere and for a flag that is not a global one.
 */
export function findRoute(names: readonly string[], argv: readonly string[]): Route {
  const flags: FlagToken[] = [];
  let words: readonly string[] = [];
  let left = argv;
  let known = names;
  while (left.length > 0 && !known.includes(words.join(" "))) {
    const walk = { names: known, words, left };
    if (words.length === 0 && left[0] === "help") {
      left = [...left.slice(1), "--help"];
      known = [...names, FLAGS_TOPIC];
    } else if (looksLikeFlag(left[0]!)) {
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
  const { names, words, left: [word = ""] } = walk;
  const path = [...words, word].join(" ");
  const isWord = word !== "" && !word.includes(" ");
  if (isWord && names.some((name) => name === path || name.startsWith(`${path} `))) return word;
  throw unknownWord(walk);
}

/** The words that may follow, in the order of the registry. */
export function nextWords(names: readonly string[], words: readonly string[]): readonly string[] {
  const inside = names.map((name) => name.split(" ")).filter((path) => words.every((word, at) => path[at] === word));
  return [...new Set(inside.flatMap((path) => path[words.length] ?? []))];
}

function unknownWord({ names, words, left }: Walk): AppError {
  const end = left.findIndex(looksLikeFlag);
  const typed = end < 0 ? left : left.slice(0, end);
  const near = nearCommands({ names, words, typed }).map((name) => `atmos ${name}`);
  const hint = didYouMean(near) ?? `Run: ${helpLine(words)}`;
  return new AppError("usage", `Unknown command "${[...words, typed[0]].join(" ")}"`, { hint });
}

/** What other tools call so, else what is spelled alike in this group, the same words elsewhere, and alike elsewhere. */
function nearCommands(
  { names, words, typed }: Pick<Walk, "names" | "words"> & { readonly typed: readonly string[] },
): readonly string[] {
  const word = typed[0]!;
  const meant = commandsMeant(names, { words, typed });
  if (meant.length > 0) return meant;
  const here = closest(word, nextWords(names, words)).map((near) => [...words, near].join(" "));
  if (here.length > 0) return here;
  const near = closest(word, names.map(lastWord));
  return names.filter((name) => near.includes(lastWord(name)));
}

function lastWord(name: string): string {
  return name.split(" ").at(-1)!;
}
