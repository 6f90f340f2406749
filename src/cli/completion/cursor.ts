import { AppError } from "../../errors.ts";
import type { AnyCommand } from "../args/command.ts";
import type { Flags } from "../args/flag.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import type { Registry } from "../args/registry.ts";
import { leaveNextWord, nextWords } from "../args/route.ts";
import { type FlagToken, looksLikeFlag, readFlag } from "../args/tokenize.ts";

/** A command line up to the cursor, without the program's own name. */
export interface Typing {
  readonly before: readonly string[];
  /** What of the word at the cursor is typed already. */
  readonly current: string;
}

/** What the words before the cursor come to. */
export interface Cursor {
  /** Of the command, or of a group. */
  readonly words: readonly string[];
  readonly definition: AnyCommand | undefined;
  /** Every flag of the line that is complete. */
  readonly given: readonly FlagToken[];
  readonly positionals: readonly string[];
  readonly afterDashes: boolean;
  /** The flag whose value is typed; `=` is not between them. */
  readonly awaiting: FlagToken | undefined;
  readonly current: string;
}

/** Reads what is there by the rules of the command line, forgivingly; undefined where nothing can be meant. */
export async function readCursor(registry: Registry, typing: Typing): Promise<Cursor | undefined> {
  const reading = new Reading(typing);
  if (!reading.readWords(Object.keys(registry))) return undefined;
  const definition = (await registry[reading.words.join(" ")]?.())?.definition;
  if (definition?.hidden) return undefined;
  if (definition !== undefined) reading.readArguments({ ...GLOBAL_FLAGS, ...definition.flags });
  const { words, given, positionals, afterDashes, awaiting } = reading;
  return { words, definition, given, positionals, afterDashes, awaiting, current: typing.current };
}

/** The flag that these words begin with; undefined for one that the command line would refuse. */
export function flagAt(flags: Flags, argv: readonly string[]): FlagToken | undefined {
  try {
    return readFlag({ flags, words: [] }, argv);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

class Reading {
  words: readonly string[] = [];
  afterDashes = false;
  awaiting: FlagToken | undefined;
  readonly given: FlagToken[] = [];
  readonly positionals: string[] = [];
  readonly #typing: Typing;
  #left: readonly string[];

  constructor(typing: Typing) {
    this.#typing = typing;
    this.#left = typing.before[0] === "help" ? typing.before.slice(1) : typing.before;
  }

  /** As far as they lead to a command; false when one leads nowhere. */
  readWords(names: readonly string[]): boolean {
    while (this.#left.length > 0 && !names.includes(this.words.join(" "))) {
      const [first] = this.#left;
      if (looksLikeFlag(first!)) {
        if (first === "--") return false;
        this.#readFlag(GLOBAL_FLAGS, nextWords(names, this.words));
      } else if (nextWords(names, this.words).includes(first!)) {
        this.words = [...this.words, first!];
        this.#left = this.#left.slice(1);
      } else return false;
    }
    return true;
  }

  readArguments(flags: Flags): void {
    while (this.#left.length > 0 && !this.afterDashes) {
      const [first] = this.#left;
      if (first !== "--" && looksLikeFlag(first!)) this.#readFlag(flags, []);
      else {
        if (first === "--") this.afterDashes = true;
        else this.positionals.push(first!);
        this.#left = this.#left.slice(1);
      }
    }
    this.positionals.push(...this.#left);
  }

  #readFlag(flags: Flags, words: readonly string[]): void {
    const { current } = this.#typing;
    const typed = flagAt(flags, [...this.#left, current === "" ? "x" : current]);
    const following = [...this.#left.slice(1), current];
    const token = typed && this.#left.length > 1 ? leaveNextWord(typed, { words, following }) : typed;
    const length = token?.length ?? 1;
    if (length > this.#left.length) this.awaiting = token;
    else if (token !== undefined) this.given.push(token);
    this.#left = this.#left.slice(length);
  }
}

/** What stands open where a text ends. */
export type OpenQuote = "" | "'" | '"';

/** A line as bash hands it to a completion, taken apart by bash's own rules of quoting. */
export interface BashLine {
  readonly typing: Typing;
  /**
   * What the part of the word at the cursor means that bash will leave as it is; undefined where bash makes something
   * else of it: `$(`, `$HOME:`.
   */
  readonly kept: string | undefined;
  /** The quote that is open where bash will put the answer. */
  readonly quote: OpenQuote;
}

/** Takes the line up to the cursor and the text that bash will replace: `eks`, where `-i dev:eks` is typed. */
export function readBashLine(line: string, text: string): BashLine {
  const words = split(line);
  const last = words.at(-1) ?? "";
  const kept = unquote(last.endsWith(text) ? last.slice(0, last.length - text.length) : "");
  const [, ...before] = withoutRedirections(words.slice(0, -1)).map((word) => unquote(word).text);
  const isLiteral = !kept.expands;
  return {
    typing: { before, current: unquote(last).text },
    kept: isLiteral ? kept.text : undefined,
    quote: kept.quote,
  };
}

const WORD = /(?:\\[\s\S]?|'[^']*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[^\s\\'"])+/g;

/** The words as they are written; the last one is where the cursor is, and may be empty. */
function split(line: string): readonly string[] {
  const words = [...line.matchAll(WORD)];
  const last = words.at(-1);
  const hasEnded = last === undefined || last.index + last[0].length < line.length;
  return [...words.map(([word]) => word), ...hasEnded ? [""] : []];
}

/** `2>log` and `> log` are bash's own; a variable before the command is too. */
function withoutRedirections(words: readonly string[]): readonly string[] {
  const own = words.filter((word, at) =>
    !/^\d*(?:[<>]|&>)/.test(word) && !/^\d*(?:[<>]+[&|]?|&>{1,2})$/.test(words[at - 1] ?? "")
  );
  return own.slice(own.findIndex((word) => !/^\w+=/.test(word)));
}

interface Meaning {
  readonly text: string;
  readonly quote: OpenQuote;
  /** A `$` or a backtick in it is not quoted. */
  readonly expands: boolean;
}

/** What a word means, `$` and `~` left as they are, and which quote is open at its end. */
function unquote(word: string): Meaning {
  let [text, quote, expands]: [string, OpenQuote, boolean] = ["", "", false];
  for (let at = 0; at < word.length; at++) {
    const char = word[at]!;
    const next = word[at + 1];
    if (char === quote) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) quote = char;
    else if (char === "\\" && next !== undefined && quote !== "'" && (quote === "" || '"\\$`'.includes(next))) {
      text += next;
      at++;
    } else {
      text += char;
      expands ||= quote !== "'" && (char === "$" || char === "`");
    }
  }
  return { text, quote, expands };
}
