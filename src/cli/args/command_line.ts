import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AnyCommand, Input } from "./command.ts";
import type { Flags, FlagValues } from "./flag.ts";
import { completeValues, type Values } from "./flag_values.ts";
import { GLOBAL_FLAGS, type Globals } from "./global_flags.ts";
import type { ParserInput, Typed } from "./parser.ts";
import type { Registry } from "./registry.ts";
import { findRoute, type Route } from "./route.ts";
import { type Arguments, asks, readArguments } from "./tokenize.ts";
import { helpLine } from "./usage_error.ts";

/** What a command line asks for. */
export type Request =
  | { readonly kind: "run"; readonly definition: AnyCommand; readonly input: Input<Flags> }
  | { readonly kind: "help"; readonly words: readonly string[]; readonly definition?: AnyCommand }
  | { readonly kind: "version" };

interface CommandLine {
  readonly registry: Registry;
  readonly argv: readonly string[];
}

/**
 * Reads a command line; loads the module of the chosen command and of no other.
 * @throws AppError "usage"
 */
export async function readCommandLine(host: Needs<"env">, { registry, argv }: CommandLine): Promise<Request> {
  const route = findRoute(Object.keys(registry), argv);
  const asked = (spelling: string, name: string) => asks(route.rest, spelling, `--${name}`) || given(route, name);
  const help = asked("-h", "help");
  if (!help && asked("-V", "version")) return { kind: "version" };
  if (!route.isCommand) return { kind: "help", words: route.words };
  const { definition } = await registry[route.words.join(" ")]!();
  if (help) return { kind: "help", words: route.words, definition };
  if (definition.raw) return { kind: "run", definition, input: rawInput(route) };
  return { kind: "run", definition, input: await readInput(host, { definition, route }) };
}

/** Whatever the environment holds, such a command runs. */
function rawInput({ rest }: Route): Input<Flags> {
  const nothingSet = { env: { get: () => undefined, all: () => ({}) } };
  return { flags: {}, globals: globalsOf(completeValues(nothingSet, { flags: GLOBAL_FLAGS, typed: {} })), args: rest };
}

function given(route: Route, name: string): boolean {
  return route.flags.some((token) => token.name === name);
}

interface Chosen {
  readonly definition: AnyCommand;
  readonly route: Route;
}

async function readInput(host: Needs<"env">, { definition, route }: Chosen): Promise<Input<Flags>> {
  const flags = { ...GLOBAL_FLAGS, ...definition.flags };
  const { max, passthrough, placeholder } = definition.args ?? {};
  const afterDashes = passthrough && max === 0 ? { afterDashes: placeholder! } : {};
  const after = readArguments({ flags, words: route.words, whole: true, ...afterDashes }, route.rest);
  const given = arranged(definition, { ...after, flags: [...route.flags, ...after.flags] });
  const { values: typed, args } = await parsed({ definition, flags, given });
  checkExclusions(definition, typed);
  const values = completeValues(host, { flags, typed });
  const passed = passthrough ? given.passthrough ?? [] : [];
  return { flags: chosen(definition.flags, values), globals: globalsOf(values), args: [...args, ...passed] };
}

/** Where nothing was typed there is nothing to parse, and the library need not be loaded: `atmos version` is quick. */
async function parsed(input: ParserInput): Promise<Typed> {
  if (input.given.flags.length + input.given.positionals.length === 0) return { values: {}, args: [] };
  const { parse } = await import("./parser.ts");
  return await parse(input);
}

/** Where nothing is handed through, `--` only says that no flags follow. */
function arranged(definition: AnyCommand, given: Arguments): Arguments {
  if (definition.args?.passthrough || given.passthrough === undefined) return given;
  return { ...given, positionals: [...given.positionals, ...given.passthrough], passthrough: undefined };
}

function chosen<F extends Flags>(flags: F, values: Values): FlagValues<F> {
  // The parser has checked each value against the definition of its flag.
  return Object.fromEntries(Object.keys(flags).map((name) => [name, values[name]])) as FlagValues<F>;
}

function globalsOf(values: Values): Globals {
  return chosen(GLOBAL_FLAGS, values);
}

/**
 * Refuses two flags that exclude each other; only typed ones count, not those that the environment gives.
 * @throws AppError "usage" that names both.
 */
function checkExclusions(definition: AnyCommand, typed: Values): void {
  const given = (name: string) => typed[name] !== undefined && typed[name] !== false;
  const pair = definition.excludes?.find(([one, other]) => given(one) && given(other));
  if (pair === undefined) return;
  const [one, other] = pair;
  const hint = `Leave one of them out. Run: ${helpLine([definition.name])}`;
  throw new AppError("usage", `Cannot combine --${one} with --${other}: they exclude each other`, { hint });
}
