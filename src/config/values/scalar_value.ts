import type { LocatedScalar } from "./located.ts";

type Value = LocatedScalar["value"];

const NULL = /^(?:|~|null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** What a plain scalar means by the core schema of https://yaml.org/spec/1.2.2/#103-core-schema. */
export function plainValue(text: string): Value {
  if (NULL.test(text)) return null;
  if (TRUE.test(text) || FALSE.test(text)) return TRUE.test(text);
  return numberOf(text) ?? text;
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
      return INTEGER.test(text) ? numberOf(text) : undefined;
    case "!!float":
      return typeof plain === "number" ? plain : undefined;
    default:
      return text;
  }
}

function numberOf(text: string): number | undefined {
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
  if (INFINITE.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(text) ? NaN : undefined;
}
