import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AnyCommand, Input } from "./command.ts";
import type { Flags, FlagValues } from "./flag.ts";
import { completeValues, readTyped, type Values } from "./flag_values.ts";
import { GLOBAL_FLAGS, type Globals } from "./global_flags.ts";
import type { Registry } from "./registry.ts";
import { findRoute, type Route } from "./route.ts";
import { asks, readArguments } from "./tokenize.ts";
import { helpLine, usageError } from "./usage_error.ts";

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
  return { kind: "run", definition, input: readInput(host, { definition, route }) };
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

function readInput(host: Needs<"env">, { definition, route }: Chosen): Input<Flags> {
  const flags = { ...GLOBAL_FLAGS, ...definition.flags };
  const { max = 0, passthrough, placeholder = "" } = definition.args ?? {};
  const afterDashes = passthrough && max === 0 ? { afterDashes: placeholder } : {};
  const given = readArguments({ flags, words: route.words, whole: true, ...afterDashes }, route.rest);
  // Where nothing is handed through, `--` only says that no flags follow.
  const counted = passthrough ? given.positionals : [...given.positionals, ...given.passthrough];
  checkCount(definition, counted);
  const typed = readTyped([...route.flags, ...given.flags]);
  checkExclusions(definition, typed);
  const values = completeValues(host, { flags, typed });
  const args = [...given.positionals, ...given.passthrough];
  return { flags: chosen(definition.flags, values), globals: globalsOf(values), args };
}

function chosen<F extends Flags>(flags: F, values: Values): FlagValues<F> {
  // Each value was read by the definition of its flag.
  return Object.fromEntries(Object.keys(flags).map((name) => [name, values[name]])) as FlagValues<F>;
}

function globalsOf(values: Values): Globals {
  return chosen(GLOBAL_FLAGS, values);
}

/** @throws AppError "usage" that names the first argument too many. */
function checkCount({ name, args }: AnyCommand, counted: readonly string[]): void {
  const { max = 0, placeholder } = args ?? {};
  const extra = counted[max];
  if (extra === undefined) return;
  const takes = args === undefined ? "no arguments" : `${max} at most (${placeholder})`;
  throw usageError({ what: `"${extra}"`, found: `"${name}" takes ${takes}`, hint: `Run: ${helpLine([name])}` });
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
