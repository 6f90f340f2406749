import type { YamlNode } from "./yaml_node.ts";

/*
 * Nodes that keep only what differs between them, in half the memory of an object with all fields: of a big file there are
 * a hundred thousand and more, and making room for them takes longer than reading the text.
 */

const NO_ITEMS: readonly YamlNode[] = [];

type Span = Pick<YamlNode, "start" | "end">;

/** A node without anchor and tag. */
abstract class LineNode implements Span {
  readonly start: number;
  readonly end: number;

  constructor({ start, end }: Span) {
    this.start = start;
    this.end = end;
  }

  get body(): number {
    return this.start;
  }

  get target(): undefined {
    return undefined;
  }

  get anchor(): undefined {
    return undefined;
  }

  get tag(): undefined {
    return undefined;
  }

  get keepsTail(): false {
    return false;
  }
}

/** A scalar that ends on the line on which it begins, outside of brackets. */
export class LineScalar extends LineNode implements YamlNode {
  readonly text: string;
  readonly style: "plain" | "quoted";

  constructor(span: Span, { text, style }: Pick<LineScalar, "text" | "style">) {
    super(span);
    this.text = text;
    this.style = style;
  }

  get kind(): "scalar" {
    return "scalar";
  }

  get flow(): false {
    return false;
  }

  get items(): readonly YamlNode[] {
    return NO_ITEMS;
  }
}

/** A list or mapping. */
export class LineCollection extends LineNode implements YamlNode {
  readonly kind: "map" | "seq";
  readonly items: readonly YamlNode[];

  constructor(span: Span, { kind, items }: Pick<LineCollection, "kind" | "items">) {
    super(span);
    this.kind = kind;
    this.items = items;
  }

  /** Only an empty one has brackets. */
  get flow(): boolean {
    return this.items.length === 0;
  }

  get text(): "" {
    return "";
  }

  get style(): "plain" {
    return "plain";
  }
}
