/** A node of a YAML text with the exact place it stands at. Offsets count UTF-16 code units, ends are exclusive. */
export interface YamlNode {
  readonly kind: "map" | "seq" | "scalar" | "alias";
  /** Where the node begins, its anchor and tag included. */
  readonly start: number;
  /** Where it begins without them. */
  readonly body: number;
  /** Where its last token ends; for a block scalar, after its last line break. */
  readonly end: number;
  /** Written with brackets, or inside something that is. */
  readonly flow: boolean;
  /** A list's items; a mapping's keys and values in turn. */
  readonly items: readonly YamlNode[];
  /** A scalar's decoded value; an alias's anchor name. */
  readonly text: string;
  /** What an alias stands for: the last node before it with that anchor. */
  readonly target: YamlNode | undefined;
  readonly style: "plain" | "quoted" | "block";
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
  /** Blank lines after it are content (`|+`). */
  readonly keepsTail: boolean;
}

/** A YAML text of at most one document, with its node tree. */
export interface YamlText {
  readonly source: string;
  /** undefined when the text holds no node: empty, or comments only. */
  readonly root: YamlNode | undefined;
  /** Nodes that have an anchor, as they end. */
  readonly anchored: readonly YamlNode[];
  /** Those of them that aliases stand for. */
  readonly aliased: ReadonlySet<YamlNode>;
}

/** The value of a mapping's key, or undefined. */
export function findValue(map: YamlNode | undefined, key: string): YamlNode | undefined {
  return findPair(map, key)?.value;
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** Which pair of its mapping it is, from 0. */
  readonly index: number;
}

/** A mapping's key with its value, or undefined. */
export function findPair(map: YamlNode | undefined, key: string): YamlPair | undefined {
  if (map?.kind !== "map") return undefined;
  for (let i = 0; i < map.items.length; i += 2) {
    const name = map.items[i]!;
    if (name.kind === "scalar" && name.text === key) return { key: name, value: map.items[i + 1]!, index: i / 2 };
  }
  return undefined;
}

/** The keys of a mapping; none where there is no mapping. */
export function listKeys(map: YamlNode | undefined): readonly string[] {
  return (map?.items ?? []).filter((_, i) => i % 2 === 0).map(({ text }) => text);
}

/** The node an alias stands for; any other node itself. */
export function resolved(node: YamlNode): YamlNode {
  return node.target ?? node;
}

/** Written as nothing, `~` or `null`. */
export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.style === "plain" && node.tag === undefined &&
    /^(|~|null|Null|NULL)$/.test(node.text);
}

/** Whether an alias stands for the node or for one inside it. */
export function isAliased(text: YamlText, node: YamlNode): boolean {
  return text.aliased.has(node) || node.items.some((item) => isAliased(text, item));
}

/** `<<`, by which readers of YAML 1.1 take keys from another mapping. */
export function isMergeKey(key: YamlNode): boolean {
  return key.text === "<<" && key.kind === "scalar" && (key.style === "plain" || key.tag === "!!merge");
}

/** Returns the texts of all scalars in a node, keys and arguments of tags among them; an alias has none of its own. */
export function listTexts(node: YamlNode | undefined): readonly string[] {
  if (node === undefined || node.kind === "alias") return [];
  return node.kind === "scalar" ? [node.text] : node.items.flatMap(listTexts);
}
