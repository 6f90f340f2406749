import { NAMESPACES } from "./functions/namespaces.ts";
import type { Command, Operand, Pipeline } from "./node.ts";
import { TemplateError } from "./values/value.ts";
import type { Token } from "./tokens.ts";

/** The tokens of an action, read one after the other. */
export class Reader {
  #next = 0;
  readonly #tokens: readonly Token[];
  /** Offset after the last token, for what is missing at the end. */
  readonly end: number;
  readonly functions: Map<string, number>;

  constructor(tokens: readonly Token[], { end, functions }: { end: number; functions: Map<string, number> }) {
    this.#tokens = tokens;
    this.end = end;
    this.functions = functions;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#next + ahead];
  }

  take(): Token {
    const token = this.peek();
    if (token === undefined) throw new TemplateError("something is missing here", this.end);
    this.#next++;
    return token;
  }

  /** Takes the symbol or word when it comes next. */
  skip(text: string): boolean {
    const token = this.peek();
    const isThere = (token?.kind === "symbol" || token?.kind === "word") && token.text === text;
    if (isThere) this.#next++;
    return isThere;
  }

  done(): void {
    const token = this.peek();
    if (token !== undefined) {
      throw new TemplateError(`found ${JSON.stringify(token.text)} where nothing more can stand`, token.at);
    }
  }
}

/** Reads a pipeline with its variables, up to `)` or the end. */
export function readPipeline(reader: Reader): Pipeline {
  const at = reader.peek()?.at ?? reader.end;
  const variables = declare(reader);
  const declares = variables.length > 0 && reader.take().text === ":=";
  const commands = [readCommand(reader)];
  while (reader.skip("|")) commands.push(readCommand(reader));
  const odd = commands.slice(1).find(({ words: [first] }) => first!.kind === "literal" || first!.kind === "nil");
  if (odd !== undefined) throw new TemplateError("only a function can follow |", odd.at);
  return { variables, declares, commands, at };
}

function declare(reader: Reader): readonly string[] {
  if (reader.peek()?.kind !== "variable") return [];
  const isSign = (ahead: number) => /^:?=$/.test(reader.peek(ahead)?.text ?? "");
  const isPair = reader.peek(1)?.text === "," && reader.peek(2)?.kind === "variable" && isSign(3);
  if (isPair) {
    const first = reader.take().text;
    reader.take();
    return [first, reader.take().text];
  }
  return isSign(1) ? [reader.take().text] : [];
}

function readCommand(reader: Reader): Command {
  const at = reader.peek()?.at ?? reader.end;
  const words: Operand[] = [];
  while (startsOperand(reader.peek())) words.push(readOperand(reader));
  if (words.length === 0) throw new TemplateError("a value is missing here", at);
  const [first] = words;
  if (first!.kind === "nil") throw new TemplateError("nil alone is not a value", at);
  const callable = first!.kind !== "literal" && first!.kind !== "pipeline" && first!.kind !== "dot";
  if (words.length > 1 && !callable) throw new TemplateError("a value does not take arguments", words[1]!.at);
  return { words, at };
}

function startsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== "symbol" || token.text === "(");
}

function readOperand(reader: Reader): Operand {
  const token = reader.take();
  let operand = getOperand(reader, token);
  for (let next = reader.peek(); next?.kind === "field" && !next.spaced; next = reader.peek()) {
    reader.take();
    operand = { kind: "field", of: operand, name: next.text.slice(1), at: next.at };
  }
  const next = reader.peek();
  if (next !== undefined && !next.spaced && startsOperand(next)) {
    throw new TemplateError(`found ${JSON.stringify(next.text)} right after ${JSON.stringify(token.text)}`, next.at);
  }
  return operand;
}

const WORDS: ReadonlyMap<string, unknown> = new Map([["true", true], ["false", false]]);

function getOperand(reader: Reader, { kind, text, value, at }: Token): Operand {
  if (kind === "dot") return { kind, at };
  if (kind === "field") return { kind, of: { kind: "dot", at }, name: text.slice(1), at };
  if (kind === "variable") return { kind, name: text, at };
  if (kind === "string" || kind === "number") return { kind: "literal", value, at };
  if (kind === "symbol") return parenthesize(reader, at);
  if (WORDS.has(text)) return { kind: "literal", value: WORDS.get(text), at };
  if (text === "nil") return { kind: "nil", at };
  const name = NAMESPACES.has(text) ? text + memberIn(reader) : text;
  if (!reader.functions.has(name)) reader.functions.set(name, at);
  return { kind: "function", name, at };
}

/** `.ToUpper` of `strings.ToUpper`. */
function memberIn(reader: Reader): string {
  const next = reader.peek();
  return next?.kind === "field" && !next.spaced ? reader.take().text : "";
}

function parenthesize(reader: Reader, at: number): Operand {
  const pipeline = readPipeline(reader);
  if (!reader.skip(")")) throw new TemplateError("( is not closed by )", at);
  return { kind: "pipeline", pipeline, at };
}
