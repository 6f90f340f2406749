import { placeAt } from "../../formats/text/position.ts";
import { hasOddBreaks, isUsual, refuseControls, refuseOddBreaks } from "../../formats/yaml/breaks.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { treeOfLines } from "../../formats/yaml/lines.ts";
import {
  findPair,
  findValue,
  isMergeKey,
  isNull,
  resolved,
  type YamlNode,
  type YamlText,
} from "../../formats/yaml/node.ts";
import { refuseTabs } from "../../formats/yaml/tabs.ts";
import { parseTree } from "../../formats/yaml/tree.ts";
import { getText, isText } from "../../formats/yaml/value.ts";

/** The three lists of a kubeconfig. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export const SECTIONS = ["clusters", "contexts", "users"] as const;
export type SectionName = typeof SECTIONS[number];
/** Where each list keeps its payload. */
export const PAYLOAD = { clusters: "cluster", contexts: "context", users: "user" } as const;

/** What a kubeconfig says it is, where it says anything. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
const SAYS = { apiVersion: "v1", kind: "Config" } as const;
const DIRECTIVE = /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n|%(?!YAML).*\r?\n)*%YAML[ \t]+(\S+)/;

interface NamedEntry {
  readonly name: string;
  /** The item as it stands in the list; may be an alias. */
  readonly node: YamlNode;
  /** The entry's own data, or undefined when it is null or missing. */
  readonly payload: YamlNode | undefined;
}

interface Section {
  /** The list, when the section has items. */
  readonly list: YamlNode | undefined;
  readonly entries: ReadonlyMap<string, NamedEntry>;
  /** What each item of the list is; undefined for one without a name. */
  readonly named: readonly (NamedEntry | undefined)[];
}

/** A parsed kubeconfig whose shape is one that kubectl reads. */
export interface Kubeconfig extends Readonly<Record<SectionName, Section>> {
  readonly text: YamlText;
  /** undefined when there is none, or it is empty. */
  readonly currentContext: string | undefined;
}

/**
 * Parses a kubeconfig. Throws YamlError, with line and column, for what kubectl would not read or what is ambiguous.
 *
 * What tools have written is read line by line, anything else by the parser, and so is, whatever it looks like, the text
 * that an edit has made: two readers have to agree before it is written.
 *
 * With `like`, a parsed text that is almost the same, its nodes serve for what is unchanged (see {@link parseTree}): the
 * result is good for comparing, not for editing, and places in errors may be those of `like`.
 */
export function parseKubeconfig(source: string, like?: Kubeconfig): Kubeconfig {
  const lines = like === undefined ? treeOfLines(source) : undefined;
  const usual = lines !== undefined || isUsual(source);
  const text = lines ?? parseTree(source, usual || !hasOddBreaks(source) ? like?.text.root : undefined);
  const root = text.root;
  if (root !== undefined && !isNull(root) && root.kind !== "map") {
    refuse(text, { node: root, found: `a kubeconfig must be a mapping, found ${what(root)}` });
  }
  if (!usual) {
    refuseControls(text);
    refuseOddBreaks(text);
    refuseTabs(text);
  }
  if (lines === undefined && root !== undefined) refuseKeysOfMany(text, root);
  checkDocumentKind(text);
  if (root?.kind === "map") refuseOddKeys(text, { map: root, unless: undefined });
  return {
    text,
    clusters: section(text, { name: "clusters", like }),
    contexts: section(text, { name: "contexts", like }),
    users: section(text, { name: "users", like }),
    currentContext: currentContext(text),
  };
}

/** Refuses (YamlError) a file that is something else than a kubeconfig: kubectl would not read it either. */
function checkDocumentKind(text: YamlText): void {
  const { source, root } = text;
  const version = DIRECTIVE.exec(source);
  if (version !== null && version[1] !== "1.1") {
    const at = version[0].length - version[1]!.length;
    throw new YamlError(`kubectl reads YAML 1.1, found ${version[1]}`, placeAt(source, at));
  }
  for (const [key, only] of Object.entries(SAYS)) {
    const node = findValue(root, key);
    if (node === undefined || isNull(resolved(node))) continue;
    const said = getText(node);
    if (said === only || said === "") continue;
    throw new YamlError(`${key} is ${said ?? "not a string"}, and must be ${only}`, placeAt(source, node.start));
  }
}

function currentContext(text: YamlText): string | undefined {
  const node = findValue(text.root, "current-context");
  if (node === undefined || isNull(node)) return undefined;
  const value = getText(node);
  if (value === undefined) {
    refuse(text, { node, found: `current-context is ${what(node)}, it must be a string: put quotes around it` });
  }
  return value === "" ? undefined : value;
}

