import { hclLanguage } from "codemirror-lang-hcl";
import { placeAt } from "../text/position.ts";
import { HclError } from "../text/source_error.ts";
import { heredocText, quotedText } from "./strings.ts";

/** A value of an HCL file, with the offset where it stands. */
export type HclValue =
  | { readonly kind: "scalar"; readonly at: number; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly HclValue[] }
  | HclMap;

export interface HclMap {
  readonly kind: "map";
  readonly at: number;
  readonly entries: ReadonlyMap<string, { readonly at: number; readonly value: HclValue }>;
}

type SyntaxNode = ReturnType<typeof hclLanguage.parser.parse>["topNode"];

const MOST_KIBIBYTES = 64;
/** The longer a text in quotes is, the longer the parser takes for each of its characters; behind some 3,000 it gives up. */
const MOST_OF_A_TEXT = 2048;
const MAX_DEPTH = 100;
const NOT_PLAIN = "only values that are written out are read, not variables, functions or operators";

/**
 * The attributes of an HCL file, such as one of Terraform's variables, and its blocks as mappings by type and labels.
 * Throws HclError with line and column for what is no HCL, and for whatever only Terraform could work out.
 */
export function parseHcl(source: string): HclMap {
  const text = source.replace(/^\uFEFF/, " ");
  if (text.length > MOST_KIBIBYTES * 1024) {
    throw new HclError(`it is larger than ${MOST_KIBIBYTES} KiB`, { line: 1, column: 1 });
  }
  const path = /(?:\s*\.\s*[\p{L}\p{N}_*-]+){200}/u.exec(text);
  if (path !== null) throw new HclError(NOT_PLAIN, placeAt(text, path.index));
  const long = findLongText(text);
  if (long !== undefined) throw new HclError("this text is longer than 2 KiB", placeAt(text, long));
  return new Reader(text).body(parseTree(text).getChild("Body"), 0);
}

/** Where a heredoc, or a text in quotes, begins that is too long. */
function findLongText(text: string): number | undefined {
  const quoted = /"(?:[^"\\\r\n]|\\.){2048}/.exec(text)?.index;
  let [at, start]: [number, { readonly name: string; readonly at: number } | undefined] = [0, undefined];
  for (const line of text.split("\n")) {
    if (start === undefined) {
      const name = /<<-?\s*([\p{L}\p{N}_-]+)\s*$/u.exec(line)?.[1];
      start = name === undefined ? undefined : { name, at };
    } else if (line.trim() === start.name) start = undefined;
    else if (at + line.length - start.at > MOST_OF_A_TEXT) return Math.min(start.at, quoted ?? Infinity);
    at += line.length + 1;
  }
  return quoted;
}

/** Without it the parser looks for a way on behind every mistake, which takes it seconds for some thousand of them. */
const STRICT = hclLanguage.parser.configure({ strict: true });

