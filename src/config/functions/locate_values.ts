import { YamlError } from "../../formats/text/source_error.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import type { FilePosition, Located, LocatedEntry, LocatedMap } from "../values/located.ts";
import { FORBIDDEN_KEY, makeMap, makeText, MAX_HEIGHT } from "../values/make_located.ts";
import { plainValue, taggedValue } from "../values/scalar_value.ts";
import type { SourceFile } from "../files/source_file.ts";
import { foreignTag, getTag, showTag } from "../values/yaml_tag.ts";

interface Built {
  readonly value: Located;
  /** How deep it is nested, aliases followed: a chain of anchors can be far deeper than the text. */
  readonly height: number;
}

/** What nodes with a tag of their own, such as `!env`, came to. */
type NodeValues = ReadonlyMap<YamlNode, Located>;

interface LocateInput {
  readonly values: NodeValues;
  /** Functions stay what they are, to be called when their value is needed. */
  readonly keepsFunctions?: boolean;
}

/**
 * A file's tree as data with places; aliases and merge keys (`<<`) are resolved, an alias keeps its anchor's place.
 * undefined when the file holds nothing. Throws YamlError for what YAML allows and a configuration does not.
 */
export function locateValues(source: SourceFile, input: LocateInput): Located | undefined {
  const root = source.yaml.root;
  return root === undefined ? undefined : new Locator(source, input).build(root).value;
}

/** Goes through the text in its order, so that an alias means the last anchor of its name before it. */
class Locator {
  readonly #source: SourceFile;
  readonly #values: NodeValues;
  readonly #keepsFunctions: boolean;
  readonly #anchors = new Map<string, Built>();

  constructor(source: SourceFile, { values, keepsFunctions }: LocateInput) {
    this.#source = source;
    this.#values = values;
    this.#keepsFunctions = keepsFunctions === true;
  }

  build(node: YamlNode): Built {
    if (node.kind === "alias") return this.#anchors.get(node.text)!;
    const built = this.#built(node);
    if (built.height > MAX_HEIGHT) throw this.#error(node, `nested more than ${MAX_HEIGHT} deep`);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, built);
    return built;
  }

  #built(node: YamlNode): Built {
    const value = this.#values.get(node);
    if (value !== undefined) return { value, height: 1 };
    if (node.kind === "scalar" && !node.text.isWellFormed()) {
      throw this.#error(node, "half of a surrogate pair is no character");
    }
    const foreign = foreignTag(node);
    if (foreign === "!append" && node.kind === "seq") return this.#appending(node);
    const tag = this.#keepsFunctions ? foreign : undefined;
    if (tag !== undefined && node.kind === "scalar") return { value: this.#kept(node, tag), height: 1 };
    if (tag !== undefined && tag !== "!literal") {
      throw this.#error(node, `${showTag(tag) ?? "the YAML tag"} takes text, not a list or a mapping`);
    }
    if (node.kind === "scalar") return { value: this.#scalar(node), height: 1 };
    return node.kind === "map" ? this.#map(node) : this.#list(node);
  }

  #scalar(node: YamlNode): Located {
    const tag = getTag(node);
    const typed = node.style === "plain" ? plainValue(node.text) : node.text;
    const value = tag === undefined ? typed : taggedValue(tag, node.text);
    if (value === undefined) throw this.#error(node, `the value is not what its tag ${tag} says`);
    return { kind: "scalar", place: this.#place(node), value, text: node.text };
  }

  #kept(node: YamlNode, tag: string): Located {
    const place = this.#place(node);
    // Kept as a call, so that no template in it is rendered.
    if (tag === "!literal") return { ...makeText(node.text, place), call: { tag, text: node.text } };
    const text = `${tag} ${node.text}`.trimEnd();
    return { ...makeText(text, place), call: { tag, text: node.text } };
  }

  #appending(node: YamlNode): Built {
    const { value, height } = this.#list(node);
    return { value: { ...value, appends: true } as Located, height };
  }

  #list(node: YamlNode): Built {
    const items = node.items.map((item) => this.build(item));
    const value: Located = { kind: "list", place: this.#place(node), items: items.map((item) => item.value) };
    return { value, height: heightOver(items) };
  }

  #map(node: YamlNode): Built {
    const entries = new Map<string, LocatedEntry>();
    const merged: LocatedMap[] = [];
    const parts: Built[] = [];
    for (let at = 0; at < node.items.length; at += 2) {
      const [key, item] = [node.items[at]!, node.items[at + 1]!];
      const name = this.#key(key);
      const built = this.build(item);
      parts.push(built);
      if (isMergeKey(key)) { for (const map of this.#merged(item, built.value)) merged.push(map); }
      else entries.set(name, { key: this.#place(key), value: built.value });
    }
    for (const [name, entry] of merged.flatMap((map) => [...map.entries])) {
      if (!entries.has(name)) entries.set(name, entry);
    }
    // Which names there are is from beyond the tree, too.
    const fetched = merged.find((map) => map.fetched?.isBeyond)?.fetched;
    const map = makeMap(entries, this.#place(node));
    return { value: fetched === undefined ? map : { ...map, fetched }, height: heightOver(parts) };
  }

  #key(node: YamlNode): string {
    if (getTag(node) !== undefined && getTag(node) !== "!!str") {
      throw this.#error(node, `a key cannot have ${node.tag && showTag(node.tag) ? `the tag ${node.tag}` : "a tag"}`);
    }
    const { value } = this.build(node);
    if (value.kind !== "scalar") throw this.#error(node, "a key must be a string, not a list or a mapping");
    if (value.text === FORBIDDEN_KEY) throw this.#error(node, `a key must not be ${FORBIDDEN_KEY}`);
    return value.text;
  }

  #merged(node: YamlNode, value: Located): readonly LocatedMap[] {
    const maps = value.kind === "list" ? value.items : [value];
    if (maps.every((map) => map.kind === "map")) return maps;
    throw this.#error(node, "a merge key (<<) takes a mapping or a list of mappings");
  }

  #place(node: YamlNode): FilePosition {
    return this.#source.placeOf(node);
  }

  #error(node: YamlNode, found: string): YamlError {
    return new YamlError(found, this.#place(node));
  }
}

function isMergeKey(node: YamlNode): boolean {
  return node.kind === "scalar" && node.text === "<<" && node.style === "plain" && node.tag === undefined;
}

function heightOver(parts: readonly Built[]): number {
  return 1 + parts.reduce((most, part) => Math.max(most, part.height), 0);
}
