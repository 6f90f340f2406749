import { parseCommaList } from "../../formats/text/comma_list.ts";
import { closest } from "../../formats/text/closest.ts";
import { DURATION_IS, parseDuration } from "../../formats/text/duration.ts";
import type { Needs } from "../../host/host.ts";
import type { ChoiceFlag, Duration, Flag, Flags, NumberFlag } from "./flag.ts";
import type { FlagToken } from "./tokenize.ts";
import { didYouMean, usageError } from "./usage_error.ts";

/** A flag's value; which one it has follows from its definition. */
export type Value = string | number | boolean | Duration | readonly string[] | undefined;
export type Values = Readonly<Record<string, Value>>;

/** The text of a value. */
interface ValueText {
  /** Where it was found: "--dry-run", "ATMOS_DEBUG". */
  readonly where: string;
  readonly value: string;
}

/**
 * What was typed, checked, in the order of the command line; a repeatable flag has all its values.
 * @throws AppError "usage" for a value that its flag cannot take, and for a flag that is given twice.
 */
export function readTyped(tokens: readonly FlagToken[]): Values {
  const values: Record<string, Value> = {};
  for (const { name, flag, value } of tokens) {
    const where = `--${name}`;
    const before = values[name];
    if (before !== undefined && !Array.isArray(before)) {
      throw usageError({ what: where, found: "it is given more than once", hint: `Give ${where} once` });
    }
    const read = readValue(flag, { where, value: value ?? (flag.kind === "switch" ? "true" : "") });
    values[name] = before === undefined ? read : before.concat(read);
  }
  return values;
}

/**
 * The value of every flag: what was typed (undefined where nothing was), else the environment's, else the default.
 * @throws AppError "usage" for a variable whose value the flag cannot take.
 */
export function completeValues(host: Needs<"env">, { flags, typed }: { flags: Flags; typed: Values }): Values {
  const findValue = (name: string, flag: Flag) =>
    typed[name] ?? environmentValue(host, flag) ?? defaultValue(name, flag);
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, findValue(name, flag)]));
}

function environmentValue(host: Needs<"env">, flag: Flag): Value {
  for (const where of flag.env ?? []) {
    const value = host.env.get(where);
    if (value !== undefined) return readValue(flag, { where, value });
  }
  return undefined;
}

/**
 * One value of a flag, checked; of a repeatable flag the list that it holds.
 * @throws AppError "usage"
 */
export function readValue(flag: Flag, text: ValueText): Value {
  switch (flag.kind) {
    case "choice":
      return readChoice(flag, text);
    case "switch":
      return readBoolean(text);
    case "number":
      return readNumber(flag, text);
    case "duration":
      return readDuration(text);
    case "string":
      return flag.repeat ? parseCommaList(text.value) : text.value;
  }
}

function defaultValue(name: string, flag: Flag): Value {
  if (flag.kind === "switch") return false;
  if (flag.default !== undefined) return readValue(flag, { where: `--${name}`, value: `${flag.default}` });
  return flag.kind === "string" && flag.repeat ? [] : undefined;
}

/** The choice that a word means, whatever its case. */
function readChoice(flag: ChoiceFlag, { where, value }: ValueText): string {
  const word = value.toLowerCase();
  const meant = flag.choices.find((choice) => choice.toLowerCase() === word) ?? findSynonym(flag, word);
  if (meant !== undefined) return meant;
  const found = `"${value}" is not one of ${flag.choices.join(", ")}`;
  const hint = didYouMean(closest(word, flag.choices)) ?? `Use one of: ${flag.choices.join(", ")}`;
  throw usageError({ what: where, found, hint });
}

function findSynonym({ synonyms = {} }: ChoiceFlag, word: string): string | undefined {
  return Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
}

const TRUE = ["true", "1", "yes", "y", "on", "t"];
const FALSE = ["false", "0", "no", "n", "off", "f"];

/** Whether a variable says yes; anything else, also what is neither yes nor no, does not. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && TRUE.includes(value.toLowerCase());
}

/**
 * Whether a word says yes (`--dry-run=no` does not).
 * @throws AppError "usage" for a word that is neither yes nor no.
 */
export function readBoolean({ where, value }: ValueText): boolean {
  const word = value.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  const hint = `Use ${where}=true or ${where}=false`;
  throw usageError({ what: where, found: `"${value}" is neither true nor false`, hint });
}

function readNumber({ min, max, default: usual = min }: NumberFlag, { where, value }: ValueText): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  const found = `"${value}" must be a number from ${min} to ${max}`;
  throw usageError({ what: where, found, hint: `Specify one: ${where} ${usual}` });
}

function readDuration({ where, value }: ValueText): Duration {
  try {
    return { ms: parseDuration(value), text: value };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError({ what: where, found: `"${value}" must be ${DURATION_IS}`, hint: `Specify one: ${where} 30m` });
  }
}
