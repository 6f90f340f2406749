import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { isNull, pairOf, resolved, valueOf, type YamlNode } from "../../formats/yaml/node.ts";
import { isMap, KeyedItems, sameNode, saysMerged, saysValue, textOf, type YamlMap } from "../../formats/yaml/value.ts";
import { buildItem, type DesiredEntries } from "./desired_entries.ts";
import { type Kubeconfig, listKeys, type SectionName, SECTIONS } from "./kubeconfig.ts";

const MANAGED_KEYS: readonly string[] = [...SECTIONS, "current-context"];

/**
 * Refuses (YamlError) unless the new text says what is desired and, apart from that, exactly what the old one said.
 * It looks only at the two parsed texts, not at how the edit was made.
 */
export function prove(before: Kubeconfig, { after, desired }: { after: Kubeconfig; desired: DesiredEntries }): void {
  proveAnchors(before, after);
  proveRoot(before, after);
  for (const section of SECTIONS) proveSection({ before, after, section, desired });
  const expected = desired.currentContext ?? before.currentContext;
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
  const old = otherPairs(before.text.root);
  const now = otherPairs(after.text.root);
  if (old.length === 0) return;
  if (old.length !== now.length || old.some((node, i) => !sameNode(node, now[i]!))) {
    fail(before, { node: before.text.root, found: "the edit would change something outside our entries" });
  }
}

function otherPairs(root: YamlNode | undefined): YamlNode[] {
  if (root?.kind !== "map") return [];
  return root.items.filter((_, i) => !MANAGED_KEYS.includes(root.items[i - (i % 2)]!.text));
}

function proveSection(
  { before, after, section, desired }: {
    before: Kubeconfig;
    after: Kubeconfig;
    section: SectionName;
    desired: DesiredEntries;
  },
): void {
  const old = listItems(before, section).filter((node) => !desired.removed[section].has(readName(node) ?? ""));
  const now = listItems(after, section);
  const desiredEntries = desired.entries.filter((entry) => entry.section === section);
  const added = desiredEntries.filter(({ previousName }) => previousName === undefined);
  const byOldName = new Map(
    desiredEntries.flatMap((entry) => entry.previousName === undefined ? [] : [[entry.previousName, entry]]),
  );
  if (now.length !== old.length + added.length) {
    fail(before, { node: before[section].list, found: `${section} would lose or gain entries` });
  }
  old.forEach((node, i) => {
    const name = readName(node);
    const desired = name === undefined ? undefined : byOldName.get(name);
    const isAsDesired = desired === undefined
      ? sameNode(node, now[i]!)
      : isMerged({ old: node, now: now[i]!, desired: buildItem(desired) });
    if (!isAsDesired) {
      const found = `the edit would change another entry of ${section}, or not make ours what it must be`;
      fail(before, { node, found });
    }
  });
  added.forEach((entry, i) => {
    if (!saysValue(now[old.length + i]!, buildItem(entry))) {
      fail(before, { node: before[section].list, found: `${section} would not say what was asked for` });
    }
  });
}

function listItems(config: Kubeconfig, section: SectionName): readonly YamlNode[] {
  return valueOf(config.text.root, section)?.items ?? [];
}

function readName(node: YamlNode): string | undefined {
  return textOf(valueOf(resolved(node), "name"));
}

interface Merge {
  readonly old: YamlNode;
  readonly now: YamlNode;
  readonly desired: YamlMap;
}

/** Whether `now` is `old` with the desired keys merged into it, and nothing else changed. */
function isMerged({ old, now, desired }: Merge): boolean {
  if (old.kind === "alias") return sameNode(old, now) && saysMerged(now, desired);
  if (old.kind !== "map" || now.kind !== "map") return false;
  const keys = new Set([...listKeys(old), ...listKeys(now), ...Object.keys(desired)]);
  return [...keys].every((key) => isKeyMerged(key, { old, now, desired }));
}

function isKeyMerged(key: string, { old, now, desired }: Merge): boolean {
  const was = pairOf(old, key)?.value;
  const is = pairOf(now, key)?.value;
  if (!Object.hasOwn(desired, key)) return was !== undefined && is !== undefined && sameNode(was, is);
  const value = desired[key];
  if (value instanceof KeyedItems) return areItemsMerged(value, { old: was?.items ?? [], now: is?.items ?? [] });
  if (value === undefined || is === undefined) return value === undefined && is === undefined;
  if (isMap(value) && was !== undefined && was.kind !== "scalar") {
    return isMerged({ old: was, now: is, desired: value });
  }
  return saysValue(is, value);
}

/** Whether the list's own items are as they were, in order, and the desired ones there. */
function areItemsMerged(items: KeyedItems, lists: Readonly<Record<"old" | "now", readonly YamlNode[]>>): boolean {
  const retained = lists.old.filter((item) => items.wanted(item) !== "gone");
  const added = items.missing(lists.old);
  return lists.now.length === retained.length + added.length && lists.now.every((now, i) => {
    const old = retained[i];
    if (old === undefined) return saysValue(now, added[i - retained.length]!);
    const desired = items.wanted(old);
    return desired === undefined || desired === "gone" ? sameNode(old, now) : isMerged({ old, now, desired });
  });
}

function fail(config: Kubeconfig, { node, found }: { node: YamlNode | undefined; found: string }): never {
  const at = node === undefined || isNull(node) ? 0 : node.start;
  throw new YamlError(found, placeAt(config.text.source, at));
}
