import { pairOf, resolved, type YamlNode, type YamlText } from "./yaml_node.ts";
import { plainType } from "./yaml_scalar.ts";

/** Data to write. In a mapping, undefined means "not there": the key is left out, or taken away where it stands. */
export type YamlValue = string | readonly YamlValue[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined;
}

export function isMap(value: YamlValue): value is YamlMap {
  return typeof value === "object" && !Array.isArray(value);
}

/** Whether a scalar is text for kubectl: quoted, block or plain without another meaning. */
export function isText(node: YamlNode): boolean {
  if (node.kind !== "scalar") return false;
  if (node.tag !== undefined) return node.tag === "!!str" || node.tag === "!";
  return node.style !== "plain" || plainType(node.text) === "string";
}

/** The text of a string node, through an alias too; undefined for everything else. */
export function textOf(text: YamlText, node: YamlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const target = resolved(text, node);
  return isText(target) ? target.text : undefined;
}

/** Whether a node says exactly this value. */
export function saysValue(node: YamlNode, value: YamlValue): boolean {
  if (typeof value === "string") return isText(node) && node.text === value;
  if (!isMap(value)) {
    return node.kind === "seq" && node.items.length === value.length &&
      value.every((item, i) => saysValue(node.items[i]!, item));
  }
  if (node.kind !== "map") return false;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return node.items.length === keys.length * 2 && keys.every((key) => saysPair(node, { key, value: value[key]! }));
}

function saysPair(map: YamlNode, pair: { readonly key: string; readonly value: YamlValue }): boolean {
  const at = map.items.findIndex((item, i) => i % 2 === 0 && item.text === pair.key);
  return at >= 0 && saysValue(map.items[at + 1]!, pair.value);
}

/** Whether a mapping says these keys, deeply, whatever else it says. */
export function saysMerged(node: YamlNode, value: YamlMap): boolean {
  if (node.kind !== "map") return false;
  return Object.entries(value).every(([key, item]) => {
    const found = pairOf(node, key)?.value;
    if (item === undefined || found === undefined) return item === undefined && found === undefined;
    return isMap(item) ? saysMerged(found, item) : saysValue(found, item);
  });
}

/** Whether two nodes of two texts mean the same to every reader. Layout, comments and kind of quotes do not count. */
export function sameNode(a: YamlNode, b: YamlNode): boolean {
  if (a.kind !== b.kind || a.anchor !== b.anchor || a.tag !== b.tag || a.text !== b.text) return false;
  if (a.kind === "scalar" && (a.style === "plain") !== (b.style === "plain")) return false;
  if (a.items.length !== b.items.length) return false;
  for (let i = 0; i < a.items.length; i++) {
    if (!sameNode(a.items[i]!, b.items[i]!)) return false;
  }
  return true;
}
