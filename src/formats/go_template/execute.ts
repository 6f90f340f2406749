import { type Context, evaluate, valueOf } from "./evaluate.ts";
import type { FunctionTable } from "./functions/arguments.ts";
import type { Node, Nodes, Pipeline, Template } from "./node.ts";
import { Scope } from "./scope.ts";
import { excessOf, spend, withEffort } from "./values/effort.ts";
import { isTrue, kindOf, printed, sortedKeys, TemplateError } from "./values/value.ts";

/** Templates that use one another without end stop here. */
const MOST_DEPTH = 100;
/** No file of a stack is as long as that. */
const MOST_CHARACTERS = 4_000_000;
/** Parts executed, turns of loops among them; more means loops in loops without end. */
const MOST_STEPS = 1_000_000;

/** The text that a template makes of data. Throws TemplateError. */
export function executeTemplate(
  template: Template,
  { data, functions, strict }: { readonly data: unknown; readonly functions: FunctionTable; readonly strict: boolean },
): string {
  const run = new Run(template);
  const scope = new Scope();
  scope.declare("$", data);
  try {
    withEffort(() => run.all(template.nodes, { dot: data, scope, functions, strict }));
  } catch (error) {
    const excess = excessOf(error);
    throw excess === undefined ? error : new TemplateError(excess, run.at);
  }
  return run.text;
}

type Signal = "break" | "continue" | undefined;

class Run {
  #parts: string[] = [];
  #length = 0;
  #depth = 0;
  #steps = 0;
  /** Where the action is that runs now. */
  at = 0;
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  get text(): string {
    return this.#parts.join("");
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
    if (++this.#steps > MOST_STEPS) throw new TemplateError("it goes round and round", at);
  }

  #write(text: string, at: number): undefined {
    this.#length += text.length;
    if (this.#length > MOST_CHARACTERS) throw new TemplateError("the text that comes out is too long", at);
    this.#parts.push(text);
  }

  #print(pipeline: Pipeline, context: Context): undefined {
    const value = evaluate(context, pipeline);
    if (pipeline.variables.length === 0) this.#write(printed(value), pipeline.at);
  }

  #branch({ kind, pipeline, body, otherwise }: Node & { kind: "if" | "with" }, context: Context): Signal {
    const inner = inside(context);
    const value = evaluate(inner, pipeline);
    if (isTrue(value)) return this.all(body, kind === "with" ? { ...inner, dot: value } : inner);
    return this.all(otherwise, inner);
  }

  #range({ pipeline, body, otherwise }: Node & { kind: "range" }, context: Context): Signal {
    const inner = inside(context);
    const entries = entriesOf(valueOf(inner, pipeline), pipeline.at);
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

function entriesOf(value: unknown, at: number): readonly (readonly [unknown, unknown])[] {
  const kind = kindOf(value);
  if (kind === "list") return [...(value as readonly unknown[]).entries()];
  if (kind === "map") return sortedKeys(value).map((key) => [key, (value as Record<string, unknown>)[key]]);
  if (kind === "nil") return [];
  if (kind === "number" && Number.isInteger(value) && (value as number) <= 100_000) {
    return Array.from({ length: Math.max(0, value as number) }, (_, index) => [index, index]);
  }
  throw new TemplateError(`range cannot go through a ${kind}`, at);
}
