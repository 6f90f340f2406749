import { closest } from "../../formats/text/closest.ts";
import { DURATION_IS, parseDuration } from "../../formats/text/duration.ts";
import type { Needs } from "../../host/host.ts";
import type { ChoiceFlag, Duration, Flag, Flags, NumberFlag } from "./flag.ts";
import type { FlagToken } from "./tokenize.ts";
import { didYouMean, usageError } from "./usage_error.ts";

/** A flag's value; which one it has follows from its definition. */
export type Value = string | number | boolean | Duration | readonly string[] | undefined;
export type Values = Readonly<Record<string, Value>>;

interface Said {
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

interface Partly {
  readonly flags: Flags;
  /** Flags that were not typed are undefined. */
  readonly typed: Values;
}

/**
 * Completes what was typed with the environment and with the values that absent flags have.
 * @throws AppError "usage" for a variable whose value the flag cannot take.
 */
export function completeValues(host: Needs<"env">, { flags, typed }: Partly): Values {
  const complete = (
    [name, flag]: [string, Flag],
  ) => [name, typed[name] ?? fromEnv(host, flag) ?? defaultOf(name, flag)];
  return Object.fromEntries(Object.entries(flags).map(complete));
}

function fromEnv(host: Needs<"env">, flag: Flag): Value {
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
export function readValue(flag: Flag, said: Said): Value {
  switch (flag.kind) {
    case "choice":
      return choose(flag, said);
    case "switch":
      return truth(said);
    case "number":
      return readNumber(flag, said);
    case "duration":
      return readDuration(said);
    case "string":
      return flag.repeat ? said.value.split(",").filter((one) => one !== "") : said.value;
  }
}

function defaultOf(name: string, flag: Flag): Value {
  if (flag.kind === "switch") return false;
  if (flag.default !== undefined) return readValue(flag, { where: `--${name}`, value: `${flag.default}` });
  return flag.kind === "string" && flag.repeat ? [] : undefined;
}

/**
 * The choice that a word means.
 * @throws AppError "usage" that lists the choices.
 */
export function choose(flag: ChoiceFlag, { where, value }: Said): string {
  const word = value.toLowerCase();
  const meant = flag.choices.find((choice) => choice.toLowerCase() === word) ?? synonym(flag, word);
  if (meant !== undefined) return meant;
  const found = `"${value}" is not one of ${flag.choices.join(", ")}`;
  const hint = didYouMean(closest(word, flag.choices)) ?? `Use one of: ${flag.choices.join(", ")}`;
  throw usageError({ what: where, found, hint });
}

function synonym({ synonyms = {} }: ChoiceFlag, word: string): string | undefined {
  return Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
}

const TRUE = ["true", "1", "yes", "y", "on", "t"];
const FALSE = ["false", "0", "no", "n", "off", "f"];

/** Whether a variable says yes; what is neither yes nor no does not. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && TRUE.includes(value.toLowerCase());
}

/**
 * What `--dry-run=no` means.
 * @throws AppError "usage" for a word that is neither.
 */
export function truth({ where, value }: Said): boolean {
  const word = value.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  const hint = `Use ${where}=true or ${where}=false`;
  throw usageError({ what: where, found: `"${value}" is neither true nor false`, hint });
}

function readNumber({ min, max, default: usual = min }: NumberFlag, { where, value }: Said): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  const found = `"${value}" must be a number from ${min} to ${max}`;
  throw usageError({ what: where, found, hint: `Give one: ${where} ${usual}` });
}

function readDuration({ where, value }: Said): Duration {
  try {
    return { ms: parseDuration(value), text: value };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError({ what: where, found: `"${value}" must be ${DURATION_IS}`, hint: `Give one: ${where} 30m` });
  }
}
