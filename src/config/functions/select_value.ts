import type { FilePosition, Located, LocatedScalar } from "../values/located.ts";
import { makeMap } from "../values/make_located.ts";

/**
 * What a query in the style of yq finds in a value: `.a.b`, `.list[0].name`, `."a.b"`, `.["a.b"]`, `.` for all of it;
 * `.a // "default"` for what may not be there, `.a | .b` one after the other. undefined when it does not exist;
 * RangeError for what is no such query. https://mikefarah.gitbook.io/yq/operators/traverse-read
 */
export function selectValue(value: Located, query: string, place: FilePosition): Located | undefined {
  const parser = new Query(query, place);
  return parser.parse()(value);
}

type Select = (from: Located | undefined) => Located | undefined;

const BLANKS = /\s*/y;
const NAME =
  /\.?"((?:[^"\\]|\\.)*)"|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\['([^']*)'\]|\.([^\s.[\]"'|()?/]+(?:\/[^\s.[\]"'|()?/]+)*)\??/y;
const INDEX = /\.?\[\s*(-?\d+)\s*\]\??/y;
const SELF = /\.(?![\w."'[])/y;
const TEXT = /"((?:[^"\\]|\\.)*)"|'([^']*)'/y;
const WORD = /-?\d+(?:\.\d+)?(?![\w.])|(?:true|false|null)\b|\[\s*\]|\{\s*\}/y;

class Query {
  readonly #text: string;
  readonly #place: FilePosition;
  #at = 0;

  constructor(text: string, place: FilePosition) {
    this.#text = text;
    this.#place = place;
  }

  parse(): Select {
    const select = this.#pipe();
    if (this.#at < this.#text.length) throw this.#refused();
    return select;
  }

  #pipe(): Select {
    const steps = [this.#alternatives()];
    while (this.#takes("|")) steps.push(this.#alternatives());
    return (from) => steps.reduce<Located | undefined>((value, step) => step(value), from);
  }

  /** What is null or false counts as not there. */
  #alternatives(): Select {
    const choices = [this.#term()];
    while (this.#takes("//")) choices.push(this.#term());
    const [first, ...others] = choices;
    if (others.length === 0) return first!;
    return (from) => {
      const found = choices.map((choice) => choice(from));
      return found.find((value) => value !== undefined && !isNothing(value)) ?? found.at(-1);
    };
  }

  #term(): Select {
    this.#match(BLANKS);
    if (this.#takes("(")) {
      const select = this.#pipe();
      if (!this.#takes(")")) throw this.#refused();
      return select;
    }
    const said = this.#said();
    return said === undefined ? this.#path() : () => said;
  }

  #said(): Located | undefined {
    const text = this.#match(TEXT);
    if (text !== undefined) return this.#scalar(text[1] === undefined ? text[2]! : unescape(text[1]));
    const word = this.#match(WORD)?.[0];
    if (word === undefined) return undefined;
    if (word.startsWith("[")) return { kind: "list", place: this.#place, items: [] };
    return word.startsWith("{") ? makeMap([], this.#place) : this.#scalar(JSON.parse(word));
  }

  #path(): Select {
    const steps: Select[] = [];
    for (;;) {
      const index = this.#match(INDEX)?.[1];
      if (index !== undefined) {
        steps.push((from) => (from?.kind === "list" ? from.items.at(Number(index)) : undefined));
        continue;
      }
      const [, quoted, bracketed, single, plain] = this.#match(NAME) ?? [];
      const name = quoted === undefined ? single ?? plain : unescape(quoted);
      const key = name ?? (bracketed === undefined ? undefined : unescape(bracketed));
      if (key === undefined) break;
      steps.push((from) => (from?.kind === "map" ? from.entries.get(key)?.value : undefined));
    }
    if (steps.length === 0 && this.#match(SELF) === undefined) throw this.#refused();
    this.#match(BLANKS);
    return (from) => steps.reduce<Located | undefined>((value, step) => step(value), from);
  }

  #takes(sign: string): boolean {
    this.#match(BLANKS);
    const isThere = this.#text.startsWith(sign, this.#at) && !(sign === "|" && this.#text[this.#at + 1] === "|");
    if (isThere) this.#at += sign.length;
    return isThere;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  #scalar(value: LocatedScalar["value"]): Located {
    return { kind: "scalar", place: this.#place, value, text: value === null ? "" : String(value) };
  }

  #refused(): RangeError {
    return new RangeError(`"${this.#text}" is no path like .a.b, .list[0] or .a // "default"`);
  }
}

function isNothing(value: Located): boolean {
  return value.kind === "scalar" && (value.value === null || value.value === false);
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
