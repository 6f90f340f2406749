import { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, getScalarValue, SCALAR_STYLE } from "js-yaml";
import { placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";
import { eventSlices } from "./event_slices.ts";
import { type YamlEvent, yamlEvents } from "./events.ts";
import type { YamlNode, YamlText } from "./node.ts";
import { afterClosing, blockHeader, emptyValue } from "./spans.ts";
import { twinKey } from "./twin.ts";

type Scalar = Extract<YamlEvent, { type: typeof EVENT_ID.SCALAR }>;
type Collection = Extract<YamlEvent, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

const NO_ITEMS: readonly YamlNode[] = [];
/** kubectl reads no longer one, and the parser does. https://yaml.org/spec/1.2.2/#742-flow-mappings */
const LONGEST_KEY = 1_024;
/** How many nodes aliases may stand for in all; a bomb has billions, a hand-written file has dozens. */
const MAX_EXPANDED = 1_000_000;

/**
 * Parses a YAML text of at most one document into nodes with offsets. Throws YamlError with line and column.
 *
 * Nodes that say what the node in the same place of `like` says are that very node, with its offsets, not this text's:
 * half the time and memory for a big text that is almost another one.
 */
export function parseTree(source: string, like?: YamlNode): YamlText {
  const sliced = like === undefined ? undefined : buildSliced(source, like);
  return sliced ?? build(source, { events: [yamlEvents(source)], like });
}

/** In less memory; undefined where a slice is refused: that of the whole text tells why, and where. */
function buildSliced(source: string, like: YamlNode): YamlText | undefined {
  try {
    return build(source, { events: eventSlices(source), like });
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function build(
  source: string,
  { events, like }: { readonly events: Iterable<readonly YamlEvent[]>; readonly like: YamlNode | undefined },
): YamlText {
  const builder = new Builder(source, events);
  const root = builder.document(like);
  return { source, root, anchored: builder.anchored, aliased: builder.aliased };
}

class Builder {
  readonly anchored: YamlNode[] = [];
  readonly aliased = new Set<YamlNode>();
  readonly #anchors = new Map<string, YamlNode>();
  readonly #source: string;
  readonly #slices: Iterator<readonly YamlEvent[]>;
  #events: readonly YamlEvent[] = [];
  readonly #weights = new Map<string, number>();
  #next = 0;
  /** End of the last token that was seen. */
  #last: number;
  #expanded = 0;

  constructor(source: string, slices: Iterable<readonly YamlEvent[]>) {
    this.#source = source;
    this.#slices = slices[Symbol.iterator]();
    this.#last = source.startsWith("\uFEFF") ? 1 : 0;
  }

  document(like: YamlNode | undefined): YamlNode | undefined {
    if (this.#event() === undefined) return undefined;
    this.#next++;
    const root = this.#node(false, like);
    this.#next++;
    if (this.#event() !== undefined) {
      throw new YamlError("a second YAML document begins here", placeAt(this.#source, this.#secondDocument()));
    }
    return root;
  }

  /** The next one; undefined at the end. */
  #event(): YamlEvent | undefined {
    while (this.#next >= this.#events.length) {
      const { done, value } = this.#slices.next();
      if (done) return undefined;
      this.#next -= this.#events.length;
      this.#events = value;
    }
    return this.#events[this.#next];
  }

  #secondDocument(): number {
    const found = /^---/gm;
    found.lastIndex = this.#last;
    return found.exec(this.#source)?.index ?? this.#last;
  }

  #node(flow: boolean, like: YamlNode | undefined): YamlNode {
    const event = this.#event()!;
    this.#next++;
    this.#expanded++;
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event);
    if (event.type !== EVENT_ID.SCALAR) return this.#collection(event as Collection, { flow, like });
    if (like === undefined || like.flow !== flow || !saysSame(this.#source, { event, like })) {
      return this.#scalar(event, flow);
    }
    this.#last = event.style === SCALAR_STYLE.PLAIN ? event.valueEnd : event.valueEnd + 1;
    return like;
  }

  #alias(event: Extract<YamlEvent, { type: typeof EVENT_ID.ALIAS }>): YamlNode {
    const text = this.#source.slice(event.anchorStart, event.anchorEnd);
    const start = event.anchorStart - 1;
    const target = this.#anchors.get(text);
    if (target === undefined) {
      // The name is a secret where this is one that begins with a star.
      const found = "the alias has no anchor before it; put a value that begins with * in quotes";
      throw new YamlError(found, placeAt(this.#source, start));
    }
    this.#expanded += this.#weights.get(text) ?? 0;
    if (this.#expanded > MAX_EXPANDED) {
      throw new YamlError("aliases that multiply into too many values", placeAt(this.#source, start));
    }
    this.#last = event.anchorEnd;
    this.aliased.add(target);
    return {
      kind: "alias",
      start,
      body: start,
      end: event.anchorEnd,
      flow: true,
      items: NO_ITEMS,
      text,
      target,
      style: "plain",
      anchor: undefined,
      tag: undefined,
      keepsTail: false,
    };
  }

  // Nodes are written out field by field, always in this order: spreading them costs a third of the time on big files.
  #scalar(event: Scalar, flow: boolean): YamlNode {
    const start = this.#scalarStart(event);
    const end = this.#scalarEnd(event, start);
    this.#last = end;
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    return this.#anchored({
      kind: "scalar",
      start: firstMark(event, start),
      body: start,
      end,
      flow,
      items: NO_ITEMS,
      text: block ? blockText(this.#source, event) : getScalarValue(this.#source, event),
      target: undefined,
      style: block ? "block" : event.style === SCALAR_STYLE.PLAIN ? "plain" : "quoted",
      anchor: this.#slice(event.anchorStart, event.anchorEnd),
      tag: this.#slice(event.tagStart, event.tagEnd),
      keepsTail: block && event.chomping === CHOMPING_MODE.KEEP,
    }, 0);
  }

  #scalarStart(event: Scalar): number {
    if (event.style === SCALAR_STYLE.PLAIN && event.valueStart >= 0) return event.valueStart;
    const from = Math.max(this.#last, event.anchorEnd, event.tagEnd);
    if (event.valueStart < 0) return from === this.#last ? emptyValue(this.#source, from) : from;
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    return quoted ? event.valueStart - 1 : blockHeader(this.#source, { from, content: event.valueStart });
  }

  #scalarEnd(event: Scalar, start: number): number {
    if (event.valueStart < 0) return start;
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    return quoted ? event.valueEnd + 1 : event.valueEnd;
  }

  #collection(event: Collection, at: { flow: boolean; like: YamlNode | undefined }): YamlNode {
    const before = this.#expanded;
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const kind = event.type === EVENT_ID.MAPPING ? "map" : "seq";
    const like = at.like !== undefined && isBareCollection(at.like, { kind, flow }) ? at.like : undefined;
    this.#last = Math.max(this.#last, event.start + (flow ? 1 : 0));
    const items = this.#items(flow || at.flow, like?.items);
    if (flow) this.#last = afterClosing(this.#source, { from: this.#last, bracket: kind === "map" ? "}" : "]" });
    if (items === like?.items && event.anchorStart < 0 && event.tagStart < 0) return like!;
    if (kind === "map") this.#checkKeys(items);
    return this.#anchored({
      kind,
      start: firstMark(event, event.start),
      body: event.start,
      end: this.#last,
      flow,
      items,
      text: "",
      target: undefined,
      style: "plain",
      anchor: this.#slice(event.anchorStart, event.anchorEnd),
      tag: this.#slice(event.tagStart, event.tagEnd),
      keepsTail: !flow && items.at(-1)?.keepsTail === true,
    }, this.#expanded - before);
  }

  /** The very list `like` when all its items are there and no others. */
  #items(inFlow: boolean, like: readonly YamlNode[] | undefined): readonly YamlNode[] {
    let items: YamlNode[] | undefined = like === undefined ? [] : undefined;
    let count = 0;
    for (; this.#event()!.type !== EVENT_ID.POP; count++) {
      const old = like?.[count];
      const node = this.#node(inFlow, old);
      if (items === undefined && node !== old) items = like!.slice(0, count);
      items?.push(node);
    }
    this.#next++;
    return items ?? (count === like!.length ? like! : like!.slice(0, count));
  }

  #checkKeys(items: readonly YamlNode[]): void {
    const long = items.find(({ start, end }, at) => at % 2 === 0 && end - start > LONGEST_KEY);
    if (long !== undefined) {
      throw new YamlError(`a key has more than ${LONGEST_KEY} characters`, placeAt(this.#source, long.start));
    }
    const twin = twinKey(items);
    if (twin === undefined) return;
    throw new YamlError(`the key "${twin.text}" is there twice`, placeAt(this.#source, twin.start));
  }

  #slice(start: number, end: number): string | undefined {
    return start < 0 ? undefined : this.#source.slice(start, end);
  }

  #anchored(node: YamlNode, weight: number): YamlNode {
    if (node.anchor !== undefined) {
      this.anchored.push(node);
      this.#anchors.set(node.anchor, node);
      this.#weights.set(node.anchor, weight + 1);
    }
    return node;
  }
}

/** The parser ends a block with a line break even where the file ends without one; kubectl's reader and YAML do not. */
function blockText(source: string, event: Scalar): string {
  const text = getScalarValue(source, event);
  const isLast = event.valueEnd >= source.length && !source.endsWith("\n");
  const isCut = isLast && (/\S/.test(source.slice(source.lastIndexOf("\n") + 1)) || /(?:^|\n) +\n$/.test(text));
  return isCut && text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** Whether a scalar without anchor, tag and escapes says, in the same way, what `like` says. */
function saysSame(source: string, { event, like }: { event: Scalar; like: YamlNode }): boolean {
  return event.fast && event.valueEnd - event.valueStart === like.text.length && like.kind === "scalar" &&
    event.anchorStart < 0 && event.tagStart < 0 && like.anchor === undefined && like.tag === undefined &&
    like.style === (event.style === SCALAR_STYLE.PLAIN ? "plain" : "quoted") &&
    source.startsWith(like.text, event.valueStart);
}

function isBareCollection(node: YamlNode, { kind, flow }: Pick<YamlNode, "kind" | "flow">): boolean {
  return node.kind === kind && node.flow === flow && node.anchor === undefined && node.tag === undefined;
}

/** Where a node begins with its anchor and tag. */
function firstMark(event: Pick<Scalar, "anchorStart" | "anchorEnd" | "tagStart" | "tagEnd">, start: number): number {
  const anchor = event.anchorStart < 0 ? start : event.anchorStart - 1;
  return Math.min(anchor, event.tagStart < 0 ? start : event.tagStart, start);
}
