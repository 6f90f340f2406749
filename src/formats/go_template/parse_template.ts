import type { Node, Nodes, Template } from "./node.ts";
import { Reader, readPipeline } from "./pipeline.ts";
import { type Delimiters, type Segment, splitSegments, USUAL_DELIMITERS } from "./segments.ts";
import { TemplateError } from "./values/value.ts";
import { splitTokens } from "./tokens.ts";

/** How a block ended. */
interface Ending {
  readonly word: "end" | "else";
  readonly reader: Reader;
  readonly at: number;
}

interface Block {
  readonly nodes: Nodes;
  /** undefined at the end of the template. */
  readonly ending: Ending | undefined;
}

/** Reads a template of Go's text/template. Throws TemplateError. https://pkg.go.dev/text/template */
export function parseTemplate(source: string, delimiters: Delimiters = USUAL_DELIMITERS): Template {
  const parser = new Parser(splitSegments(source, delimiters));
  const { nodes, ending } = unlessTooDeep(() => parser.block(0));
  if (ending !== undefined) throw new TemplateError(`{{${ending.word}}} has no matching opening action`, ending.at);
  return { source, nodes, defined: parser.defined, functions: parser.functions };
}

/** Of parentheses there may be as many as a file holds. */
function unlessTooDeep<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError("its parentheses are nested too deeply", 0);
    throw error;
  }
}

type Reading = (reader: Reader, at: number) => Node | undefined;

class Parser {
  readonly defined = new Map<string, Nodes>();
  readonly functions = new Map<string, number>();
  readonly #segments: readonly Segment[];
  #next = 0;
  #loops = 0;

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  /** Nodes up to the `end` or `else` of the block. */
  block(depth: number): Block {
    if (depth > 200) throw new TemplateError("blocks are nested too deeply", this.#segments[this.#next - 1]!.at);
    const nodes: Node[] = [];
    while (this.#next < this.#segments.length) {
      const segment = this.#segments[this.#next++]!;
      if (segment.kind === "text") nodes.push({ kind: "text", text: segment.text });
      else {
        const found = this.#action(segment, depth);
        if (found !== undefined && "word" in found) return { nodes, ending: found };
        if (found !== undefined) nodes.push(found);
      }
    }
    return { nodes, ending: undefined };
  }

  #action({ text, at }: Segment, depth: number): Node | Ending | undefined {
    const reader = new Reader(splitTokens(text, at), { end: at + text.length, functions: this.functions });
    const word = reader.peek()?.kind === "word" ? reader.peek()!.text : "";
    if (word === "end" || word === "else") {
      reader.take();
      if (word === "end") reader.done();
      return { word, reader, at };
    }
    const special = this.#specials(depth)[word];
    if (special !== undefined) {
      reader.take();
      return special(reader, at);
    }
    const pipeline = readPipeline(reader);
    reader.done();
    return { kind: "print", pipeline };
  }

  #specials(depth: number): Readonly<Record<string, Reading | undefined>> {
    return {
      __proto__: null as never,
      if: (reader, at) => this.#branch("if", { reader, at, depth }),
      with: (reader, at) => this.#branch("with", { reader, at, depth }),
      range: (reader, at) => this.#range(reader, { at, depth }),
      break: (reader, at) => this.#leave("break", { reader, at }),
      continue: (reader, at) => this.#leave("continue", { reader, at }),
      define: (reader, at) => this.#define(reader, { at, depth }),
      block: (reader, at) => this.#define(reader, { at, depth, isUsed: true }),
      template: (reader, at) => useTemplate(reader, at),
    };
  }

  #branch(kind: "if" | "with", { reader, at, depth }: Opened): Node {
    const pipeline = readPipeline(reader);
    reader.done();
    const { nodes: body, ending } = this.block(depth + 1);
    return { kind, pipeline, body, otherwise: this.#otherwise(ending, { kind, at, depth }) };
  }

  #range(reader: Reader, { at, depth }: Omit<Opened, "reader">): Node {
    const pipeline = readPipeline(reader);
    reader.done();
    this.#loops++;
    const { nodes: body, ending } = this.block(depth + 1);
    this.#loops--;
    return { kind: "range", pipeline, body, otherwise: this.#otherwise(ending, { kind: "range", at, depth }) };
  }

  /** What stands between `else` and `end`; `else if` and `else with` go on without an `end` of their own. */
  #otherwise(ending: Ending | undefined, { kind, at, depth }: { kind: string; at: number; depth: number }): Nodes {
    if (ending === undefined) throw new TemplateError(`{{${kind}}} is not closed by {{end}}`, at);
    if (ending.word === "end") return [];
    if (kind !== "range" && ending.reader.skip(kind)) {
      return [this.#branch(kind as "if" | "with", { reader: ending.reader, at: ending.at, depth: depth + 1 })];
    }
    ending.reader.done();
    const rest = this.block(depth + 1);
    if (rest.ending?.word !== "end") throw new TemplateError(`{{${kind}}} is not closed by {{end}}`, at);
    return rest.nodes;
  }

  #leave(kind: "break" | "continue", { reader, at }: { reader: Reader; at: number }): Node {
    reader.done();
    if (this.#loops === 0) throw new TemplateError(`{{${kind}}} is in no {{range}}`, at);
    return { kind, at };
  }

  #define(
    reader: Reader,
    { at, depth, isUsed = false }: Omit<Opened, "reader"> & { isUsed?: boolean },
  ): Node | undefined {
    const name = getName(reader, at);
    const pipeline = isUsed ? readPipeline(reader) : undefined;
    reader.done();
    const { nodes, ending } = this.block(depth + 1);
    if (ending?.word !== "end") throw new TemplateError(`the template "${name}" is not closed by {{end}}`, at);
    this.defined.set(name, nodes);
    return isUsed ? { kind: "template", name, pipeline, at } : undefined;
  }
}

interface Opened {
  readonly reader: Reader;
  readonly at: number;
  readonly depth: number;
}

function useTemplate(reader: Reader, at: number): Node {
  const name = getName(reader, at);
  const pipeline = reader.peek() === undefined ? undefined : readPipeline(reader);
  reader.done();
  return { kind: "template", name, pipeline, at };
}

function getName(reader: Reader, at: number): string {
  const { kind, value } = reader.take();
  if (kind !== "string") throw new TemplateError("the name of the template must be a string", at);
  return String(value);
}