function section(text: YamlText, { name, like }: { name: SectionName; like: Kubeconfig | undefined }): Section {
  const list = findValue(text.root, name);
  if (list === undefined || isNull(list)) return { list: undefined, entries: new Map(), named: [] };
  if (list.kind === "alias") refuse(text, { node: list, found: `${name} is an alias; write the list out` });
  if (list.kind !== "seq") refuse(text, { node: list, found: `${name} must be a list, found ${what(list)}` });
  const entries = new Map<string, NamedEntry>();
  const named: (NamedEntry | undefined)[] = [];
  for (const [i, node] of list.items.entries()) {
    const known = like?.[name].named[i];
    const entry = known?.node === node ? known : namedEntry(text, { section: name, node });
    named.push(entry);
    if (entry === undefined) continue;
    if (entries.has(entry.name)) refuse(text, { node, found: `${name} has two entries named "${entry.name}"` });
    entries.set(entry.name, entry);
  }
  return { list: list.items.length === 0 ? undefined : list, entries, named };
}

function namedEntry(text: YamlText, at: { section: SectionName; node: YamlNode }): NamedEntry | undefined {
  const map = resolved(at.node);
  if (isNull(map)) return undefined;
  if (map.kind !== "map") {
    return refuse(text, { node: at.node, found: `an entry of ${at.section} must be a mapping, found ${what(map)}` });
  }
  refuseOddKeys(text, { map, unless: "name" });
  const name = findPair(map, "name")?.value;
  if (name === undefined || isNull(resolved(name))) return undefined;
  const value = getText(name);
  if (value === undefined) {
    return refuse(text, {
      node: name,
      found: `a name in ${at.section} is ${what(name)}, it must be a string: put quotes around it`,
    });
  }
  return { name: value, node: at.node, payload: payload(text, { ...at, map }) };
}

function payload(text: YamlText, at: { section: SectionName; map: YamlNode }): YamlNode | undefined {
  const key = PAYLOAD[at.section];
  const node = findValue(at.map, key);
  if (node === undefined || isNull(node)) return undefined;
  const target = resolved(node);
  if (target.kind !== "map") refuse(text, { node, found: `${key} must be a mapping, found ${what(target)}` });
  refuseOddKeys(text, { map: target, unless: at.section === "contexts" ? "user" : "" });
  return target;
}

/** A list or a mapping is no key for kubectl, wherever it stands. */
function refuseKeysOfMany(text: YamlText, node: YamlNode): void {
  node.items.forEach((item, at) => {
    const isKey = node.kind === "map" && at % 2 === 0;
    if (isKey && resolved(item).kind !== "scalar") refuse(text, { node: item, found: `${what(item)} cannot be a key` });
    if (item.items.length > 0) refuseKeysOfMany(text, item);
  });
}

/**
 * Keys must be plain words here: what an alias, a tag or `<<` makes of a key, readers see and this editor does not.
 * `<<` is fine where it cannot bring the key `unless`, since that is there ("" stands for no key that matters).
 */
function refuseOddKeys(text: YamlText, { map, unless }: { map: YamlNode; unless: string | undefined }): void {
  for (let i = 0; i < map.items.length; i += 2) {
    const node = map.items[i]!;
    if (node.kind !== "scalar" || (node.tag !== undefined && node.tag !== "!!str" && node.tag !== "!")) {
      refuse(text, { node, found: "a key here must be a plain word" });
    }
    if (isMergeKey(node) && unless !== "" && (unless === undefined || findPair(map, unless) === undefined)) {
      refuse(text, { node, found: "a merge key (<<) takes keys from elsewhere; write them out" });
    }
  }
}

/** Refuses (YamlError) `<<` in an entry that is to be changed: what it brings would stand beside what is written. */
export function refuseMergeKeys(text: YamlText, entry: YamlNode): void {
  const node = resolved(entry);
  const keys = node.kind === "map" ? node.items.filter((_, i) => i % 2 === 0) : [];
  const merge = keys.find(isMergeKey);
  if (merge !== undefined) {
    refuse(text, { node: merge, found: "a merge key (<<) takes keys from elsewhere; write them out" });
  }
  node.items.forEach((item, i) => {
    if (node.kind !== "map" || (i % 2 === 1 && node.items[i - 1]!.text !== "extensions")) refuseMergeKeys(text, item);
  });
}

function refuse(text: YamlText, { node, found }: { node: YamlNode; found: string }): never {
  throw new YamlError(found, placeAt(text.source, node.start));
}

function what(node: YamlNode): string {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "seq") return "a list";
  if (isNull(node)) return "null";
  return isText(node) ? "a string" : `not a string (${node.text})`;
}
