import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { isNull, pairOf, resolved, valueOf, type YamlNode } from "../../formats/yaml/node.ts";
import { isMap, KeyedItems, sameNode, saysMerged, saysValue, textOf, type YamlMap } from "../../formats/yaml/value.ts";
import { type Kubeconfig, type SectionName, SECTIONS } from "./kubeconfig.ts";
import { type Wanted, wantedItem } from "./desired_entries.ts";

const OWN_KEYS: readonly string[] = [...SECTIONS, "current-context"];

/**
 * Refuses (YamlError) unless the new text says what was wanted and, apart from that, exactly what the old one said.
 * It looks only at the two parsed texts, not at how the edit was made.
 */
export function prove(before: Kubeconfig, { after, wanted }: { after: Kubeconfig; wanted: Wanted }): void {
  proveAnchors(before, after);
  proveRoot(before, after);
  for (const section of SECTIONS) proveSection({ before, after, section, wanted });
  const expected = wanted.currentContext ?? before.currentContext;
  if ((after.currentContext ?? "") !== (expected ?? "")) {
    fail(before, { node: before.text.root, found: "current-context would not be what was asked for" });
  }
}

/** What aliases stood for is there unchanged, in the same order; the aliases themselves are compared where they stand. */
function proveAnchors(before: Kubeconfig, after: Kubeconfig): void {
  const now = after.text.anchored;
  let at = 0;
  for (const node of before.text.anchored) {
    if (!before.text.aliased.has(node)) continue;
    while (at < now.length && !sameNode(node, now[at]!)) at++;
    if (at++ < now.length) continue;
    fail(before, {
      node,
      found: `the anchor &${node.anchor} covers a value that must change, and others use it; write it out by hand`,
    });
  }
}

function proveRoot(before: Kubeconfig, after: Kubeconfig): void {
  const old = foreignPairs(before.text.root);
  const now = foreignPairs(after.text.root);
  if (old.length === 0) return;
  if (old.length !== now.length || old.some((node, i) => !sameNode(node, now[i]!))) {
    fail(before, { node: before.text.root, found: "the edit would change something outside our entries" });
  }
}

function foreignPairs(root: YamlNode | undefined): YamlNode[] {
  if (root?.kind !== "map") return [];
  return root.items.filter((_, i) => !OWN_KEYS.includes(root.items[i - (i % 2)]!.text));
}

function proveSection(
  { before, after, section, wanted }: { before: Kubeconfig; after: Kubeconfig; section: SectionName; wanted: Wanted },
): void {
  const old = itemsOf(before, section).filter((node) => !wanted.removed[section].has(nameOf(node) ?? ""));
  const now = itemsOf(after, section);
  const ours = wanted.entries.filter((entry) => entry.section === section);
  const added = ours.filter(({ from }) => from === undefined);
  const byOldName = new Map(ours.flatMap((entry) => entry.from === undefined ? [] : [[entry.from, entry]]));
  if (now.length !== old.length + added.length) {
    fail(before, { node: before[section].list, found: `${section} would lose or gain entries` });
  }
  old.forEach((node, i) => {
    const name = nameOf(node);
    const want = name === undefined ? undefined : byOldName.get(name);
    const isAsWanted = want === undefined
      ? sameNode(node, now[i]!)
      : merged({ old: node, now: now[i]!, want: wantedItem(want) });
    if (!isAsWanted) {
      const found = `the edit would change another entry of ${section}, or not make ours what it must be`;
      fail(before, { node, found });
    }
  });
  added.forEach((entry, i) => {
    if (!saysValue(now[old.length + i]!, wantedItem(entry))) {
      fail(before, { node: before[section].list, found: `${section} would not say what was asked for` });
    }
  });
}

function itemsOf(config: Kubeconfig, section: SectionName): readonly YamlNode[] {
  return valueOf(config.text.root, section)?.items ?? [];
}

function nameOf(node: YamlNode): string | undefined {
  return textOf(valueOf(resolved(node), "name"));
}

interface Merge {
  readonly old: YamlNode;
  readonly now: YamlNode;
  readonly want: YamlMap;
}

/** Whether `now` is `old` with the wanted keys merged into it, and nothing else changed. */
function merged({ old, now, want }: Merge): boolean {
  if (old.kind === "alias") return sameNode(old, now) && saysMerged(now, want);
  if (old.kind !== "map" || now.kind !== "map") return false;
  const keys = new Set([...keysOf(old), ...keysOf(now), ...Object.keys(want)]);
  return [...keys].every((key) => mergedKey(key, { old, now, want }));
}

function mergedKey(key: string, { old, now, want }: Merge): boolean {
  const was = pairOf(old, key)?.value;
  const is = pairOf(now, key)?.value;
  if (!Object.hasOwn(want, key)) return was !== undefined && is !== undefined && sameNode(was, is);
  const value = want[key];
  if (value instanceof KeyedItems) return mergedItems(value, { old: was?.items ?? [], now: is?.items ?? [] });
  if (value === undefined || is === undefined) return value === undefined && is === undefined;
  if (isMap(value) && was !== undefined && was.kind !== "scalar") return merged({ old: was, now: is, want: value });
  return saysValue(is, value);
}

/** Whether the list's own items are as they were, in order, and the wanted ones there. */
function mergedItems(items: KeyedItems, lists: Readonly<Record<"old" | "now", readonly YamlNode[]>>): boolean {
  const kept = lists.old.filter((item) => items.wanted(item) !== "gone");
  const added = items.missing(lists.old);
  return lists.now.length === kept.length + added.length && lists.now.every((now, i) => {
    const old = kept[i];
    if (old === undefined) return saysValue(now, added[i - kept.length]!);
    const want = items.wanted(old);
    return want === undefined || want === "gone" ? sameNode(old, now) : merged({ old, now, want });
  });
}

function keysOf(map: YamlNode): string[] {
  return map.items.filter((_, i) => i % 2 === 0).map((key) => key.text);
}

function fail(config: Kubeconfig, { node, found }: { node: YamlNode | undefined; found: string }): never {
  const at = node === undefined || isNull(node) ? 0 : node.start;
  throw new YamlError(found, placeAt(config.text.source, at));
}
