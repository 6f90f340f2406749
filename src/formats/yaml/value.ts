import { findPair, findValue, resolved, type YamlNode } from "./node.ts";
import { plainType } from "./scalar.ts";

/** Data to write. In a mapping, undefined means "not there": the key is left out, or taken away where it stands. */
export type YamlValue = string | true | readonly YamlValue[] | YamlMap | KeyedItems;
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined;
}

/** Some items of a list of mappings, known by one key, e.g. variables by `name`; the list's other items are not ours. */
export class KeyedItems {
  constructor(
    readonly key: string,
    readonly items: {
      /** Must be there; each has the key. */
      readonly set: readonly YamlMap[];
      /** Must not be there. */
      readonly gone: readonly string[];
    },
  ) {}

  /** What the item must say, "gone" when it must not be there, undefined when it is not ours. */
  wanted(item: YamlNode): YamlMap | "gone" | undefined {
    const name = getText(findValue(resolved(item), this.key));
    if (name === undefined) return undefined;
    return this.items.gone.includes(name) ? "gone" : this.items.set.find((own) => own[this.key] === name);
  }

  /** Wanted items that the list has not. */
  missing(items: readonly YamlNode[]): readonly YamlMap[] {
    const there = items.map((item) => this.wanted(item));
    return this.items.set.filter((own) => !there.includes(own));
  }
}

export function isScalar(value: YamlValue): value is string | true {
  return typeof value === "string" || value === true;
}

export function isMap(value: YamlValue): value is YamlMap {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof KeyedItems);
}

/** Whether a scalar is text for kubectl: quoted, block or plain without another meaning. */
export function isText(node: YamlNode): boolean {
  if (node.kind !== "scalar") return false;
  if (node.tag !== undefined) return node.tag === "!!str" || node.tag === "!";
  return node.style !== "plain" || plainType(node.text) === "string";
}

/** The text of a string node, through an alias too; undefined for everything else. */
export function getText(node: YamlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const target = resolved(node);
  return isText(target) ? target.text : undefined;
}

/** Whether a node says exactly this value; through aliases too. */
export function hasValue(node: YamlNode, value: YamlValue): boolean {
  const said = resolved(node);
  if (typeof value === "string") return isText(said) && said.text === value;
  if (value === true) return said.kind === "scalar" && said.style === "plain" && /^(true|True|TRUE)$/.test(said.text);
  if (value instanceof KeyedItems) return saysItems(said, value) && said.items.length === value.items.set.length;
  if (isMap(value)) {
    return said.kind === "map" && said.items.length === countEntries(value) * 2 && saysMerged(said, value);
  }
  return said.kind === "seq" && said.items.length === value.length &&
    value.every((item, i) => hasValue(said.items[i]!, item));
}

/** How many keys a mapping has when it is written. */
function countEntries(value: YamlMap): number {
  return Object.values(value).filter((item) => item !== undefined && !isNothing(item)).length;
}

/** A list of which no item has to be there needs not be there. */
export function isNothing(value: YamlValue | undefined): boolean {
  return value instanceof KeyedItems && value.items.set.length === 0;
}

/** Whether a mapping says these keys, deeply, whatever else it says; through aliases too. */
export function saysMerged(node: YamlNode, value: YamlMap): boolean {
  const said = resolved(node);
  return said.kind === "map" && Object.entries(value).every(([key, item]) => saysKey(findPair(said, key)?.value, item));
}

function saysKey(found: YamlNode | undefined, item: YamlValue | undefined): boolean {
  if (item === undefined || found === undefined) return found === undefined && (item === undefined || isNothing(item));
  if (item instanceof KeyedItems) return saysItems(resolved(found), item);
  return isMap(item) ? saysMerged(found, item) : hasValue(found, item);
}

function saysItems(list: YamlNode, items: KeyedItems): boolean {
  return items.missing(list.items).length === 0 && list.items.every((item) => {
    const want = items.wanted(item);
    return want === undefined || (want !== "gone" && saysMerged(item, want));
  });
}

/** Whether two nodes of two texts mean the same to every reader. Layout, comments and kind of quotes do not count. */
export function sameNode(a: YamlNode, b: YamlNode): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.anchor !== b.anchor || a.tag !== b.tag || a.text !== b.text) return false;
  if (a.kind === "scalar" && (a.style === "plain") !== (b.style === "plain")) return false;
  if (a.items.length !== b.items.length) return false;
  for (let i = 0; i < a.items.length; i++) {
    if (!sameNode(a.items[i]!, b.items[i]!)) return false;
  }
  return true;
}

/**
 * Returns what a node without aliases means to a reader, as data to compare or to hash: layout, comments, kinds of quotes,
 * the order of keys and the keys that say nothing to that reader do not count, and a number is another scalar than the same
 * digits as text.
 */
export function toComparable(node: YamlNode, saysNothing: (key: string, value: YamlNode) => boolean): unknown {
  const { kind, items, text, tag } = node;
  if (kind === "seq") return items.map((item) => toComparable(item, saysNothing));
  if (kind !== "map") return isText(node) ? text : [text, tag ?? ""];
  const pairs = items.flatMap((key, at) => {
    const value = items[at + 1]!;
    return at % 2 === 1 || saysNothing(key.text, value) ? [] : [[key.text, toComparable(value, saysNothing)] as const];
  });
  return { map: pairs.toSorted(([one], [other]) => one < other ? -1 : 1) };
}
