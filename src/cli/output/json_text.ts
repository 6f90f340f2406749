import { escapeUnseenInJson } from "../../formats/text/terminal_text.ts";

/** A value as indented JSON that can be printed: the same data, with everything unsafe written as an escape. */
export function jsonText(value: unknown): string {
  return `${escapeUnseenInJson(JSON.stringify(value, null, 2))}\n`;
}
