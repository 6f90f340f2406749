import type { YamlNode } from "./node.ts";

/** Up to so many keys and values, looking at all keys before is quicker than a set. */
const FEW = 16;

/** A mapping's key that stands in it before; undefined when each is there once. Keys that are no scalars do not count. */
export function twinKey(items: readonly YamlNode[]): YamlNode | undefined {
  const seen = items.length <= FEW ? undefined : new Set<string>();
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i]!;
    if (key.kind !== "scalar") continue;
    if (seen === undefined ? isBefore(items, i) : seen.has(key.text)) return key;
    seen?.add(key.text);
  }
  return undefined;
}

function isBefore(items: readonly YamlNode[], index: number): boolean {
  const key = items[index]!.text;
  for (let i = 0; i < index; i += 2) {
    if (items[i]!.text === key && items[i]!.kind === "scalar") return true;
  }
  return false;
}
