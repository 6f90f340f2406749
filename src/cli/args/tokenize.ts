import { closest } from "../../formats/text/closest.ts";
import type { Flag, Flags } from "./flag.ts";
import { didYouMean, helpLine, usageError } from "./usage_error.ts";

/** One flag as it was typed, with its value if it has one. */
export interface FlagToken {
  readonly name: string;
  readonly flag: Flag;
  /** undefined: none was typed. */
  readonly value: string | undefined;
  /** How many arguments of the command line it took. */
  readonly length: 1 | 2;
}

export interface Scope {
  readonly flags: Flags;
  /** The words of the command so far. */
  readonly words: readonly string[];
  /** Whether the flags are all that the command has, so that their other names are free. */
  readonly whole?: true;
  /** What stands for the arguments, where all of them belong after `--`. */
  readonly afterDashes?: string;
}

/** `-` alone is a value (standard input), everything else that starts with a dash is a flag. */
export function looksLikeFlag(argument: string): boolean {
  return argument.startsWith("-") && argument !== "-";
}

/**
 * Reads the flag at the start of `argv`: `--name value`, `--name=value`, `--name`, `-n value`, `-n=value`, `-nvalue`.
 * @throws AppError "usage" for a flag that `scope` does not have, or a missing or empty value.
 */
export function readFlag(scope: Scope, argv: readonly string[]): FlagToken {
  const typed = split(argv[0]!);
  const name = nameOf(scope, typed.name);
  const flag = scope.flags[name]!;
  if (typed.value !== undefined) return { name, flag, value: checked(flag, typed), length: 1 };
  if (flag.kind === "switch") return { name, flag, value: undefined, length: 1 };
  const next = argv[1];
  if (next === undefined || looksLikeFlag(next)) {
    return { name, flag, value: absent(flag, { typed: typed.name, next }), length: 1 };
  }
  return { name, flag, value: checked(flag, { name: typed.name, value: next }), length: 2 };
}

interface Typed {
  /** With its dashes. */
  readonly name: string;
  readonly value: string | undefined;
}

function split(argument: string): Typed {
  if (!argument.startsWith("--")) {
    const rest = argument.slice(2);
    return { name: argument.slice(0, 2), value: rest === "" ? undefined : rest.replace(/^=/, "") };
  }
  const equals = argument.indexOf("=");
  return equals < 0
    ? { name: argument, value: undefined }
    : { name: argument.slice(0, equals), value: argument.slice(equals + 1) };
}

function nameOf({ flags, words, whole }: Scope, typed: string): string {
  const name = typed.startsWith("--")
    ? Object.keys(flags).find((one) => typed === `--${one}`) ?? (whole ? synonym(flags, typed) : undefined)
    : Object.keys(flags).find((one) => typed === `-${flags[one]!.short}`);
  if (name !== undefined) return name;
  const near = closest(typed.replace(/^-+/, ""), Object.keys(flags)).map((one) => `--${one}`);
  const hint = didYouMean(near) ?? `Run: ${helpLine(words)}`;
  throw usageError({ what: typed, found: "no such flag", hint });
}

function synonym(flags: Flags, typed: string): string | undefined {
  const names = Object.entries(flags).map(([name, flag]) => [name, flag.kind === "string" ? flag.synonym : undefined]);
  return names.find(([, other]) => other !== undefined && typed === `--${other}`)?.[0];
}

function checked(flag: Flag, { name, value }: Typed): string | undefined {
  if (value !== "" || flag.kind === "switch" || (flag.kind === "string" && flag.optionalValue)) return value;
  throw usageError({ what: name, found: "its value is empty", hint: `Give it a value: ${name} ${valueHelp(flag)}` });
}

function absent(flag: Flag, { typed, next }: { readonly typed: string; readonly next: string | undefined }): undefined {
  if (flag.kind === "string" && flag.optionalValue) return undefined;
  const wanted = `Give it a value: ${typed} ${valueHelp(flag)}`;
  const dashed = next === undefined || next === "--"
    ? wanted
    : `${wanted} (or, if ${next} is the value: ${typed}=${next})`;
  throw usageError({ what: typed, found: "its value is missing", hint: dashed });
}

/** What help shows after the flag: `<cluster>`, `merge|replace|error`. */
export function valueHelp(flag: Flag): string {
  if (flag.kind === "switch") return "";
  return flag.kind === "choice" ? flag.choices.join("|") : `<${flag.placeholder}>`;
}

/** What follows a command's words, taken apart. */
export interface Arguments {
  readonly flags: readonly FlagToken[];
  readonly positionals: readonly string[];
  /** Everything after the first `--`. */
  readonly passthrough: readonly string[];
}

/** @throws AppError "usage" for unknown flags and missing or empty values. */
export function readArguments(scope: Scope, argv: readonly string[]): Arguments {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const flags: FlagToken[] = [];
  const positionals: string[] = [];
  for (let at = 0; at < own.length;) {
    if (looksLikeFlag(own[at]!)) {
      const flag = readFlag(scope, own.slice(at));
      flags.push(flag);
      at += flag.length;
    } else if (scope.afterDashes !== undefined) throw misplaced(scope, own.slice(at));
    else positionals.push(own[at++]!);
  }
  return { flags, positionals, passthrough: end < 0 ? [] : argv.slice(end + 1) };
}

/** Said before its flags are taken for ours: `atmos auth exec kubectl get pods -n web`. */
function misplaced({ words, afterDashes }: Scope, rest: readonly string[]): Error {
  const all = words.join(" ");
  return usageError({
    what: `"${rest[0]}"`,
    found: `"${all}" takes its ${afterDashes} after --`,
    hint: `Put -- before it (an identity goes after -i): atmos ${all} -- ${rest[0]}${rest.length > 1 ? " …" : ""}`,
  });
}

/** Whether a switch stands before `--`. What starts with a dash is never a value, so looking is enough. */
export function asks(argv: readonly string[], ...spellings: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end < 0 ? argv : argv.slice(0, end)).some((argument) => spellings.includes(argument));
}
