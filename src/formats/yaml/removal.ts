import type { Splice } from "./splices.ts";
import { columnAt, lineStart, nextLine } from "../text/position.ts";
import type { YamlNode } from "./node.ts";
import { afterLines, withoutBlankTail, withoutComments } from "./spans.ts";

type Cut = Pick<Splice, "start" | "end" | "text">;

interface RemovalInput {
  readonly list: YamlNode;
  /** Items of the list. */
  readonly gone: ReadonlySet<YamlNode>;
}

/**
 * What to cut out of a text so that a list loses items: each with its lines, and with the comments below it that are
 * indented as its own. A list of lines that loses all of them becomes `[]`, behind its key.
 */
export function removalSplices(source: string, { list, gone }: RemovalInput): readonly Cut[] {
  if (list.flow) return itemRuns(list, gone).map(({ from, to }) => flowCut(list, { from, to }));
  const items = list.items.filter((item) => gone.has(item));
  const cuts = items.map((item) => blockCut(source, { list, item }));
  if (items.length < list.items.length) return cuts;
  const colon = withoutComments(source.slice(0, list.body));
  return [{ start: colon, end: colon, text: " []" }, ...cuts];
}

function flowCut({ items }: YamlNode, { from, to }: { readonly from: number; readonly to: number }): Cut {
  const last = items[to - 1]!;
  if (from > 0) return { start: items[from - 1]!.end, end: last.end, text: "" };
  return { start: items[0]!.start, end: items[to]?.start ?? last.end, text: "" };
}

function blockCut(source: string, { list, item }: { readonly list: YamlNode; readonly item: YamlNode }): Cut {
  const column = columnAt(source, list.body);
  const end = item.keepsTail ? item.end : withoutBlankTail(source, item.end);
  const stop = item.keepsTail ? item.end : withoutDetached(source, { end, stop: afterLines(source, { end, column }) });
  return { start: lineStart(source, findDash(source, { list, item })), end: stop, text: "" };
}

/** Comments behind a blank line are about what follows. */
function withoutDetached(source: string, { end, stop }: { readonly end: number; readonly stop: number }): number {
  const from = end > 0 && source[end - 1] === "\n" ? end : nextLine(source, end);
  const blank = source.slice(from, stop).search(/(?<=^|\n)[ \t]*\r?\n/);
  return blank < 0 ? stop : from + blank;
}

/** The dashes of a list stand below each other; a comment between dash and item may have one, too. */
function findDash(source: string, { list, item }: { readonly list: YamlNode; readonly item: YamlNode }): number {
  const column = columnAt(source, list.body);
  let at = source.lastIndexOf("-", item.start - 1);
  while (at > list.body && columnAt(source, at) !== column) at = source.lastIndexOf("-", at - 1);
  return at;
}

/** Neighbouring items of a list, or of a mapping (keys and values in turn), as indexes. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The neighbouring pairs whose keys are to go. */
export function removedRuns(map: YamlNode, gone: ReadonlySet<YamlNode>): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < map.items.length; i += 2) {
    if (!gone.has(map.items[i]!)) continue;
    const before = runs.at(-1);
    if (before?.to === i) runs[runs.length - 1] = { from: before.from, to: i + 2 };
    else runs.push({ from: i, to: i + 2 });
  }
  return runs;
}

/** The neighbouring items of a list that are to go. */
function itemRuns(list: YamlNode, gone: ReadonlySet<YamlNode>): Run[] {
  const runs: Run[] = [];
  list.items.forEach((item, i) => {
    if (!gone.has(item)) return;
    const before = runs.at(-1);
    if (before?.to === i) runs[runs.length - 1] = { from: before.from, to: i + 1 };
    else runs.push({ from: i, to: i + 1 });
  });
  return runs;
}
