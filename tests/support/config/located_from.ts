import type { FilePosition, Located, LocatedMap, LocatedScalar } from "../../../src/config/values/located.ts";
import { placeAt } from "../../../src/formats/text/position.ts";
import { resolved, type YamlNode, type YamlText } from "../../../src/formats/yaml/node.ts";
import { parseTree } from "../../../src/formats/yaml/tree.ts";

/** One YAML text as the loader would hand it on: no imports, no functions, no merging. */
export function locatedFrom(source: string, file = "atmos.yaml"): LocatedMap {
  const text = parseTree(source);
  const root = text.root === undefined ? undefined : convert({ text, file }, text.root);
  if (root?.kind === "map") return root;
  return { kind: "map", place: { file, line: 1, column: 1 }, entries: new Map() };
}

interface Source {
  readonly text: YamlText;
  readonly file: string;
}

function convert(source: Source, node: YamlNode): Located {
  const target = resolved(node);
  const place = placeIn(source, node);
  if (target.kind === "map") return { kind: "map", place, entries: entriesOf(source, target) };
  if (target.kind === "seq") return { kind: "list", place, items: target.items.map((item) => convert(source, item)) };
  return { kind: "scalar", place, value: valueOf(target), text: target.text };
}

function entriesOf(source: Source, map: YamlNode): LocatedMap["entries"] {
  const entries = new Map();
  for (let i = 0; i < map.items.length; i += 2) {
    const key = map.items[i]!;
    entries.set(key.text, { key: placeIn(source, key), value: convert(source, map.items[i + 1]!) });
  }
  return entries;
}

function placeIn({ text, file }: Source, node: YamlNode): FilePosition {
  return { file, ...placeAt(text.source, node.start) };
}

/** YAML 1.2's core schema. */
function valueOf({ style, text }: YamlNode): LocatedScalar["value"] {
  if (style !== "plain") return text;
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|false|False|FALSE)$/.test(text)) return text.toLowerCase() === "true";
  if (/^[-+]?\d+$|^0o[0-7]+$|^0x[\da-fA-F]+$|^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  return text;
}
