import { placeAt } from "../formats/text_place.ts";
import { YamlError } from "../formats/yaml_error.ts";
import { isNull, pairOf, resolved, valueOf, type YamlNode, type YamlText } from "../formats/yaml_node.ts";
import { parseTree } from "../formats/yaml_tree.ts";
import { isText, textOf } from "../formats/yaml_value.ts";

/** The three lists of a kubeconfig. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export const SECTIONS = ["clusters", "contexts", "users"] as const;
export type SectionName = typeof SECTIONS[number];
/** Where each list keeps its payload. */
export const PAYLOAD = { clusters: "cluster", contexts: "context", users: "user" } as const;

export interface NamedEntry {
  readonly name: string;
  /** The item as it stands in the list; may be an alias. */
  readonly node: YamlNode;
  /** The entry's own data, or undefined when it is null or missing. */
  readonly payload: YamlNode | undefined;
}

export interface Section {
  /** The list, when the section has items. */
  readonly list: YamlNode | undefined;
  readonly entries: ReadonlyMap<string, NamedEntry>;
}

/** A parsed kubeconfig whose shape is one that kubectl reads. */
export interface Kubeconfig extends Readonly<Record<SectionName, Section>> {
  readonly text: YamlText;
  /** undefined when there is none, or it is empty. */
  readonly currentContext: string | undefined;
}

/** Parses a kubeconfig. Throws YamlError, with line and column, for what kubectl would not read or what is ambiguous. */
export function parseKubeconfig(source: string): Kubeconfig {
  const text = parseTree(source);
  const root = text.root;
  if (root !== undefined && !isNull(root) && root.kind !== "map") {
    refuse(text, { node: root, found: `a kubeconfig is a mapping, this is ${what(root)}` });
  }
  return {
    text,
    clusters: section(text, "clusters"),
    contexts: section(text, "contexts"),
    users: section(text, "users"),
    currentContext: currentContext(text),
  };
}

function currentContext(text: YamlText): string | undefined {
  const node = valueOf(text.root, "current-context");
  if (node === undefined || isNull(node)) return undefined;
  const value = textOf(text, node);
  if (value === undefined) {
    refuse(text, { node: node, found: `current-context is ${what(node)}, it must be text: put quotes around it` });
  }
  return value === "" ? undefined : value;
}

function section(text: YamlText, name: SectionName): Section {
  const list = valueOf(text.root, name);
  if (list === undefined || isNull(list)) return { list: undefined, entries: new Map() };
  if (list.kind === "alias") refuse(text, { node: list, found: `${name} is an alias; write the list out by hand` });
  if (list.kind !== "seq") refuse(text, { node: list, found: `${name} must be a list, this is ${what(list)}` });
  const entries = new Map<string, NamedEntry>();
  for (const node of list.items) {
    const entry = namedEntry(text, { section: name, node });
    if (entry === undefined) continue;
    if (entries.has(entry.name)) refuse(text, { node: node, found: `${name} has two entries named "${entry.name}"` });
    entries.set(entry.name, entry);
  }
  return { list: list.items.length === 0 ? undefined : list, entries };
}

function namedEntry(text: YamlText, at: { section: SectionName; node: YamlNode }): NamedEntry | undefined {
  const map = resolved(text, at.node);
  if (map.kind !== "map") {
    return refuse(text, { node: at.node, found: `an entry of ${at.section} must be a mapping, this is ${what(map)}` });
  }
  const name = pairOf(map, "name")?.value;
  if (name === undefined) return undefined;
  const value = textOf(text, name);
  if (value === undefined) {
    return refuse(text, {
      node: name,
      found: `a name in ${at.section} is ${what(name)}, it must be text: put quotes around it`,
    });
  }
  return { name: value, node: at.node, payload: payload(text, { ...at, map }) };
}

function payload(text: YamlText, at: { section: SectionName; map: YamlNode }): YamlNode | undefined {
  const key = PAYLOAD[at.section];
  const node = valueOf(at.map, key);
  if (node === undefined || isNull(node)) return undefined;
  const target = resolved(text, node);
  return target.kind === "map"
    ? target
    : refuse(text, { node: node, found: `${key} must be a mapping, this is ${what(target)}` });
}

function refuse(text: YamlText, { node, found }: { node: YamlNode; found: string }): never {
  throw new YamlError(found, placeAt(text.source, node.start));
}

function what(node: YamlNode): string {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "seq") return "a list";
  if (isNull(node)) return "null";
  return isText(node) ? "text" : `not text (${node.text})`;
}
