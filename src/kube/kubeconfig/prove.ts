import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { findLostAnchor, isMerged } from "../../formats/yaml/merged.ts";
import { findValue, isNull, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { getText, hasValue, sameNode } from "../../formats/yaml/value.ts";
import { buildItem, type DesiredEntries } from "./desired_entries.ts";
import { type Kubeconfig, type SectionName, SECTIONS } from "./kubeconfig.ts";

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
    fail(before, { node: before.text.root, found: "current-context would not match the request" });
  }
}

function proveAnchors(before: Kubeconfig, after: Kubeconfig): void {
  const node = findLostAnchor(before.text, after.text);
  if (node === undefined) return;
  fail(before, {
    node,
    found: `the anchor &${node.anchor} covers a value that must change, and others use it; write it out`,
  });
}

function proveRoot(before: Kubeconfig, after: Kubeconfig): void {
  const old = listOtherPairs(before.text.root);
  const now = listOtherPairs(after.text.root);
  if (old.length === 0) return;
  if (old.length !== now.length || old.some((node, i) => !sameNode(node, now[i]!))) {
    fail(before, { node: before.text.root, found: "the edit would change something outside our entries" });
  }
}

function listOtherPairs(root: YamlNode | undefined): YamlNode[] {
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
      const found = `the edit would change another entry of ${section}, or leave ours incomplete`;
      fail(before, { node, found });
    }
  });
  added.forEach((entry, i) => {
    if (!hasValue(now[old.length + i]!, buildItem(entry))) {
      fail(before, { node: before[section].list, found: `${section} would not match the request` });
    }
  });
}

function listItems(config: Kubeconfig, section: SectionName): readonly YamlNode[] {
  return findValue(config.text.root, section)?.items ?? [];
}

function readName(node: YamlNode): string | undefined {
  return getText(findValue(resolved(node), "name"));
}

function fail(config: Kubeconfig, { node, found }: { node: YamlNode | undefined; found: string }): never {
  const at = node === undefined || isNull(node) ? 0 : node.start;
  throw new YamlError(found, placeAt(config.text.source, at));
}
