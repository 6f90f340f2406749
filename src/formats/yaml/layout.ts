import { columnAt, newlineOf } from "../text/position.ts";
import type { YamlNode, YamlText } from "./node.ts";
import { PLAIN_LAYOUT, type YamlLayout } from "./render.ts";

/** The layout a file uses, read off its first list of mappings; what can't be seen is as kubectl writes it. */
export function layoutOf(text: YamlText): YamlLayout {
  const newline = newlineOf(text.source);
  const list = firstList(text.root);
  if (list === undefined) return { ...PLAIN_LAYOUT, newline };
  const column = (node: YamlNode) => columnAt(text.source, node.body);
  const dashes = column(list.value);
  const item = list.value.items[0]!;
  const inner = item.items.find((node, i) => i % 2 === 1 && node.kind === "map" && !node.flow);
  return {
    newline,
    listIndent: dashes - column(list.key),
    dash: between(column(item) - dashes, PLAIN_LAYOUT.dash),
    unit: between(inner === undefined ? 0 : column(inner) - column(item), PLAIN_LAYOUT.unit),
  };
}

function firstList(root: YamlNode | undefined): { key: YamlNode; value: YamlNode } | undefined {
  if (root === undefined || root.flow) return undefined;
  for (let i = 0; i + 1 < root.items.length; i += 2) {
    const value = root.items[i + 1]!;
    const first = value.items[0];
    if (value.kind === "seq" && !value.flow && first?.kind === "map" && !first.flow) {
      return { key: root.items[i]!, value };
    }
  }
  return undefined;
}

function between(found: number, otherwise: number): number {
  return found >= 2 && found <= 8 ? found : otherwise;
}
