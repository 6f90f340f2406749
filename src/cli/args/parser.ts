import {
  ArgumentParseError,
  buildApplication,
  buildCommand,
  type FlagParametersForType,
  run,
  text_en,
  UnexpectedFlagError,
  UnexpectedPositionalError,
} from "@stricli/core";
import type { AnyCommand } from "./command.ts";
import type { Flag, Flags } from "./flag.ts";
import { readValue, type Value, type Values } from "./flag_values.ts";
import type { Arguments, FlagToken } from "./tokenize.ts";
import { helpLine, usageError } from "./usage_error.ts";

/** One command, the flags that it and every command has, and what was typed after its words. */
export interface ParserInput {
  readonly definition: AnyCommand;
  readonly flags: Flags;
  readonly given: Arguments;
}

export interface Typed {
  /** Flags that were not typed are undefined. */
  readonly values: Values;
  readonly args: readonly string[];
}

/**
 * Turns what was typed into checked values. The only file that knows the command line library.
 * @throws AppError "usage" for a bad value, a flag given twice, too many arguments.
 */
export async function parse(input: ParserInput): Promise<Typed> {
  const seen: { typed?: Typed; error?: unknown } = {};
  const note = (values: Values, ...args: string[]) => void (seen.typed = { values: flattened(values), args });
  const text = { ...text_en, exceptionWhileParsingArguments: (error: unknown) => `${seen.error ??= error}` };
  const app = buildApplication(libraryCommand(input, note), { name: "atmos", localization: { text } }, {});
  await run(app, inputs(input), { process: { stdout: SILENT, stderr: SILENT } });
  if (seen.typed === undefined) throw translated(seen.error, input.definition);
  return seen.typed;
}

const SILENT = { write: () => {} };

function libraryCommand({ definition, flags }: ParserInput, func: (values: Values, ...args: string[]) => void) {
  const all = Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, libraryFlag(name, flag)]));
  return buildCommand<Record<string, Value>, string[]>({
    func,
    docs: { brief: definition.summary },
    parameters: {
      flags: all as FlagParametersForType<Record<string, Value>>,
      positional: { kind: "array", maximum: definition.args?.max ?? 0, parameter: { brief: "", parse: decode } },
    },
  });
}

function libraryFlag(name: string, flag: Flag) {
  const parse = (text: string) => readValue(flag, { where: `--${name}`, value: decode(text) });
  const variadic = flag.kind === "string" && flag.repeat === true;
  return { kind: "parsed", brief: flag.summary, optional: true, variadic, parse } as const;
}

/**
 * The library takes `--name=` for an argument and a value that starts with a dash for a flag, and cannot read a line
 * break after `=`. As JSON a value is never empty, starts with a quotation mark and has no line break.
 */
function inputs({ given }: ParserInput): readonly string[] {
  return [
    ...given.flags.flatMap((token) => [`--${token.name}`, encode(valueOf(token))]),
    ...given.positionals.map(encode),
  ];
}

function valueOf({ flag, value }: FlagToken): string {
  return value ?? (flag.kind === "switch" ? "true" : "");
}

function encode(value: string): string {
  return JSON.stringify(value);
}

function decode(text: string): string {
  return JSON.parse(text);
}

/** A repeatable flag has a list for each time it was given. */
function flattened(values: Values): Values {
  const flat = (value: Value) => (Array.isArray(value) ? value.flat() : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, flat(value)]));
}

function translated(error: unknown, definition: AnyCommand): unknown {
  if (error instanceof ArgumentParseError) return error.exception;
  if (error instanceof UnexpectedFlagError) {
    const name = `--${error.externalFlagName}`;
    return usageError({ what: name, found: "it is given more than once", hint: `Give ${name} once` });
  }
  if (error instanceof UnexpectedPositionalError) return tooMany(error, definition);
  return error;
}

function tooMany(error: UnexpectedPositionalError, { name, args }: AnyCommand): Error {
  const takes = args === undefined ? "no arguments" : `${args.max} at most (${args.placeholder})`;
  const found = `"${name}" takes ${takes}`;
  return usageError({ what: error.input, found, hint: `Run: ${helpLine([name])}` });
}
