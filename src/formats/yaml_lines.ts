import { isUsual } from "./yaml_breaks.ts";
import { LineCollection, LineScalar } from "./yaml_line_nodes.ts";
import type { YamlNode, YamlText } from "./yaml_node.ts";
import { twinKey } from "./yaml_twin.ts";

/** Deeper than any kubeconfig, and far from where the parser gives up. */
const MAX_DEPTH = 40;
const NO_ITEMS: readonly YamlNode[] = [];

const KEY = /[A-Za-z_][\w.-]*:(?= |\n|$)/y;
/** How a plain value may begin: nothing that means anything to a reader of YAML. */
const PLAIN = /[\w./+~<=$(]|-[^ \n]/y;
const QUOTED = /"[^"\\\n]*"|'[^'\n]*'/y;

/**
 * The tree of a YAML text as tools write it, a key or an item on each line, read line by line in a third of the time that
 * the parser takes: the same nodes with the same offsets as of {@link parseTree}. undefined for a text in which anything
 * else stands, be it right or wrong: that one is for the parser.
 */
export function treeOfLines(source: string): YamlText | undefined {
  if (!isUsual(source)) return undefined;
  const root = new Lines(source).document();
  return root === undefined ? undefined : { source, root, anchored: [], aliased: new Set() };
}

/** A list or mapping whose lines are being read. */
interface Open {
  readonly kind: "map" | "seq";
  readonly column: number;
  readonly start: number;
  /** Where in the row of finished nodes its items begin. */
  readonly first: number;
}

class Lines {
  readonly #source: string;
  readonly #open: Open[] = [];
  /** Finished nodes whose list or mapping is not; only those below `#count` count. */
  readonly #row: YamlNode[] = [];
  #count = 0;
  /** Whether the last key has no value yet. */
  #awaits = false;
  /** End of the last token. */
  #last = 0;
  /** Where the next ` #` and the next `: ` stand, at or behind the line that is read. */
  #comment = -1;
  #colon = -1;

  constructor(source: string) {
    this.#source = source;
  }

  document(): YamlNode | undefined {
    const source = this.#source;
    for (let at = 0; at < source.length;) {
      const found = source.indexOf("\n", at);
      const end = found < 0 ? source.length : found;
      if (!this.#line(at, end)) return undefined;
      at = end + 1;
    }
    if (this.#awaits || this.#open.length === 0) return undefined;
    while (this.#open.length > 0) if (!this.#close()) return undefined;
    return this.#row[0];
  }

  /** Whether the line was understood. */
  #line(start: number, end: number): boolean {
    let at = start;
    while (this.#source.charCodeAt(at) === 0x20) at++;
    if (at >= end || this.#source.charCodeAt(at) === 0x23) return true;
    const isItem = this.#source.charCodeAt(at) === 0x2d && this.#source.charCodeAt(at + 1) === 0x20;
    if (!this.#enter({ kind: isItem ? "seq" : "map", column: at - start, start: at })) return false;
    if (!isItem) return this.#key(at, end);
    at += 2;
    while (this.#source.charCodeAt(at) === 0x20) at++;
    if (!this.#isKey(at)) return this.#value(at, end);
    this.#push({ kind: "map", column: at - start, start: at });
    return this.#key(at, end);
  }

  /** Closes what ends above a line, and opens what begins with it. */
  #enter(line: Pick<Open, "kind" | "column" | "start">): boolean {
    const { kind, column } = line;
    if (!this.#awaits) {
      for (let top = this.#open.at(-1); top !== undefined && isOver(top, line); top = this.#open.at(-1)) {
        if (!this.#close()) return false;
      }
    }
    const top = this.#open.at(-1);
    if (top === undefined) return column === 0 && kind === "map" && this.#push(line);
    if (!this.#awaits) return top.column === column && top.kind === kind;
    this.#awaits = false;
    return (column > top.column || (column === top.column && kind === "seq")) && this.#push(line);
  }

  #push({ kind, column, start }: Pick<Open, "kind" | "column" | "start">): boolean {
    return this.#open.push({ kind, column, start, first: this.#count }) < MAX_DEPTH;
  }

  #isKey(at: number): boolean {
    KEY.lastIndex = at;
    return KEY.test(this.#source);
  }

  #key(at: number, end: number): boolean {
    if (!this.#isKey(at)) return false;
    const colon = KEY.lastIndex - 1;
    this.#scalar({ start: at, end: colon, style: "plain" });
    let value = colon + 1;
    while (this.#source.charCodeAt(value) === 0x20) value++;
    if (value < end) return this.#value(value, end);
    this.#awaits = true;
    return true;
  }

  /** A value that ends with its line. */
  #value(start: number, end: number): boolean {
    const source = this.#source;
    PLAIN.lastIndex = start;
    if (PLAIN.test(source)) {
      const last = source.charCodeAt(end - 1);
      if (last === 0x20 || last === 0x3a || !this.#isWhole(start, end)) return false;
      return this.#scalar({ start, end, style: "plain" });
    }
    QUOTED.lastIndex = start;
    if (QUOTED.test(source)) return QUOTED.lastIndex === end && this.#scalar({ start, end, style: "quoted" });
    const empty = source.slice(start, end);
    if (empty !== "{}" && empty !== "[]") return false;
    return this.#add(new LineCollection({ start, end }, { kind: empty === "{}" ? "map" : "seq", items: NO_ITEMS }));
  }

  /** Whether no comment begins in a plain value, and no key ends. */
  #isWhole(start: number, end: number): boolean {
    if (this.#comment < start) this.#comment = this.#next(" #", start);
    if (this.#colon < start) this.#colon = this.#next(": ", start);
    return this.#comment >= end && this.#colon >= end;
  }

  #next(part: string, from: number): number {
    const found = this.#source.indexOf(part, from);
    return found < 0 ? this.#source.length : found;
  }

  #scalar({ start, end, style }: Pick<YamlNode, "start" | "end"> & { style: "plain" | "quoted" }): boolean {
    const quote = style === "quoted" ? 1 : 0;
    const text = this.#source.slice(start + quote, end - quote);
    return this.#add(new LineScalar({ start, end }, { text, style }));
  }

  /** Whether no key of the mapping is there twice. */
  #close(): boolean {
    const { kind, start, first } = this.#open.pop()!;
    const items = this.#row.slice(first, this.#count);
    this.#count = first;
    this.#add(new LineCollection({ start, end: this.#last }, { kind, items }));
    return kind === "seq" || twinKey(items) === undefined;
  }

  #add(node: YamlNode): true {
    this.#row[this.#count++] = node;
    this.#last = node.end;
    return true;
  }
}

/** Whether a list or mapping ends above a line: it is deeper, or a list with its dashes below its key. */
function isOver(top: Open, line: Pick<Open, "kind" | "column">): boolean {
  return top.column > line.column || (top.column === line.column && top.kind === "seq" && line.kind === "map");
}
