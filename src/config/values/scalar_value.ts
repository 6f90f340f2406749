import type { LocatedScalar } from "./located.ts";

type Value = LocatedScalar["value"];

const NULL = /^(?:|~|null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
/** Integers of YAML 1.1 and 1.2, without the underscores that may group their digits. */
const INTEGER = /^([-+]?)(?:0[bB]([01]+)|0[oO]?([0-7]+)|0[xX]([0-9a-fA-F]+)|([1-9][0-9]*|0))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/**
 * What a plain scalar means to the Go atmos's reader, yaml.v3: words as in the core schema of YAML 1.2
 * (https://yaml.org/spec/1.2.2/#103-core-schema), numbers of 1.1 too: `0644` is octal, `12_000` has grouped digits.
 */
export function plainValue(text: string): Value {
  if (NULL.test(text)) return null;
  if (TRUE.test(text) || FALSE.test(text)) return TRUE.test(text);
  return parseNumber(text) ?? text;
}

/** What a scalar with one of YAML's own tags means; undefined when its text is no such thing. */
export function taggedValue(tag: string, text: string): Value | undefined {
  const plain = plainValue(text);
  switch (tag) {
    case "!!null":
      return plain === null ? null : undefined;
    case "!!bool":
      return typeof plain === "boolean" ? plain : undefined;
    case "!!int":
      return parseInteger(text.replaceAll("_", ""));
    case "!!float":
      return typeof plain === "number" ? plain : undefined;
    default:
      return text;
  }
}

function parseNumber(text: string): number | undefined {
  if (INFINITE.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  return parseInteger(digits) ?? (FLOAT.test(digits) ? Number(digits) : undefined);
}

function parseInteger(text: string): number | undefined {
  const found = INTEGER.exec(text);
  if (found === null) return undefined;
  const [, sign, binary, octal, hexadecimal, decimal] = found;
  const size = binary !== undefined
    ? parseInt(binary, 2)
    : octal !== undefined
    ? parseInt(octal, 8)
    : hexadecimal !== undefined
    ? parseInt(hexadecimal, 16)
    : Number(decimal);
  return sign === "-" && size !== 0 ? -size : size;
}
