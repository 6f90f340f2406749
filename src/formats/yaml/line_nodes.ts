import type { YamlNode } from "./node.ts";

/*
 * Nodes that keep only what differs between them, in a third of the memory of an object with all fields: of a big file
 * there are a hundred thousand and more, and making room for them takes longer than reading the text.
 */

const NO_ITEMS: readonly YamlNode[] = [];

/** A node without anchor and tag. */
abstract class LineNode {
  readonly start: number;

  constructor(start: number) {
    this.start = start;
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

/** A scalar on one line and outside of brackets, in which every character stands for itself. */
abstract class LineScalar extends LineNode {
  readonly text: string;

  constructor(start: number, text: string) {
    super(start);
    this.text = text;
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

export class LinePlain extends LineScalar implements YamlNode {
  get end(): number {
    return this.start + this.text.length;
  }

  get style(): "plain" {
    return "plain";
  }
}

export class LineQuoted extends LineScalar implements YamlNode {
  get end(): number {
    return this.start + this.text.length + 2;
  }

  get style(): "quoted" {
    return "quoted";
  }
}

/** A list or mapping: without items a pair of brackets, with items none. */
abstract class LineCollection extends LineNode {
  readonly items: readonly YamlNode[];

  constructor(start: number, items: readonly YamlNode[]) {
    super(start);
    this.items = items;
  }

  get end(): number {
    return this.items.at(-1)?.end ?? this.start + 2;
  }

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

export class LineMap extends LineCollection implements YamlNode {
  get kind(): "map" {
    return "map";
  }
}

export class LineSeq extends LineCollection implements YamlNode {
  get kind(): "seq" {
    return "seq";
  }
}
