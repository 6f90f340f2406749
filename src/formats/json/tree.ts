import { JsonError } from "../text/source_error.ts";
import { placeAt } from "../text/position.ts";

interface Span {
  readonly start: number;
  /** Just after its last character. */
  readonly end: number;
}

export interface JsonMember {
  readonly key: string;
  /** The key with its quotes. */
  readonly name: Span;
  readonly value: JsonNode;
}

export interface JsonObject extends Span {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
}

interface JsonArray extends Span {
  readonly kind: "array";
}

interface JsonScalar extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A value with the place it has in the text. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

/** No one nests by hand so deep, and a bomb would. */
const DEEPEST = 200;

const SPACE = /[ \t\r\n]*/y;
// deno-lint-ignore no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)(?![\w$])/y;

/**
 * Reads JSON as RFC 8259 has it, with offsets. JsonError for everything else, for a byte order mark, and for a key that
 * is there twice: readers differ on which one counts.
 */
export function jsonTree(source: string): JsonNode {
  return new Reader(source).whole();
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): JsonNode {
    if (this.#source.startsWith("\uFEFF")) throw this.#failed("found a byte order mark, which JSON must not have");
    this.#space();
    const node = this.#value(0);
    this.#space();
    if (this.#at < this.#source.length) throw this.#unexpected("after the end of the value");
    return node;
  }

  #value(depth: number): JsonNode {
    if (depth > DEEPEST) throw this.#failed(`found more than ${DEEPEST} nested values`);
    const start = this.#at;
    const first = this.#source[start];
    if (first === "{") return { kind: "object", start, members: this.#members(depth), end: this.#at };
    if (first === "[") {
      this.#items(depth);
      return { kind: "array", start, end: this.#at };
    }
    const text = this.#match(first === '"' ? STRING : NUMBER) ?? this.#match(WORD);
    if (text === undefined) throw this.#unexpected("where a value should be");
    return { kind: "scalar", start, end: this.#at, value: JSON.parse(text) };
  }

  #members(depth: number): readonly JsonMember[] {
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    this.#each("}", () => {
      const member = this.#member(depth);
      if (keys.has(member.key)) {
        throw this.#failed(`found the key ${JSON.stringify(member.key)} a second time`, member.name.start);
      }
      keys.add(member.key);
      members.push(member);
    });
    return members;
  }

  #member(depth: number): JsonMember {
    const start = this.#at;
    const name = this.#match(STRING);
    if (name === undefined) throw this.#unexpected("where a key in double quotes should be");
    const end = this.#at;
    this.#space();
    if (this.#source[this.#at] !== ":") throw this.#unexpected('where ":" should be');
    this.#at++;
    this.#space();
    return { key: JSON.parse(name), name: { start, end }, value: this.#value(depth + 1) };
  }

  #items(depth: number): void {
    this.#each("]", () => void this.#value(depth + 1));
  }

  /** Everything between two brackets, with its commas. */
  #each(close: string, read: () => void): void {
    this.#at++;
    this.#space();
    if (this.#source[this.#at] !== close) {
      for (;;) {
        read();
        this.#space();
        if (this.#source[this.#at] !== ",") break;
        this.#at++;
        this.#space();
      }
    }
    if (this.#source[this.#at] !== close) throw this.#unexpected(`where "," or "${close}" should be`);
    this.#at++;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unexpected(where: string): JsonError {
    const rest = this.#source.slice(this.#at, this.#at + 2);
    if (rest === "//" || rest === "/*") return this.#failed("found a comment, which JSON does not have");
    // Of a string that is broken inside, only its beginning can be shown.
    const shown = this.#at < this.#source.length ? JSON.stringify([...rest][0]) : "the end of the text";
    return this.#failed(`found ${shown} ${where}`);
  }

  #failed(message: string, at = this.#at): JsonError {
    return new JsonError(message, placeAt(this.#source, at));
  }
}

export function findMember(node: JsonNode | undefined, key: string): JsonMember | undefined {
  return node?.kind === "object" ? node.members.find((member) => member.key === key) : undefined;
}
