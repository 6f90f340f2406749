import { COLLECTION_STYLE, EVENT_ID } from "js-yaml";
import { placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";
import { type YamlEvent, yamlEvents } from "./events.ts";

/** Characters that are parsed at a time, to the next line where a slice may end. */
const SLICE_LENGTH = 16_384;
/** A key or an item at the top, which nothing that began before it goes on in, unless it is not closed: then all is parsed. */
const BOUNDARY = /\n(?=[A-Za-z]|- )/g;
/** Documents and directives; then the text is in one slice. */
const MARKERS = /^(?:---|\.\.\.|%)/m;

interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the events of a text, some at a time: a big text has too many to hold all of them at once. Each slice is parsed
 * by itself, as a mapping that begins with a key at the top, or as a sequence that begins with an item at the top and goes
 * on with the one before it. Throws YamlError where a slice is anything else, or cannot be parsed: then only the whole text
 * says what is wrong, if anything is.
 */
export function* eventSlices(source: string, length: number = SLICE_LENGTH): Generator<readonly YamlEvent[]> {
  const slices = MARKERS.test(source) ? [{ start: 0, end: source.length }] : cut(source, length);
  for (const [at, slice] of slices.entries()) {
    const next = slices[at + 1];
    yield innerEvents(source, { slice, isFirst: at === 0, isLast: next === undefined, goesOn: isItem(source, next) });
  }
}

function isItem(source: string, slice: Slice | undefined): boolean {
  return slice !== undefined && source[slice.start] === "-";
}

/** The first item of a sequence stays with its key, which would otherwise have no value. */
function cut(source: string, length: number): readonly Slice[] {
  const starts = [0];
  let hasItem = false;
  for (const { index } of source.matchAll(BOUNDARY)) {
    const start = index + 1;
    const isItem = source[start] === "-";
    const isLong = start - starts.at(-1)! >= length && (!isItem || hasItem);
    // A slice of items ends where the next key begins.
    if (isLong || (!isItem && source[starts.at(-1)!] === "-")) starts.push(start);
    hasItem = isItem;
  }
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? source.length }));
}

interface Position {
  readonly slice: Slice;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether the next slice goes on with the sequence at the end of this one. */
  readonly goesOn: boolean;
}

/** What a slice adds to the events of the ones before it. */
function innerEvents(source: string, { slice, isFirst, isLast, goesOn }: Position): readonly YamlEvent[] {
  const events = yamlEvents(source.slice(slice.start, slice.end));
  if (isFirst && isLast) return events;
  const begins = isItem(source, slice) && !isFirst ? EVENT_ID.SEQUENCE : EVENT_ID.MAPPING;
  const isInSequence = begins === EVENT_ID.SEQUENCE;
  if (!isOneBlock(events, begins) || (goesOn && !isInSequence && !endsWithSequence(events))) {
    throw new YamlError("part of the text is not part of a mapping", placeAt(source, slice.start));
  }
  for (const event of events) shift(event, slice.start);
  // A sequence has the end of its own and of the document; that of the mapping around it is in no slice.
  const end = events.at(-1)!;
  events.length -= goesOn && !isInSequence ? 3 : 2;
  const ends = goesOn ? 0 : (isInSequence ? 1 : 0) + (isLast ? 2 : 0);
  for (let count = 0; count < ends; count++) events.push(end);
  if (!isFirst) events.splice(0, 2);
  return events;
}

/** Whether these are one document with one block collection and nothing else. */
function isOneBlock(events: readonly YamlEvent[], type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE): boolean {
  const [, root] = events;
  return root?.type === type && root.style === COLLECTION_STYLE.BLOCK &&
    !events.some((event, at) => event.type === EVENT_ID.DOCUMENT && at > 0);
}

/** Whether the last value of the mapping at the top is a block sequence. */
function endsWithSequence(events: readonly YamlEvent[]): boolean {
  let depth = 0;
  for (let at = events.length - 3; at > 1; at--) {
    const event = events[at]!;
    if (event.type === EVENT_ID.POP) depth++;
    else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth--;
    if (depth === 0) return event.type === EVENT_ID.SEQUENCE && event.style === COLLECTION_STYLE.BLOCK;
  }
  return false;
}

/** From the slice's offsets to the text's; -1 stands for none. */
function shift(event: YamlEvent, by: number): void {
  if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return;
  if (event.anchorStart >= 0) {
    event.anchorStart += by;
    event.anchorEnd += by;
  }
  if (event.type === EVENT_ID.ALIAS) return;
  if (event.tagStart >= 0) {
    event.tagStart += by;
    event.tagEnd += by;
  }
  if (event.type !== EVENT_ID.SCALAR) event.start += by;
  else if (event.valueStart >= 0) {
    event.valueStart += by;
    event.valueEnd += by;
  }
}
