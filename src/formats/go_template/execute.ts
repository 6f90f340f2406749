import { type Context, evaluate, getValue } from "./evaluate.ts";
import type { FunctionTable } from "./functions/arguments.ts";
import type { Node, Nodes, Pipeline, Template } from "./node.ts";
import { Scope } from "./scope.ts";
import { getExcess, spend, spendOnAll, withEffort } from "./values/effort.ts";
import { getKind, isTrue, printUrl, sortedKeys, TemplateError } from "./values/value.ts";

/** Templates that use one another without end stop here. */
const MOST_DEPTH = 100;
/** No file of a stack is as long as that. */
const MOST_CHARACTERS = 4_000_000;
/** Parts executed, turns of loops among them; more means loops in loops without end. */
const MOST_STEPS = 1_000_000;

/** A value in what a template makes: its text is Go's, unless it is all there is. */
export interface PrintedValue {
  readonly value: unknown;
  /** Whether it is printed as it was found: `.vars.count`, and not what a function makes. */
  readonly isReference: boolean;
  /** Where it is printed. */
  readonly at: number;
}

export type Piece = string | PrintedValue;

interface ExecuteInput {
  readonly data: unknown;
  readonly functions: FunctionTable;
  readonly strict: boolean;
  /** Whether maps, lists, numbers and booleans stay what they are where they are printed. */
  readonly keepsValues: boolean;
}

/** What a template makes of data. Throws TemplateError. */
export function executeTemplate(template: Template, { keepsValues, ...input }: ExecuteInput): readonly Piece[] {
  const run = new Run(template, keepsValues);
  const scope = new Scope();
  scope.declare("$", input.data);
  limit(() => run.all(template.nodes, { ...input, dot: input.data, scope }), () => run.at);
  return run.pieces;
}

/** The text of pieces, as Go prints it. Throws TemplateError. */
export function textOfPieces(pieces: readonly Piece[]): string {
  let [length, at] = [0, 0];
  const text = (piece: Piece): string => {
    if (typeof piece === "string") return piece;
    at = piece.at;
    const text = printUrl(piece.value);
    length += text.length;
    if (length > MOST_CHARACTERS) throw tooLong(at);
    return text;
  };
  return limit(() => pieces.map(text), () => at).join("");
}

function limit<T>(act: () => T, at: () => number): T {
  try {
    return withEffort(act);
  } catch (error) {
    const excess = getExcess(error);
    throw excess === undefined ? error : new TemplateError(excess, at());
  }
}

function tooLong(at: number): TemplateError {
  return new TemplateError("the rendered text is too long", at);
}

/** Functions that change the maps they are given: `set`, `unset`, `merge` and the like. */
const CHANGES_MAPS = /^(?:un)?set$|merge/i;

type Signal = "break" | "continue" | undefined;

class Run {
  readonly pieces: Piece[] = [];
  #length = 0;
  #depth = 0;
  #steps = 0;
  /** Where the action is that runs now. */
  at = 0;
  readonly #template: Template;
  readonly #keepsValues: boolean;
  /** Whether a value may be changed after it was printed. */
  readonly #changes: boolean;

  constructor(template: Template, keepsValues: boolean) {
    this.#template = template;
    this.#keepsValues = keepsValues;
    this.#changes = [...template.functions.keys()].some((name) => CHANGES_MAPS.test(name));
  }

  all(nodes: Nodes, context: Context): Signal {
    for (const node of nodes) {
      const signal = this.#one(node, context);
      if (signal !== undefined) return signal;
    }
    return undefined;
  }

