import { columnAt, detectNewline, lineStart } from "../text/position.ts";
import { findPair, type YamlNode, type YamlText } from "./node.ts";
import { opensLine } from "./spans.ts";

/** Lines, without `#`, that go above a key. */
export interface Comment {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly lines: readonly string[];
}

/** Returns the text with the comments in it; none above a key that does not begin a line, or is not there. */
export function insertComments(text: YamlText, comments: readonly Comment[]): string {
  const { source } = text;
  const newline = detectNewline(source);
  return comments.map((comment) => ({ ...comment, key: keyAt(text, comment.path) }))
    .filter(({ key }) => key !== undefined && !key.flow && opensLine(source, key.start))
    .toSorted((one, other) => other.key!.start - one.key!.start)
    .reduce((made, { key, lines }) => {
      const at = lineStart(source, key!.start);
      const indent = " ".repeat(columnAt(source, key!.start));
      const block = lines.map((line) => `${indent}# ${line}`.trimEnd() + newline).join("");
      return made.slice(0, at) + block + made.slice(at);
    }, source);
}

function keyAt({ root }: YamlText, path: readonly string[]): YamlNode | undefined {
  let map = root;
  let key: YamlNode | undefined;
  for (const name of path) {
    const pair = findPair(map, name);
    [map, key] = [pair?.value, pair?.key];
  }
  return key;
}