/** The parser has no limit for what is nested, and fails on what is too deep for it. */
function parseTree(text: string): SyntaxNode {
  try {
    return STRICT.parse(text).topNode;
  } catch (error) {
    const [, at] = error instanceof SyntaxError ? /^No parse at (\d+)$/.exec(error.message) ?? [] : [];
    if (at !== undefined && !isDeep(text.slice(0, Number(at)))) {
      throw new HclError("it is not HCL", placeAt(text, Number(at)));
    }
    if (at === undefined && !(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new HclError(`nested more than ${MAX_DEPTH} deep`, { line: 1, column: 1 });
  }
}

/** Whether more is open at the end of a text than is read. */
function isDeep(text: string): boolean {
  const bare = text.replaceAll(/"(?:[^"\\\n$]|\\.|\$(?!\{))*"|(?:#|\/\/)[^\n]*|\/\*[^]*?\*\//g, "");
  const count = (pattern: RegExp) => bare.match(pattern)?.length ?? 0;
  return count(/[[{(]/g) - count(/[\])}]/g) > MAX_DEPTH;
}

class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  error(at: number, found: string): HclError {
    return new HclError(found, placeAt(this.#text, at));
  }

  body(node: SyntaxNode | null, depth: number): HclMap {
    this.#refuseDeep(node?.from ?? 0, depth);
    const entries = new Map<string, { at: number; value: HclValue }>();
    let end = -1;
    for (const item of listChildren(node)) {
      if (end >= 0 && !this.#text.slice(end, item.from).includes("\n")) {
        throw this.error(item.from, "this must begin a new line");
      }
      end = item.to;
      const [name, value] = item.name === "Block" ? this.#block(item, depth) : this.#attribute(item, depth);
      this.#add(entries, { name, at: item.from, value });
    }
    return { kind: "map", at: node?.from ?? 0, entries };
  }

  #attribute(node: SyntaxNode, depth: number): readonly [string, HclValue] {
    return [this.#slice(node.getChild("Identifier")!), this.#value(node.getChild("Expression")!, depth + 1)];
  }

  /** `type "label" { … }` is the mapping of that label in the mapping of that type. */
  #block(node: SyntaxNode, depth: number): readonly [string, HclValue] {
    const labels = node.getChildren("BlockLabel").map((label) => this.#label(label));
    const inner: HclValue = this.body(node.getChild("Body"), depth + 1);
    const value = labels.reduceRight<HclValue>(
      (under, label) => ({ kind: "map", at: node.from, entries: new Map([[label, { at: node.from, value: under }]]) }),
      inner,
    );
    return [this.#slice(node.getChild("BlockType")!), value];
  }

  #label(node: SyntaxNode): string {
    const text = node.getChild("StringLit");
    return text === null ? this.#slice(node) : this.#quoted(text);
  }

  #add(
    entries: Map<string, { at: number; value: HclValue }>,
    { name, at, value }: { readonly name: string; readonly at: number; readonly value: HclValue },
  ): void {
    const there = entries.get(name);
    if (there === undefined) entries.set(name, { at, value });
    else if (!this.#isBlock(there.at) || !this.#isBlock(at)) throw this.error(at, `"${name}" is there twice`);
    else entries.set(name, { at: there.at, value: this.#joined(there.value, value) });
  }

  /** Blocks of one type are one mapping. */
  #joined(under: HclValue, over: HclValue): HclValue {
    if (under.kind !== "map" || over.kind !== "map") throw this.error(over.at, "this is there twice");
    const entries = new Map(under.entries);
    for (const [name, { at, value }] of over.entries) {
      const there = entries.get(name);
      entries.set(name, there === undefined ? { at, value } : { at, value: this.#joined(there.value, value) });
    }
    return { ...under, entries };
  }

  /** Whether what begins there is a block: no `=` follows its name. */
  #isBlock(at: number): boolean {
    return !/^[\p{L}\p{N}_-]+\s*=/u.test(this.#text.slice(at, at + 1024));
  }

  #value(node: SyntaxNode, depth: number): HclValue {
    this.#refuseDeep(node.from, depth);
    const [first, second, third] = listChildren(node);
    if (first?.name === "(" && third?.name === ")") return this.#value(second!, depth + 1);
    if (first === undefined || second !== undefined) throw this.error(node.from, NOT_PLAIN);
    const inner = first.firstChild;
    switch (inner === null ? "" : `${first.name} ${inner.name}`) {
      case "CollectionValue Tuple":
        return {
          kind: "list",
          at: inner!.from,
          items: inner!.getChildren("Expression").map((item) => this.#value(item, depth + 1)),
        };
      case "CollectionValue Object":
        return this.#object(inner!, depth);
      default:
        return { kind: "scalar", at: first.from, value: this.#scalar(first, inner) };
    }
  }

  #object(node: SyntaxNode, depth: number): HclValue {
    const entries = new Map<string, { at: number; value: HclValue }>();
    for (const item of node.getChildren("ObjectElem")) {
      const key = item.getChild("ObjectKey")!;
      const name = this.#key(key, depth);
      if (entries.has(name)) throw this.error(key.from, `"${name}" is there twice`);
      entries.set(name, { at: key.from, value: this.#value(item.getChild("Expression")!, depth + 1) });
    }
    return { kind: "map", at: node.from, entries };
  }

  #key(node: SyntaxNode, depth: number): string {
    const bare = node.firstChild?.getChild("VariableExpr");
    if (bare) return this.#slice(bare);
    const value = this.#value(node.firstChild!, depth + 1);
    if (value.kind !== "scalar" || value.value === null) throw this.error(node.from, "a key must be a string");
    return String(value.value);
  }

  #scalar(node: SyntaxNode, inner: SyntaxNode | null): string | number | boolean | null {
    const text = this.#slice(node);
    switch (inner?.name) {
      case "StringLit":
      case "QuotedTemplate":
        return this.#quoted(inner);
      case "HeredocTemplate":
        return this.#heredoc(inner);
      case "NumericLit":
        return Number(text);
      case "BoolLit":
        return text === "true";
      case "NullLit":
        return null;
      case "UnaryOperation":
        if (/^-\s*[0-9.eE+-]+$/.test(text)) return -Number(text.slice(1));
    }
    throw this.error(node.from, NOT_PLAIN);
  }

  #quoted(node: SyntaxNode): string {
    this.#refuseTemplate(node);
    const raw = this.#text.slice(node.from + 1, node.to - 1);
    if (/[\r\n]/.test(raw)) throw this.error(node.from, "a quoted text must end on its line");
    return quotedText(raw);
  }

  #heredoc(node: SyntaxNode): string {
    this.#refuseTemplate(node);
    const [start, end] = node.getChildren("HeredocIdentifier");
    const isIndented = this.#slice(node.getChild("HeredocStart")!).endsWith("-");
    return heredocText(this.#text.slice(start!.to, end!.to), { name: this.#slice(start!), isIndented });
  }

  #refuseTemplate(node: SyntaxNode): void {
    const made = listChildren(node).find(({ name }) => /^Template(?:Interpolation|Directive)$/.test(name));
    if (made !== undefined) throw this.error(made.from, NOT_PLAIN);
  }

  #refuseDeep(at: number, depth: number): void {
    if (depth > MAX_DEPTH) throw this.error(at, `nested more than ${MAX_DEPTH} deep`);
  }

  #slice({ from, to }: SyntaxNode): string {
    return this.#text.slice(from, to);
  }
}

/** What stands in a node, comments apart. */
function listChildren(node: SyntaxNode | null): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") children.push(child);
  }
  return children;
}
