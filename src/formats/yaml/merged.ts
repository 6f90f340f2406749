import { findPair, listKeys, type YamlNode, type YamlText } from "./node.ts";
import { hasValue, isMap, KeyedItems, sameNode, saysMerged, type YamlMap } from "./value.ts";

/** Returns an anchored node that aliases stand for and that is not there any more as it was, and in the same order. */
export function findLostAnchor(before: YamlText, after: YamlText): YamlNode | undefined {
  const now = after.anchored;
  let at = 0;
  return before.anchored.find((node) => {
    if (!before.aliased.has(node)) return false;
    while (at < now.length && !sameNode(node, now[at]!)) at++;
    return at++ >= now.length;
  });
}

interface Merge {
  readonly old: YamlNode;
  readonly now: YamlNode;
  readonly desired: YamlMap;
}

/** Whether `now` is `old` with the desired keys merged into it, and nothing else changed. */
export function isMerged({ old, now, desired }: Merge): boolean {
  if (old.kind === "alias") return sameNode(old, now) && saysMerged(now, desired);
  if (old.kind !== "map" || now.kind !== "map") return false;
  const keys = new Set([...listKeys(old), ...listKeys(now), ...Object.keys(desired)]);
  return [...keys].every((key) => isKeyMerged(key, { old, now, desired }));
}

function isKeyMerged(key: string, { old, now, desired }: Merge): boolean {
  const was = findPair(old, key)?.value;
  const is = findPair(now, key)?.value;
  if (!Object.hasOwn(desired, key)) return was !== undefined && is !== undefined && sameNode(was, is);
  const value = desired[key];
  if (value instanceof KeyedItems) return areItemsMerged(value, { old: was?.items ?? [], now: is?.items ?? [] });
  if (value === undefined || is === undefined) return value === undefined && is === undefined;
  if (isMap(value) && was !== undefined && was.kind !== "scalar") {
    return isMerged({ old: was, now: is, desired: value });
  }
  return hasValue(is, value);
}

/** Whether the list's own items are as they were, in order, and the desired ones there. */
function areItemsMerged(items: KeyedItems, lists: Readonly<Record<"old" | "now", readonly YamlNode[]>>): boolean {
  const retained = lists.old.filter((item) => items.wanted(item) !== "gone");
  const added = items.missing(lists.old);
  return lists.now.length === retained.length + added.length && lists.now.every((now, i) => {
    const old = retained[i];
    if (old === undefined) return hasValue(now, added[i - retained.length]!);
    const desired = items.wanted(old);
    return desired === undefined || desired === "gone" ? sameNode(old, now) : isMerged({ old, now, desired });
  });
}
