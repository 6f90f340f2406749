import type { YamlNode } from "../../formats/yaml/node.ts";
import { isBase64 } from "./base64.ts";
import type { FieldType } from "./field_types.ts";

/** What a plain value may begin with, and then be. */
const Begin = { text: 0, word: 1, number: 2, sign: 3 } as const;
/** By character; all others begin text. */
const BEGINS = new Uint8Array(128);
for (const character of "~fFnNoOtTyY") BEGINS[character.charCodeAt(0)] = Begin.word;
for (const character of ".0123456789") BEGINS[character.charCodeAt(0)] = Begin.number;
for (const character of "-+") BEGINS[character.charCodeAt(0)] = Begin.sign;
const LONGEST_WORD = "false".length;

/**
 * Whether a value is of its type, as nearly all are, told quickly: of a big file there are a hundred thousand. false means
 * that it has to be looked at.
 */
export function isSurelyRight(node: YamlNode, type: FieldType): boolean {
  const { kind } = node;
  if (kind === "scalar") return isRightScalar(node, type);
  if (kind === "alias" || typeof type === "string" || node.tag !== undefined) return false;
  const { items } = node;
  if (kind === "seq") {
    if (type.list === undefined || type.names !== undefined) return false;
    for (let i = 0; i < items.length; i++) if (!isSurelyRight(items[i]!, type.list)) return false;
    return true;
  }
  for (let i = 0; i < items.length; i += 2) {
    const known = type.list === undefined ? type.fields?.get(items[i]!.text) : undefined;
    if (known === undefined || !isSurelyRight(items[i + 1]!, known)) return false;
  }
  return type.list === undefined;
}

function isRightScalar(node: YamlNode, type: FieldType): boolean {
  const { text } = node;
  if (type === "flag") return (text === "true" || text === "false") && node.style === "plain" && node.tag === undefined;
  if (type === "base64" && !isBase64(text)) return false;
  return (type === "text" || type === "base64") && (beginsAsText(text) || node.style !== "plain") &&
    node.tag === undefined;
}

/** Whether a plain value can be nothing but text: it begins like no number, and is no word with a meaning. */
function beginsAsText(text: string): boolean {
  const first = BEGINS[text.charCodeAt(0)] ?? Begin.text;
  if (first === Begin.text) return text !== "";
  if (first === Begin.word) return text.length > LONGEST_WORD;
  return first === Begin.sign && BEGINS[text.charCodeAt(1)] !== Begin.number;
}
