import { TemplateError } from "./values/value.ts";

export interface Token {
  readonly kind: "dot" | "field" | "variable" | "word" | "string" | "number" | "symbol";
  /** A string's or number's value is in `value`. */
  readonly text: string;
  readonly value?: string | number;
  /** Offset in the template. */
  readonly at: number;
  /** Whether white space stands before it: `.a .b` are two, `.a.b` is one. */
  readonly spaced: boolean;
}

const SHAPES: readonly (readonly [Token["kind"], RegExp])[] = [
  ["string", /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ["number", /'(?:[^'\\\n]|\\(?:[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.))'/uy],
  ["number", /[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ["field", /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ["variable", /\$(?:[\p{L}_][\p{L}\p{N}_]*)?/uy],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["dot", /\./y],
  ["symbol", /:=|[=|(),]/y],
];

/** The words of an action; `at` is where its text begins in the template. */
export function splitTokens(text: string, at: number): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const space = /[ \t\r\n]*/y;
    space.lastIndex = offset;
    const start = offset + space.exec(text)![0].length;
    if (start === text.length) break;
    const token = tokenAt(text, { start, at, spaced: start > offset || offset === 0 });
    tokens.push(token);
    offset = start + token.text.length;
  }
  return tokens;
}

function tokenAt(
  text: string,
  { start, at, spaced }: { readonly start: number; readonly at: number; readonly spaced: boolean },
): Token {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = start;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) {
      return { kind, text: found, at: at + start, spaced, ...parseValue(kind, { text: found, at: at + start }) };
    }
  }
  throw new TemplateError(`found ${JSON.stringify(text[start])}, which is not valid here`, at + start);
}

function parseValue(
  kind: Token["kind"],
  { text, at }: Pick<Token, "text" | "at">,
): { readonly value?: string | number } {
  if (kind === "string") {
    return { value: text.startsWith("`") ? text.slice(1, -1).replaceAll("\r", "") : quotedText(text, at) };
  }
  if (kind !== "number") return {};
  return { value: text.startsWith("'") ? quotedText(text, at).codePointAt(0)! : parseNumber(text, at) };
}

function parseNumber(text: string, at: number): number {
  const digits = text.replaceAll("_", "");
  const sign = digits.startsWith("-") ? -1 : 1;
  const unsigned = digits.replace(/^[+-]/, "");
  const octal = /^0[0-7]+$/.test(unsigned) ? `0o${unsigned.slice(1)}` : unsigned;
  const value = Number(octal);
  if (Number.isNaN(value)) throw new TemplateError(`found ${JSON.stringify(text)}, which is not a number`, at);
  return sign * value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" },
  ...{ "\\": "\\", "'": "'", '"': '"' },
};

/** What Go reads between double or single quotes. https://go.dev/ref/spec#String_literals */
function quotedText(quoted: string, at: number): string {
  const escape = /\\(?:([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gsu;
  return quoted.slice(1, -1).replace(escape, (...[whole, octal, two, four, eight, letter]) => {
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
    const hex = two ?? four ?? eight;
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    const plain = ESCAPES[letter];
    if (plain === undefined) throw new TemplateError(`found ${whole} in a string, which is not an escape sequence`, at);
    return plain;
  });
}
