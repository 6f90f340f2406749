import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AnyCommand, Input } from "./command.ts";
import type { Flags, FlagValues } from "./flag.ts";
import { completeValues, readTyped, type Values } from "./flag_values.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import type { Registry } from "./registry.ts";
import { hideOtherConfigurations } from "./pinned_configuration.ts";
import { findRoute, type Route } from "./route.ts";
import { hasSwitch, readArguments } from "./tokenize.ts";
import { helpLine, usageError } from "./usage_error.ts";

/** What a command line asks for. */
export type Request =
  | {
    readonly kind: "run";
    readonly definition: AnyCommand;
    readonly input: Input<Flags>;
    /** The flags on the command line itself. */
    readonly typed: Values;
  }
  | { readonly kind: "help"; readonly words: readonly string[]; readonly definition?: AnyCommand }
  | { readonly kind: "version" };

/**
 * What a command line asks for; loads the module of the chosen command and of no other.
 * @throws AppError "usage"
 */
export async function readCommandLine(
  host: Needs<"env">,
  { registry, argv }: { readonly registry: Registry; readonly argv: readonly string[] },
): Promise<Request> {
  const route = findRoute(Object.keys(registry), argv);
  const isHelp = hasGlobalSwitch(route, "help");
  if (!isHelp && hasGlobalSwitch(route, "version")) return { kind: "version" };
  if (!route.isCommand) return { kind: "help", words: route.words };
  const { definition } = await registry[route.words.join(" ")]!();
  if (isHelp) return { kind: "help", words: route.words, definition };
  const read = definition.raw ? { input: rawInput(route.rest), typed: {} } : readInput(host, { definition, route });
  return { kind: "run", definition, ...read };
}

function hasGlobalSwitch({ flags, rest }: Route, name: "help" | "version"): boolean {
  return hasSwitch(rest, `-${GLOBAL_FLAGS[name].short}`, `--${name}`) || flags.some((token) => token.name === name);
}

/** Whatever the environment holds, such a command runs. */
function rawInput(args: readonly string[]): Input<Flags> {
  const nothingSet = { env: { get: () => undefined, all: () => ({}) } };
  const values = completeValues(nothingSet, { flags: GLOBAL_FLAGS, typed: {} });
  return { flags: {}, globals: pickValues(GLOBAL_FLAGS, values), args };
}

function readInput(
  host: Needs<"env">,
  { definition, route }: { readonly definition: AnyCommand; readonly route: Route },
): { readonly input: Input<Flags>; readonly typed: Values } {
  const flags = { ...GLOBAL_FLAGS, ...definition.flags };
  const { max = 0, passthrough, placeholder = "" } = definition.args ?? {};
  const afterDashes = passthrough && max === 0 ? { afterDashes: placeholder } : {};
  const given = readArguments({ flags, words: route.words, whole: true, ...afterDashes }, route.rest);
  const args = [...given.positionals, ...given.passthrough];
  // Where nothing is handed through, `--` only says that no flags follow.
  checkCount(definition, passthrough ? given.positionals : args);
  const typed = readTyped([...route.flags, ...given.flags]);
  checkExclusions(definition, typed);
  const values = completeValues(hideOtherConfigurations(host, { definition, typed }), { flags, typed });
  const input = { flags: pickValues(definition.flags, values), globals: pickValues(GLOBAL_FLAGS, values), args };
  return { input, typed };
}

function pickValues<F extends Flags>(flags: F, values: Values): FlagValues<F> {
  // Each value was read by the definition of its flag.
  return Object.fromEntries(Object.keys(flags).map((name) => [name, values[name]])) as FlagValues<F>;
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
  const isGiven = (name: string) => typed[name] !== undefined && typed[name] !== false;
  const pair = definition.excludes?.find(([one, other]) => isGiven(one) && isGiven(other));
  if (pair === undefined) return;
  const [one, other] = pair;
  const hint = `Remove one of them. Run: ${helpLine([definition.name])}`;
  throw new AppError("usage", `Cannot combine --${one} with --${other}: they exclude each other`, { hint });
}
