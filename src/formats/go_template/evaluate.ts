import type { FunctionTable, TemplateFunction } from "./functions/arguments.ts";
import type { Command, Operand, Pipeline } from "./node.ts";
import type { Scope } from "./scope.ts";
import { getExcess, spend, spendOnCopy } from "./values/effort.ts";
import { NotYet } from "./values/not_yet.ts";
import { getKind, getMember, isTrue, MISSING, TemplateError } from "./values/value.ts";

export interface Context {
  readonly dot: unknown;
  readonly scope: Scope;
  readonly functions: FunctionTable;
  /** Whether a key that is not there is an error. */
  readonly strict: boolean;
}

/** The value of a pipeline; its variables are set. */
export function evaluate(context: Context, pipeline: Pipeline): unknown {
  const { variables, declares, at } = pipeline;
  const value = getValue(context, pipeline);
  for (const name of variables) {
    if (declares) context.scope.declare(name, value);
    else context.scope.assign(name, { value, at });
  }
  return value;
}

/** The value of a pipeline, without regard to its variables. */
export function getValue(context: Context, { commands }: Pipeline): unknown {
  let last: { readonly value: unknown } | undefined;
  for (const command of commands) last = { value: run(context, { command, last }) };
  return last!.value;
}

interface Step {
  readonly command: Command;
  /** What the command before it gave. */
  readonly last: { readonly value: unknown } | undefined;
}

function run(context: Context, { command: { words, at }, last }: Step): unknown {
  const [first, ...rest] = words;
  if (first!.kind === "function") return renderCalled(context, { name: first!.name, args: rest, last, at });
  if (rest.length === 0 && last === undefined) return operand(context, first!);
  const what = first!.kind === "field" ? `.${first!.name}` : "this value";
  throw new TemplateError(`${what} is not a function and takes no arguments`, at);
}

interface Call {
  readonly name: string;
  readonly args: readonly Operand[];
  readonly last: Step["last"];
  readonly at: number;
}

function renderCalled(context: Context, { name, args, last, at }: Call): unknown {
  if (name === "and" || name === "or") return decide(context, { name, args, last, at });
  const values = [...args.map((one) => operand(context, one)), ...(last === undefined ? [] : [last.value])].map(
    getGiven,
  );
  const { least, most, run } = context.functions[name]!;
  if (values.length < least || values.length > most) {
    const allowed = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    throw new TemplateError(
      `${name} takes ${allowed} ${/1$/.test(allowed) ? "argument" : "arguments"}, found ${values.length}`,
      at,
    );
  }
  try {
    return formatCount(run, values);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof NotYet) throw error;
    const found = getExcess(error) ?? (error instanceof Error ? error.message : String(error));
    throw new TemplateError(`${name}: ${found}`, at);
  }
}

/** What a function is given: of a key that is not there, nothing. */
function getGiven(value: unknown): unknown {
  return value === MISSING ? null : value;
}

/** Calls a function; what it takes and makes counts, and what it does inside it counts itself. */
function formatCount(run: TemplateFunction["run"], values: readonly unknown[]): unknown {
  for (const value of values) spendOnCopy(value);
  const result: unknown = run(...values);
  if ((typeof result === "string" || Array.isArray(result)) && !values.includes(result)) spend(result.length);
  return result;
}

/** `and` and `or` look no further than they must. */
function decide(context: Context, { name, args, last, at }: Call): unknown {
  const rest = [...args.map((one) => () => operand(context, one)), ...(last === undefined ? [] : [() => last.value])];
  if (rest.length === 0) throw new TemplateError(`${name} takes at least 1 argument, found 0`, at);
  let value: unknown;
  for (const next of rest) {
    value = next();
    if (isTrue(value) === (name === "or")) return value;
  }
  return value;
}

function operand(context: Context, word: Operand): unknown {
  spend(1);
  switch (word.kind) {
    case "literal":
      return word.value;
    case "nil":
      return null;
    case "dot":
      return context.dot;
    case "variable":
      return context.scope.read(word.name, word.at);
    case "function":
      return renderCalled(context, { name: word.name, args: [], last: undefined, at: word.at });
    case "pipeline":
      return evaluate(context, word.pipeline);
    case "field":
      return field(context, word);
  }
}

function field(context: Context, { of, name, at }: Operand & { readonly kind: "field" }): unknown {
  const owner = operand(context, of);
  const kind = getKind(owner);
  if (kind === "map") return member(context, { owner, name, at });
  // A key that is not there has no keys either, nor has what a pipeline or variable lost; a null in a map has none to ask for.
  if (kind === "nil" && !context.strict && (owner === MISSING || of.kind !== "field")) return MISSING;
  if (kind === "nil") throw new TemplateError(`cannot take .${name} of nothing`, at);
  throw new TemplateError(`cannot take .${name} of a ${kind}`, at);
}

function member(context: Context, { owner, name, at }: { owner: unknown; name: string; at: number }): unknown {
  const value = getMember(owner, name);
  if (value !== MISSING || !context.strict) return value;
  throw new TemplateError(`there is no .${name}; there are: ${namesIn(owner)}`, at);
}

function namesIn(map: unknown): string {
  const names = Object.keys(map as object);
  if (names.length === 0) return "none";
  return `${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`;
}
