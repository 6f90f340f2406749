import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { joinLines } from "../../remedy.ts";
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

interface Scope {
  readonly flags: Flags;
  /** The words of the command so far. */
  readonly words: readonly string[];
  /** Whether the flags are all that the command has, so that their other names are free. */
  readonly whole?: true;
  /** What stands for the arguments, where all of them belong after `--`. */
  readonly afterDashes?: string;
}

/** What follows a command's words, taken apart. */
export interface Arguments {
  readonly flags: readonly FlagToken[];
  readonly positionals: readonly string[];
  /** Everything after the first `--`. */
  readonly passthrough: readonly string[];
}

/**
 * Flags and arguments of a command, in the order typed.
 * @throws AppError "usage" for unknown flags and missing or empty values.
 */
export function readArguments(scope: Scope, argv: readonly string[]): Arguments {
  const [own, passthrough] = splitAtDashes(argv);
  const flags: FlagToken[] = [];
  const positionals: string[] = [];
  for (let index = 0; index < own.length;) {
    if (looksLikeFlag(own[index]!)) {
      const flag = readFlag(scope, own.slice(index));
      flags.push(flag);
      index += flag.length;
    } else if (scope.afterDashes !== undefined) throw missingDashes(scope, own.slice(index));
    else positionals.push(own[index++]!);
  }
  return { flags, positionals, passthrough };
}

/** Whether a switch stands before `--`. What starts with a dash is never a value, so looking is enough. */
export function hasSwitch(argv: readonly string[], ...spellings: readonly string[]): boolean {
  return splitAtDashes(argv)[0].some((argument) => spellings.includes(argument));
}

/** `-` alone is a value (standard input), everything else that starts with a dash is a flag. */
export function looksLikeFlag(argument: string): boolean {
  return argument.startsWith("-") && argument !== "-";
}

/**
 * The flag at the start of `argv`: `--name value`, `--name=value`, `--name`, `-n value`, `-n=value`, `-nvalue`.
 * @throws AppError "usage" for a flag that `scope` does not have, or a missing or empty value.
 */
export function readFlag(scope: Scope, argv: readonly string[]): FlagToken {
  const [spelling, inline] = splitFlag(argv[0]!);
  const name = findName(scope, spelling);
  const flag = scope.flags[name]!;
  const next = argv[1];
  const isNextFree = flag.kind !== "switch" && next !== undefined && !looksLikeFlag(next);
  const value = inline ?? (isNextFree ? next : undefined);
  checkValue(flag, { spelling, value, next });
  return { name, flag, value, length: inline === undefined && isNextFree ? 2 : 1 };
}

/** What help shows after the flag: `<cluster>`, `merge|replace|error`. */
export function valueHelp(flag: Flag): string {
  if (flag.kind === "switch") return "";
  return flag.kind === "choice" ? flag.choices.join("|") : `<${flag.placeholder}>`;
}

/** What is ours, and everything after the first `--`. */
function splitAtDashes(argv: readonly string[]): readonly [readonly string[], readonly string[]] {
  const end = argv.indexOf("--");
  return end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
}

/** A flag's spelling with its dashes, and the value in the same argument. */
function splitFlag(argument: string): readonly [string, string?] {
  if (!argument.startsWith("--")) {
    const rest = argument.slice(2);
    return rest === "" ? [argument] : [argument.slice(0, 2), rest.replace(/^=/, "")];
  }
  const equals = argument.indexOf("=");
  return equals < 0 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function findName({ flags, words, whole }: Scope, spelling: string): string {
  const name = spelling.startsWith("--")
    ? Object.keys(flags).find((one) => spelling === `--${one}`) ?? (whole ? findSynonym(flags, spelling) : undefined)
    : Object.keys(flags).find((one) => spelling === `-${flags[one]!.short}`);
  if (name !== undefined) return name;
  const near = closest(spelling.replace(/^-+/, ""), Object.keys(flags)).map((one) => `--${one}`);
  const hint = didYouMean(near) ?? `Run: ${helpLine(words)}`;
  throw new AppError("usage", `Unknown flag ${spelling}`, { hint });
}

function findSynonym(flags: Flags, spelling: string): string | undefined {
  const names = Object.entries(flags).map(([name, flag]) => [name, flag.kind === "string" ? flag.synonym : undefined]);
  return names.find(([, other]) => other !== undefined && spelling === `--${other}`)?.[0];
}

interface TypedValue {
  /** The flag's, with its dashes. */
  readonly spelling: string;
  readonly value: string | undefined;
  /** The argument after the flag. */
  readonly next: string | undefined;
}

/** Refuses a value that is missing or empty, but for flags that need none. */
function checkValue(flag: Flag, { spelling, value, next }: TypedValue): void {
  if (value || flag.kind === "switch" || (flag.kind === "string" && flag.optionalValue)) return;
  const wanted = `Give it a value: ${spelling} ${valueHelp(flag)}`;
  if (value === "") throw usageError({ what: spelling, found: "its value is empty", hint: wanted });
  const isDashed = next !== undefined && next !== "--";
  const hint = isDashed ? `${wanted} (or, if ${next} is the value: ${spelling}=${next})` : wanted;
  throw usageError({ what: spelling, found: "its value is missing", hint });
}

/** Reported before its flags are taken for ours: `atmos auth exec kubectl get pods -n web`. */
function missingDashes({ words, afterDashes }: Scope, rest: readonly string[]): Error {
  const all = words.join(" ");
  const more = rest.length > 1 ? " …" : "";
  return usageError({
    what: `"${rest[0]}"`,
    found: `"${all}" takes its ${afterDashes} after --`,
    hint: joinLines([
      `Put -- before it: atmos ${all} -- ${rest[0]}${more}`,
      `If it is an identity, put -i before it: atmos ${all} -i ${rest[0]}${more}`,
    ]),
  });
}
