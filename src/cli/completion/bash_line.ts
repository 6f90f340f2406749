import type { Typing } from "./cursor.ts";

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
  const kept = unquoted(last.endsWith(text) ? last.slice(0, last.length - text.length) : "");
  const [, ...before] = withoutRedirections(words.slice(0, -1)).map((word) => unquoted(word).text);
  const isLiteral = !kept.expands;
  return {
    typing: { before, current: unquoted(last).text },
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
function unquoted(word: string): Meaning {
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
