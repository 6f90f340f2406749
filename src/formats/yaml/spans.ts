import { lineEnd, lineStart, nextLine } from "../text/position.ts";

/** Offset after the bracket that closes a flow collection whose last token ended at `from`. */
export function afterClosing(source: string, { from, bracket }: { from: number; bracket: "]" | "}" }): number {
  let at = from;
  while (at < source.length && source[at] !== bracket) {
    at = source[at] === "#" ? lineEnd(source, at) : at + 1;
  }
  return at + 1;
}

/** Offset of the `|` or `>` of a block scalar whose content starts at `content`; `from` is the end of what stands before. */
export function blockHeader(source: string, { from, content }: { from: number; content: number }): number {
  let end = Math.max(from, content);
  while (end > from && /\s/.test(source[end - 1]!)) end--;
  const start = Math.max(from, lineStart(source, end));
  const found = source.slice(start, Math.max(end, start)).search(/[|>]/);
  return found < 0 ? content : start + found;
}

/** Where a value that is written as nothing stands: after its `:` or `-`, or where the last token ended. */
export function emptyValue(source: string, from: number): number {
  const mark = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*[:-](?=\s|$|[,\]}])/.exec(source.slice(from, from + 200));
  return mark === null ? from : from + mark[0].length;
}

/** Trailing blank lines that a block scalar swallowed but does not keep are no one's: step back over them. */
export function withoutBlankTail(source: string, end: number): number {
  let at = end;
  while (at > 0 && source[at - 1] === "\n") {
    const line = lineStart(source, at - 1);
    if (source.slice(line, at).trim() !== "") break;
    at = line;
  }
  return at;
}

/**
 * Offset after the line that holds `end`, and after the comment lines below it that are indented deeper than `column`:
 * these belong to what ended there. Blank lines count only when such a comment follows.
 */
export function afterLines(source: string, { end, column }: { readonly end: number; readonly column: number }): number {
  let stop = end > 0 && source[end - 1] === "\n" ? end : nextLine(source, end);
  for (let at = stop; at < source.length;) {
    const next = nextLine(source, at);
    const line = source.slice(at, next);
    const indent = line.search(/[^ ]/);
    if (line.trim() !== "" && (line[indent] !== "#" || indent <= column)) break;
    if (line.trim() !== "") stop = next;
    at = next;
  }
  return stop;
}

/** Whether only white space stands before the offset on its line. */
export function opensLine(source: string, offset: number): boolean {
  return source.slice(lineStart(source, offset), offset).trim() === "";
}

/** Offset after the last character of the text that is neither white space nor in a comment line or one behind it. */
export function withoutComments(text: string): number {
  let end = text.trimEnd().length;
  for (;;) {
    const start = lineStart(text, end);
    const comment = /(?:^|[ \t])#/.exec(text.slice(start, end));
    if (comment === null) return end;
    end = text.slice(0, start + comment.index).trimEnd().length;
  }
}
