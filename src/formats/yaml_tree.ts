import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";
import { YamlError } from "./yaml_error.ts";
import type { YamlNode, YamlText } from "./yaml_node.ts";
import { afterClosing, blockHeader, emptyValue } from "./yaml_spans.ts";

type Event = ReturnType<typeof parseEvents>[number];
type Scalar = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type Alias = Extract<Event, { type: typeof EVENT_ID.ALIAS }>;
type Collection = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;
type Marks = Pick<Scalar, "anchorStart" | "anchorEnd" | "tagStart" | "tagEnd">;

const MAX_DEPTH = 50;
/** How many nodes aliases may stand for in all; a bomb has billions, a hand-written file has dozens. */
const MAX_EXPANDED = 1_000_000;

/** Parses a YAML text of at most one document into nodes with offsets. Throws YamlError with line and column. */
export function parseTree(source: string): YamlText {
  const builder = new Builder(source, eventsOf(source));
  const root = builder.document();
  return { source, root, anchors: builder.anchors };
}

function eventsOf(source: string): Event[] {
  try {
    return parseEvents(source, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const mark = error.mark ?? { line: 0, column: 0 };
    throw new YamlError(error.reason, { line: mark.line + 1, column: mark.column + 1 });
  }
}

class Builder {
  readonly anchors = new Map<string, YamlNode>();
  readonly #source: string;
  readonly #events: readonly Event[];
  readonly #weights = new Map<string, number>();
  #next = 0;
  /** End of the last token that was seen. */
  #last: number;
  #expanded = 0;

  constructor(source: string, events: readonly Event[]) {
    this.#source = source;
    this.#events = events;
    this.#last = source.startsWith("\uFEFF") ? 1 : 0;
  }

  document(): YamlNode | undefined {
    if (this.#events.length === 0) return undefined;
    this.#next++;
    const root = this.#node(false);
    this.#next++;
    if (this.#next < this.#events.length) {
      throw YamlError.at(this.#source, this.#secondDocument(), "a second YAML document begins here");
    }
    return root;
  }

  #secondDocument(): number {
    const found = /^(---|\.\.\.)/gm;
    found.lastIndex = this.#last;
    return found.exec(this.#source)?.index ?? this.#last;
  }

  #node(inFlow: boolean): YamlNode {
    const event = this.#events[this.#next++]!;
    this.#expanded++;
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event, inFlow);
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event);
    return this.#collection(event as Collection, inFlow);
  }

  #alias(event: Alias): YamlNode {
    const text = this.#source.slice(event.anchorStart, event.anchorEnd);
    if (!this.anchors.has(text)) {
      throw YamlError.at(this.#source, event.anchorStart - 1, `the alias *${text} has no anchor before it`);
    }
    this.#expanded += this.#weights.get(text) ?? 0;
    if (this.#expanded > MAX_EXPANDED) {
      throw YamlError.at(this.#source, event.anchorStart - 1, "aliases that multiply into too many values");
    }
    this.#last = event.anchorEnd;
    const base = {
      flow: true,
      items: [],
      style: "plain",
      keepsTail: false,
      anchor: undefined,
      tag: undefined,
    } as const;
    return {
      ...base,
      kind: "alias",
      start: event.anchorStart - 1,
      body: event.anchorStart - 1,
      end: event.anchorEnd,
      text,
    };
  }

  #scalar(event: Scalar, flow: boolean): YamlNode {
    const [start, end] = this.#scalarSpan(event);
    this.#last = end;
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    return this.#anchored({
      kind: "scalar",
      start: Math.min(start, firstMark(event)),
      body: start,
      end,
      flow,
      items: [],
      text: getScalarValue(this.#source, event),
      style: block ? "block" : event.style === SCALAR_STYLE.PLAIN ? "plain" : "quoted",
      keepsTail: block && event.chomping === CHOMPING_MODE.KEEP,
      ...this.#marks(event),
    }, 0);
  }

  #scalarSpan(event: Scalar): [number, number] {
    const from = Math.max(this.#last, event.anchorEnd, event.tagEnd);
    if (event.valueStart < 0) {
      const at = from === this.#last ? emptyValue(this.#source, from) : from;
      return [at, at];
    }
    if (event.style === SCALAR_STYLE.PLAIN) return [event.valueStart, event.valueEnd];
    if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
      return [event.valueStart - 1, event.valueEnd + 1];
    }
    return [blockHeader(this.#source, from, event.valueStart), event.valueEnd];
  }

  #collection(event: Collection, inFlow: boolean): YamlNode {
    const before = this.#expanded;
    const flow = event.style === COLLECTION_STYLE.FLOW;
    this.#last = Math.max(this.#last, event.start + (flow ? 1 : 0));
    const items: YamlNode[] = [];
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) items.push(this.#node(flow || inFlow));
    this.#next++;
    const kind = event.type === EVENT_ID.MAPPING ? "map" : "seq";
    if (flow) this.#last = afterClosing(this.#source, this.#last, kind === "map" ? "}" : "]");
    if (kind === "map") this.#refuseDuplicates(items);
    return this.#anchored({
      kind,
      start: Math.min(event.start, firstMark(event)),
      body: event.start,
      end: this.#last,
      flow,
      items,
      text: "",
      style: "plain",
      keepsTail: !flow && items.at(-1)?.keepsTail === true,
      ...this.#marks(event),
    }, this.#expanded - before);
  }

  #refuseDuplicates(items: readonly YamlNode[]): void {
    const seen = new Set<string>();
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i]!;
      if (key.kind !== "scalar") continue;
      if (seen.has(key.text)) throw YamlError.at(this.#source, key.start, `the key "${key.text}" is there twice`);
      seen.add(key.text);
    }
  }

  #marks(event: Marks): Pick<YamlNode, "anchor" | "tag"> {
    const anchor = event.anchorStart < 0 ? undefined : this.#source.slice(event.anchorStart, event.anchorEnd);
    const tag = event.tagStart < 0 ? undefined : this.#source.slice(event.tagStart, event.tagEnd);
    return { anchor, tag };
  }

  #anchored(node: YamlNode, weight: number): YamlNode {
    if (node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
      this.#weights.set(node.anchor, weight + 1);
    }
    return node;
  }
}

function firstMark(event: Marks): number {
  const anchor = event.anchorStart < 0 ? Infinity : event.anchorStart - 1;
  return Math.min(anchor, event.tagStart < 0 ? Infinity : event.tagStart);
}
