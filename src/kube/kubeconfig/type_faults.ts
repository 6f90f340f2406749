import { findValue, isMergeKey, isNull, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { plainType } from "../../formats/yaml/scalar.ts";
import { isBase64 } from "./base64.ts";
import type { FieldType, ListType, MapType } from "./field_types.ts";
import { isSurelyRight } from "./surely_right.ts";

/** A value that kubectl cannot read, and with it the whole file. */
export interface TypeFault {
  readonly node: YamlNode;
  /** What is wrong; never what the value is, which may be a secret. */
  readonly found: string;
}

type Kind = "a string" | "a number" | "a boolean" | "null" | "a mapping" | "a list";

/** What no JSON can say. */
const NO_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const MOST_BYTE = 255;
const LONGEST_NULL = "null".length;
const ANY_KEYS: MapType = { values: "any" };

/** The values of a node that are not of their types, in order; none in a file that kubectl reads. */
export function findTypeFaults(node: YamlNode, type: FieldType): readonly TypeFault[] {
  const looking = new Looking();
  looking.look(node, type, "this");
  return looking.faults;
}

/** Makes nothing for what is right: a big file has a hundred thousand values. */
class Looking {
  readonly faults: TypeFault[] = [];

  look(node: YamlNode, type: FieldType, key: string): void {
    if (isSurelyRight(node, type)) return;
    if (type === "text") {
      if (!["a string", "null"].includes(findKind(resolved(node)))) this.#wrong(node, "a string", key);
    } else if (type === "any") this.#anything(node, key);
    else if (type === "flag") {
      if (!["a boolean", "null"].includes(findKind(resolved(node)))) this.#wrong(node, "true or false", key);
    } else if (type === "base64") this.#base64(node, key);
    else this.#collection(node, type, key);
  }

  #collection(node: YamlNode, type: ListType | MapType, key: string): void {
    const target = node.target ?? node;
    const expected = type.list === undefined ? "map" : "seq";
    if (target.kind !== expected) {
      if (findKind(target) !== "null") this.#wrong(node, expected === "map" ? "a mapping" : "a list", key);
    } else if (type.list === undefined) this.#values(target, type);
    else this.#items(target.items, type, key);
  }

  #base64(node: YamlNode, key: string): void {
    const target = resolved(node);
    const kind = findKind(target);
    if (kind === "a string") {
      if (!isBase64(target.text)) this.faults.push({ node, found: `${key} is not base64` });
    } else if (kind === "a list") {
      if (!target.items.every((item) => isByte(resolved(item)))) this.#wrong(node, "a base64 string", key);
    } else if (kind !== "null") this.#wrong(node, "a base64 string", key);
  }

  #values(map: YamlNode, type: MapType): void {
    const { items } = map;
    let isMerged = false;
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i]!;
      const name = key.text;
      if (name.length <= LONGEST_NULL && isNull(key)) this.faults.push({ node: key, found: "a key is null" });
      if (name === "<<" && isMergeKey(key)) isMerged = true;
      else this.look(items[i + 1]!, getFieldType(type, name), name);
    }
    if (isMerged) this.#merged(map, type);
  }

  /** What `<<` brings, and `<<` in that, unless it is there. */
  #merged(map: YamlNode, type: MapType, known = new Set<string>()): void {
    const { items } = map;
    const merged: YamlNode[] = [];
    items.forEach((key, i) => {
      if (i % 2 === 1) return;
      if (isMergeKey(key)) merged.push(items[i + 1]!);
      else known.add(key.text);
    });
    for (const node of merged.flatMap((value) => resolved(value).kind === "seq" ? resolved(value).items : [value])) {
      this.#brought(node, type, known);
    }
  }

  #brought(node: YamlNode, type: MapType, known: Set<string>): void {
    const { kind, items } = resolved(node);
    if (kind !== "map") {
      return void this.faults.push({ node, found: "a merge key (<<) refers to something that is not a mapping" });
    }
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i]!;
      if (!isMergeKey(key) && !known.has(key.text)) this.look(items[i + 1]!, getFieldType(type, key.text), key.text);
    }
    this.#merged(resolved(node), type, known);
  }

  #items(items: readonly YamlNode[], { list, names }: ListType, key: string): void {
    for (const item of items) this.look(item, list, key);
    if (names === "where there are any") this.#nameless(items, key);
    else if (names !== undefined) this.#twins(items.filter((item) => isThere(item, names.ofThoseWith)), key);
  }

  /** Of items without a name kubectl reads one. */
  #nameless(items: readonly YamlNode[], key: string): void {
    let count = 0;
    for (const node of items) {
      if (hasName(node) || ++count !== 2) continue;
      this.faults.push({ node, found: `${key} has two entries without a name` });
    }
  }

  #twins(items: readonly YamlNode[], key: string): void {
    const names = new Set<string>();
    for (const node of items) {
      const name = isThere(node, "name") ? textAt(node, "name") : "";
      const found = name === "" ? `${key} has two entries without a name` : `${key} has "${name}" twice`;
      if (names.has(name)) this.faults.push({ node, found });
      names.add(name);
    }
  }

  /** Nothing is known of it but that it becomes JSON. What an alias stands for is looked at where it stands. */
  #anything(node: YamlNode, key: string): void {
    if (node.kind === "map") this.#values(node, ANY_KEYS);
    else if (node.kind === "seq") { for (const item of node.items) this.look(item, "any", key); }
    else if (node.kind === "scalar" && node.style === "plain" && NO_JSON.test(node.text)) {
      this.faults.push({ node, found: `${key} is a number that kubectl has no place for` });
    }
  }

  #wrong(node: YamlNode, expected: string, key: string): void {
    const kind = findKind(resolved(node));
    const isUnquoted = expected === "a string" && (kind === "a number" || kind === "a boolean");
    const advice = isUnquoted ? ": put quotes around it" : "";
    this.faults.push({ node, found: `${key} is ${kind}, and kubectl accepts only ${expected} there${advice}` });
  }
}

function getFieldType({ fields, values }: MapType, key: string): FieldType {
  return fields?.get(key) ?? values;
}

function isByte(node: YamlNode): boolean {
  return findKind(node) === "null" || (/^\d{1,3}$/.test(node.text) && Number(node.text) <= MOST_BYTE);
}

/** Whether an item has the key, and not null there. */
function isThere(item: YamlNode, key: string): boolean {
  const value = findValue(resolved(item), key);
  return value !== undefined && findKind(resolved(value)) !== "null";
}

/** Without a thing made for an item, of which there may be thousands. */
function hasName(item: YamlNode): boolean {
  const { items } = item.target ?? item;
  for (let i = 0; i < items.length; i += 2) {
    if (items[i]!.text === "name") return isName(resolved(items[i + 1]!));
  }
  return false;
}

function isName(node: YamlNode): boolean {
  return node.text !== "" && !isNull(node);
}

function textAt(item: YamlNode, key: string): string {
  return resolved(findValue(resolved(item), key)!).text;
}

function findKind(node: YamlNode): Kind {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "seq") return "a list";
  if (node.tag !== undefined) return KIND_OF_TAG[node.tag] ?? "a string";
  if (node.style !== "plain") return "a string";
  const type = plainType(node.text);
  return type === "string" ? "a string" : type === "null" ? "null" : `a ${type}`;
}

const KIND_OF_TAG: Readonly<Record<string, Kind>> = {
  "!!int": "a number",
  "!!float": "a number",
  "!!bool": "a boolean",
  "!!null": "null",
};
