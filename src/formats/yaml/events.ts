import { parseEvents, YAMLException } from "js-yaml";
import { lineStart, placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";

export type YamlEvent = ReturnType<typeof parseEvents>[number];

const MAX_DEPTH = 100;
/** Closing brackets that are not indented; each costs one more pass. */
const MAX_BRACKETS = 40;

/** What the parser says with the text of a tag in it, which is a secret where this begins with a "!". */
const TAG_TEXT = /^(?:undeclared tag handle|tag name cannot contain|there is a previously declared suffix)[^]*$/;
const UNREADABLE_TAG = "the YAML tag is not valid; put a value that begins with ! in quotes";

/**
 * The parser's events; offsets are those of the source. The parser wants a closing bracket indented deeper than its key,
 * kubectl does not: for such a bracket the line break before it is taken for a space, so that all offsets stay.
 */
export function yamlEvents(source: string): YamlEvent[] {
  let text = source;
  for (let mended = 0;; mended++) {
    const result = tryEvents(text);
    if (!(result instanceof YAMLException)) return result;
    const joined = mended < MAX_BRACKETS ? withBracketJoined(text, result) : undefined;
    if (joined === undefined) {
      throw new YamlError(result.reason.replace(TAG_TEXT, UNREADABLE_TAG), placeAt(source, result.mark?.position ?? 0));
    }
    text = joined;
  }
}

function tryEvents(source: string): YamlEvent[] | YAMLException {
  try {
    return parseEvents(source, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

function withBracketJoined(text: string, { mark }: YAMLException): string | undefined {
  const line = lineStart(text, mark?.position ?? 0);
  const before = text.slice(lineStart(text, line - 1), line);
  if (line === 0 || before.includes("#") || !/^[ \t]*[\]}]/.test(text.slice(line, line + 200))) return undefined;
  const ending = before.length - before.trimEnd().length;
  return text.slice(0, line - ending) + " ".repeat(ending) + text.slice(line);
}