  #one(node: Node, context: Context): Signal {
    if ("pipeline" in node && node.pipeline !== undefined) this.at = node.pipeline.at;
    switch (node.kind) {
      case "text":
        return this.#write(node.text, 0);
      case "print":
        return this.#print(node.pipeline, context);
      case "if":
      case "with":
        return this.#branch(node, context);
      case "range":
        return this.#range(node, context);
      case "template":
        return this.#use(node, context);
      default:
        return node.kind;
    }
  }

  #step(at: number): void {
    spend(1);
    if (++this.#steps > MOST_STEPS) throw new TemplateError("it never ends", at);
  }

  #write(text: string, at: number): undefined {
    this.#length += text.length;
    if (this.#length > MOST_CHARACTERS) throw tooLong(at);
    if (text !== "") this.pieces.push(text);
  }

  #print(pipeline: Pipeline, context: Context): undefined {
    const value = evaluate(context, pipeline);
    if (pipeline.variables.length > 0) return undefined;
    const kind = getKind(value);
    if (!this.#keepsValues || kind === "string" || kind === "nil") return this.#write(printUrl(value), pipeline.at);
    this.#step(pipeline.at);
    this.pieces.push({ value: this.#settled(value), isReference: isReference(pipeline), at: pipeline.at });
  }

  #settled(value: unknown): unknown {
    if (!this.#changes) return value;
    spendOnAll(value);
    return structuredClone(value);
  }

  #branch({ kind, pipeline, body, otherwise }: Node & { kind: "if" | "with" }, context: Context): Signal {
    const inner = inside(context);
    const value = evaluate(inner, pipeline);
    if (isTrue(value)) return this.all(body, kind === "with" ? { ...inner, dot: value } : inner);
    return this.all(otherwise, inner);
  }

  #range({ pipeline, body, otherwise }: Node & { kind: "range" }, context: Context): Signal {
    const inner = inside(context);
    const entries = getEntries(getValue(inner, pipeline), pipeline.at);
    spend(entries.length);
    if (entries.length === 0) return this.all(otherwise, inner);
    for (const [key, value] of entries) {
      this.#step(pipeline.at);
      const turn = { ...inside(inner), dot: value };
      setLoop(turn, { pipeline, key, value });
      if (this.all(body, turn) === "break") break;
    }
    return undefined;
  }

  #use({ name, pipeline, at }: Node & { kind: "template" }, context: Context): undefined {
    this.#step(at);
    const nodes = this.#template.defined.get(name);
    if (nodes === undefined) throw new TemplateError(`there is no template "${name}"`, at);
    if (++this.#depth > MOST_DEPTH) throw new TemplateError(`the template "${name}" uses itself without end`, at);
    const dot = pipeline === undefined ? null : evaluate(context, pipeline);
    const scope = new Scope();
    scope.declare("$", dot);
    this.all(nodes, { ...context, dot, scope });
    this.#depth--;
  }
}

function isReference({ commands }: Pipeline): boolean {
  const [command, ...more] = commands;
  const { words: [word, ...rest] } = command!;
  return more.length === 0 && rest.length === 0 && ["field", "variable", "dot"].includes(word!.kind);
}

function inside(context: Context): Context {
  return { ...context, scope: new Scope(context.scope) };
}

function setLoop(
  { scope }: Context,
  { pipeline: { variables, declares, at }, key, value }: {
    readonly pipeline: Pipeline;
    readonly key: unknown;
    readonly value: unknown;
  },
): void {
  const values = variables.length === 2 ? [key, value] : [value];
  for (const [place, name] of variables.entries()) {
    if (declares) scope.declare(name, values[place]);
    else scope.assign(name, { value: values[place], at });
  }
}

function getEntries(value: unknown, at: number): readonly (readonly [unknown, unknown])[] {
  const kind = getKind(value);
  if (kind === "list") return [...(value as readonly unknown[]).entries()];
  if (kind === "map") return sortedKeys(value).map((key) => [key, (value as Record<string, unknown>)[key]]);
  if (kind === "nil") return [];
  if (kind === "number" && Number.isInteger(value) && (value as number) <= 100_000) {
    return Array.from({ length: Math.max(0, value as number) }, (_, index) => [index, index]);
  }
  throw new TemplateError(`range cannot go through a ${kind}`, at);
}
