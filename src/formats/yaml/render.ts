import { quoted, yamlString } from "./scalar.ts";
import { isMap, isNothing, KeyedItems, type YamlMap, type YamlValue } from "./value.ts";

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
  return entriesOf(value)
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
  if (typeof value === "string") return quoted(value);
  if (value === true) return "true";
  if (value instanceof KeyedItems) return flowText(value.items.set);
  if (!isMap(value)) return `[${value.map(flowText).join(", ")}]`;
  return `{${entriesOf(value).map(([key, item]) => `${quoted(key)}: ${flowText(item)}`).join(", ")}}`;
}

function entriesOf(value: YamlMap): [string, YamlValue][] {
  return Object.entries(value).filter((entry): entry is [string, YamlValue] =>
    entry[1] !== undefined && !isNothing(entry[1])
  );
}

function pad(columns: number): string {
  return " ".repeat(columns);
}
