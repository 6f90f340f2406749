import { quote, yamlString } from "./scalar.ts";
import { isMap, isNothing, KeyedItems, type YamlMap, type YamlValue } from "./value.ts";
import { columnAt, detectNewline, lineEnd } from "../text/position.ts";
import type { YamlNode, YamlText } from "./node.ts";

/** How a file lays out its blocks, so that what is added looks like what is there. */
export interface YamlLayout {
  readonly newline: string;
  /** Columns a nested mapping is indented by. */
  readonly unit: number;
  /** Columns from a key to the dashes of its list. */
  readonly listIndent: number;
  /** Columns from a dash to what follows it. */
  readonly dash: number;
}

/** As `aws` and `kubectl` write. */
export const PLAIN_LAYOUT: YamlLayout = { newline: "\n", unit: 2, listIndent: 0, dash: 2 };

interface At {
  readonly value: YamlValue;
  /** Column of the key or dash that the value follows. */
  readonly column: number;
}

/** A value as the text that follows `key:`; starts with a space or a line break, ends without one. */
export function afterKey(layout: YamlLayout, { value, column }: At): string {
  if (typeof value === "string") return ` ${yamlString(value)}`;
  if (value === true) return " true";
  if (value instanceof KeyedItems) return afterKey(layout, { value: value.items.set, column });
  if (isMap(value)) return pairs(layout, { value, column: column + layout.unit }) || " {}";
  const dashes = column + layout.listIndent;
  const lines = value.map((item) =>
    `${layout.newline}${pad(dashes)}-${afterDash(layout, { value: item, column: dashes })}`
  );
  return lines.join("") || " []";
}

/** A value as the text that follows a list's dash at that column. */
export function afterDash(layout: YamlLayout, { value, column }: At): string {
  if (typeof value === "string") return ` ${yamlString(value)}`;
  if (!isMap(value)) return ` ${flowText(value)}`;
  const inner = column + layout.dash;
  const text = pairs(layout, { value, column: inner });
  return text === "" ? " {}" : pad(layout.dash - 1) + text.slice(layout.newline.length + inner);
}

/** A mapping's lines at that column, each with its line break before it. */
export function pairs(
  layout: YamlLayout,
  { value, column }: { readonly value: YamlMap; readonly column: number },
): string {
  return listEntries(value)
    .map(([key, item]) =>
      `${layout.newline}${pad(column)}${yamlString(key)}:${afterKey(layout, { value: item, column })}`
    )
    .join("");
}

/** A whole document. */
export function documentText(layout: YamlLayout, value: YamlMap): string {
  return pairs(layout, { value, column: 0 }).slice(layout.newline.length) + layout.newline;
}

/** A value on one line, valid as YAML in brackets and as JSON. */
export function flowText(value: YamlValue): string {
  if (typeof value === "string") return quote(value);
  if (value === true) return "true";
  if (value instanceof KeyedItems) return flowText(value.items.set);
  if (!isMap(value)) return `[${value.map(flowText).join(", ")}]`;
  return `{${listEntries(value).map(([key, item]) => `${quote(key)}: ${flowText(item)}`).join(", ")}}`;
}

function listEntries(value: YamlMap): [string, YamlValue][] {
  return Object.entries(value).filter((entry): entry is [string, YamlValue] =>
    entry[1] !== undefined && !isNothing(entry[1])
  );
}

function pad(columns: number): string {
  return " ".repeat(columns);
}

/** The layout a file uses, read off its first list of mappings; what can't be seen is as kubectl writes it. */
export function detectLayout(text: YamlText): YamlLayout {
  const newline = detectNewline(text.source);
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

/**
 * The block scalar that ends the text without a line break, when one behind it would become part of its value. Readers
 * differ on whether the value has that line break already, so nothing can be added behind it.
 */
export function openBlock({ source, root }: YamlText): YamlNode | undefined {
  if (/[\r\n]$/.test(source.slice(-1))) return undefined;
  let last = root;
  while (last !== undefined && last.kind !== "scalar" && last.kind !== "alias") last = last.items.at(-1);
  if (last?.style !== "block" || last.end < source.length) return undefined;
  const header = source.slice(last.body, lineEnd(source, last.body));
  return /^[|>]\d?-/.test(header) ? undefined : last;
}
