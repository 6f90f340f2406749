import { columnAt, lineEnd, lineStart, nextLine, placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";
import { findPair, isAliased, isNull, resolved, type YamlNode, type YamlPair, type YamlText } from "./node.ts";
import {
  afterDash,
  afterKey,
  detectLayout,
  documentText,
  flowText,
  openBlock,
  pairs,
  type YamlLayout,
} from "./render.ts";
import { quote, yamlString } from "./scalar.ts";
import { afterLines, opensLine, withoutBlankTail } from "./spans.ts";
import { removalSplices, removedRuns, type Run } from "./removal.ts";
import { Splices } from "./splices.ts";
import { hasValue, isMap, isNothing, isScalar, KeyedItems, saysMerged, type YamlMap, type YamlValue } from "./value.ts";

/** Collects changes to a YAML text and makes them all at once; every byte that no change names stays as it is. */
export class Splicer {
  readonly #text: YamlText;
  readonly #source: string;
  readonly #layout: YamlLayout;
  readonly #splices = new Splices();

  constructor(text: YamlText) {
    this.#text = text;
    this.#source = text.source;
    this.#layout = detectLayout(text);
  }

  /** Makes the document's root say these keys; other keys stay. */
  root(value: YamlMap): void {
    const root = this.#text.root;
    if (root === undefined || isNull(root) || (root.kind === "map" && this.#isBlank(root))) {
      this.#newDocument(value);
    } else {
      this.merge(root, value);
    }
  }

  /** Makes a mapping say these keys, deeply; a key whose value is undefined is taken away; other keys stay. */
  merge(map: YamlNode, value: YamlMap): void {
    const gone = new Set<YamlNode>();
    const added: Record<string, YamlValue> = {};
    for (const [key, item] of Object.entries(value)) {
      const pair = findPair(map, key);
      if (item === undefined) {
        if (pair !== undefined) gone.add(pair.key);
      } else if (pair === undefined) {
        if (!isNothing(item)) added[key] = item;
      } else if (item instanceof KeyedItems && isNothing(item) && this.#allGone(pair.value, item)) gone.add(pair.key);
      else this.#set(pair, item);
    }
    if (gone.size > 0 && gone.size * 2 === map.items.length) return this.#replaceAll(map, added);
    for (const run of removedRuns(map, gone)) this.#remove(map, run);
    this.#insert(map, added);
  }

  /** Makes a list's item, a mapping, say these keys. */
  change(item: YamlNode, value: YamlMap): void {
    const target = resolved(item);
    if (target === item) this.merge(item, value);
    else if (!saysMerged(target, value)) this.#refuseAnchor(item);
  }

  /** Adds an item at the end of a list that has items. */
  append(list: YamlNode, value: YamlValue): void {
    if (list.flow) return this.#insertFlow(list, flowText(value));
    const dash = columnAt(this.#source, list.body);
    const own = columnAt(this.#source, list.items[0]!.body) - dash;
    const layout = own > 1 && list.items[0]!.kind === "map" ? { ...this.#layout, dash: own } : this.#layout;
    this.#insertLines(list, {
      column: dash,
      text: `${" ".repeat(dash)}-${afterDash(layout, { value, column: dash })}`,
    });
  }

  /** Takes items away from a list, each with its lines and the comments that are indented as its own. */
  removeItems(list: YamlNode, gone: ReadonlySet<YamlNode>): void {
    list.items.filter((item) => gone.has(item)).forEach((item) => this.#refuseAliased(item));
    removalSplices(this.#source, { list, gone }).forEach((splice) => this.#splices.add(splice));
  }

  /** How many changes there are so far. */
  get size(): number {
    return this.#splices.size;
  }

  /** The changed text; the source itself when nothing had to change. */
  apply(): string {
    const text = this.#splices.applied(this.#source, this.#layout.newline);
    const open = openBlock(this.#text);
    if (open !== undefined && !text.endsWith(this.#source.slice(open.start))) {
      const found = "this value ends the file without a line break, and text behind it would add one to the value";
      throw new YamlError(`${found}: end the file with a line break first`, placeAt(this.#source, open.start));
    }
    return text;
  }

  #newDocument(value: YamlMap): void {
    const body = documentText(this.#layout, value);
    const root = this.#text.root;
    if (root !== undefined && root.body < root.end) {
      const at = nextLine(this.#source, root.end);
      const comment = this.#source.slice(root.end, at).trim() !== "";
      this.#splices.add({ start: root.body, end: comment ? root.end : at, text: "" });
      return this.#splices.add({ start: at, end: at, text: body, lines: true });
    }
    const mark = /^\.\.\.(?=\s|$)/m.exec(this.#source);
    const start = mark?.index ?? this.#source.length;
    this.#splices.add({ start, end: start, text: body, lines: true });
  }

  #set(pair: YamlPair, value: YamlValue): void {
    const old = pair.value;
    if (hasValue(old, value)) return;
    if (isMap(value) && old.kind === "map") return this.merge(old, value);
    if (isMap(value) && old.kind === "alias" && saysMerged(old, value)) return;
    if (value instanceof KeyedItems && old.kind === "seq" && old.items.length > 0) return this.#setItems(old, value);
    if (Array.isArray(value) && old.kind === "seq" && old.items.length === 0 && !this.#isBlank(old)) {
      return this.#insertFlow(old, value.map(flowText).join(", "));
    }
    if (Array.isArray(value) && old.kind === "seq" && old.items.length === value.length) {
      if (old.items.every((item, i) => this.#canSetItem(item, value[i]!))) {
        return old.items.forEach((item, i) => this.#setItem(item, value[i]!));
      }
    }
    if (isScalar(value) && old.kind === "alias") return this.#scalar(old, value);
    this.#refuseAnchor(old);
    if (isScalar(value) && old.kind === "scalar" && old.start < old.end) return this.#scalar(old, value);
    this.#replaceAfterKey(pair, value);
  }

  #canSetItem(item: YamlNode, value: YamlValue): boolean {
    return isScalar(value) ? item.kind === "scalar" && item.start < item.end : isMap(value) && item.kind === "map";
  }

  #setItem(item: YamlNode, value: YamlValue): void {
    if (hasValue(item, value)) return;
    if (isScalar(value)) this.#scalar(item, value);
    else this.merge(item, value as YamlMap);
  }

  /** Whether a list or mapping holds nothing, not even a comment. */
  #isBlank(node: YamlNode): boolean {
    return node.flow && node.items.length === 0 && !this.#source.slice(node.body, node.end).includes("#");
  }

  #allGone(list: YamlNode, items: KeyedItems): boolean {
    return list.items.every((item) => items.wanted(item) === "gone");
  }

  #setItems(list: YamlNode, items: KeyedItems): void {
    list.items.forEach((item, index) => {
      const want = items.wanted(item);
      if (want === "gone") this.#removeItem(list, index);
      else if (want !== undefined) this.change(item, want);
    });
    for (const item of items.missing(list.items)) this.append(list, item);
  }

  #removeItem(list: YamlNode, index: number): void {
    const item = list.items[index]!;
    this.#refuseAliased(item);
    if (list.flow) {
      const next = list.items[index + 1];
      if (index > 0) return this.#splices.add({ start: list.items[index - 1]!.end, end: item.end, text: "" });
      return this.#splices.add({ start: item.start, end: next?.start ?? item.end, text: "" });
    }
    const dash = this.#source.lastIndexOf("-", item.start - 1);
    const end = this.#contentEnd(item);
    const stop = this.#source[end - 1] === "\n" ? end : nextLine(this.#source, end);
    this.#splices.add({ start: lineStart(this.#source, dash), end: stop, text: "" });
  }

  #scalar(old: YamlNode, value: string | true): void {
    this.#refuseAliased(old);
    const end = this.#contentEnd(old);
    const brk = old.style === "block" && this.#source[end - 1] === "\n" ? this.#layout.newline : "";
    const isQuoted = (old.flow && old.kind !== "alias") || old.style === "quoted";
    const text = value === true ? "true" : isQuoted ? quote(value) : yamlString(value);
    this.#splices.add({ start: old.start, end: Math.max(end, old.start), text: text + brk });
  }

  /** Replaces all that follows `key:`; a comment at the end of the key's line stays there. */
  #replaceAfterKey(pair: YamlPair, value: YamlValue): void {
    const colon = this.#colonAfter(pair.key) + 1;
    const column = columnAt(this.#source, pair.key.body);
    const end = Math.max(colon, this.#contentEndOfLine(pair.value));
    if (pair.key.flow) return this.#splices.add({ start: colon, end, text: ` ${flowText(value)}` });
    const text = afterKey(this.#layout, { value, column });
    if (!text.startsWith(this.#layout.newline)) return this.#splices.add({ start: colon, end, text });
    this.#splices.add({ start: colon, end, text: "" });
    const at = this.#afterComments({ end, column });
    this.#splices.add({ start: at, end: at, text, column });
  }

  /** Comments below a key without a value are no part of what comes there: that would take them along when it goes. */
  #afterComments(from: { readonly end: number; readonly column: number }): number {
    const below = afterLines(this.#source, from);
    const isBelow = below > nextLine(this.#source, from.end);
    return lineEnd(this.#source, isBelow ? lineStart(this.#source, below - 1) : from.end);
  }

  #colonAfter(key: YamlNode): number {
    const colon = this.#source.indexOf(":", key.end);
    return colon < 0 ? key.end : colon;
  }

  #insert(map: YamlNode, added: Readonly<Record<string, YamlValue>>): void {
    const entries = Object.entries(added);
    if (map.flow) {
      const items = entries.map(([key, value]) => `${quote(key)}: ${flowText(value)}`);
      if (map.items.length > 0) return items.forEach((item) => this.#insertFlow(map, item));
      return this.#insertFlow(map, items.join(", "));
    }
    const column = columnAt(this.#source, map.items[0]!.body);
    for (const [key, value] of entries) {
      const text = `${" ".repeat(column)}${yamlString(key)}:${afterKey(this.#layout, { value, column })}`;
      this.#insertLines(map, { column, text });
    }
  }

  #insertLines(block: YamlNode, { column, text }: { readonly column: number; readonly text: string }): void {
    const at = block.keepsTail ? block.end : afterLines(this.#source, { end: this.#contentEnd(block), column });
    this.#splices.add({ start: at, end: at, text: text + this.#layout.newline, column, lines: true });
  }

  #insertFlow(collection: YamlNode, item: string): void {
    if (item === "") return;
    const last = collection.items.at(-1);
    const at = last?.end ?? collection.body + 1;
    if (last === undefined) return this.#splices.add({ start: at, end: at, text: item });
    const first = collection.items[0]!;
    const lead = opensLine(this.#source, first.body)
      ? this.#layout.newline + this.#source.slice(lineStart(this.#source, first.body), first.body)
      : " ";
    this.#splices.add({ start: at, end: at, text: `,${lead}${item}` });
  }

  #replaceAll(map: YamlNode, value: YamlMap): void {
    map.items.forEach((item) => this.#refuseAnchor(item));
    const column = columnAt(this.#source, map.items[0]!.body);
    const lines = map.flow ? "" : pairs(this.#layout, { value, column }).slice(this.#layout.newline.length + column);
    const start = map.flow ? map.body : map.items[0]!.start;
    this.#splices.add({ start, end: this.#contentEndOfLine(map), text: lines === "" ? flowText(value) : lines });
  }

  /** Takes away neighbouring pairs with their lines; what stays in front of them on a line stays. */
  #remove(map: YamlNode, { from, to }: Run): void {
    map.items.slice(from, to).forEach((item) => this.#refuseAnchor(item));
    const first = map.items[from]!;
    const last = map.items[to - 1]!;
    if (from === 0) return this.#splices.add({ start: first.start, end: map.items[to]!.start, text: "" });
    if (map.flow) return this.#splices.add({ start: map.items[from - 1]!.end, end: last.end, text: "" });
    const end = this.#contentEnd(last);
    const stop = this.#source[end - 1] === "\n" ? end : nextLine(this.#source, end);
    this.#splices.add({ start: lineStart(this.#source, first.start), end: stop, text: "" });
  }

  /** End of a block's content without the line break that a block scalar takes along. */
  #contentEndOfLine(node: YamlNode): number {
    const end = this.#contentEnd(node);
    return this.#source[end - 1] === "\n" ? lineEnd(this.#source, lineStart(this.#source, end - 1)) : end;
  }

  #contentEnd(node: YamlNode): number {
    return node.keepsTail ? node.end : withoutBlankTail(this.#source, node.end);
  }

  #refuseAnchor(node: YamlNode): void {
    if (node.kind === "alias") this.#refuse(node, `the alias *${node.text} is used`);
    this.#refuseAliased(node);
  }

  #refuseAliased(node: YamlNode): void {
    if (isAliased(this.#text, node)) this.#refuse(node, "an anchor that other values use is defined");
  }

  #refuse(node: YamlNode, what: string): never {
    throw new YamlError(
      `${what} where a value must change; write the value out`,
      placeAt(this.#source, node.start),
    );
  }
}
