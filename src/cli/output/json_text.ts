import { escapeUnseenInJson, hasUnseen } from "../../formats/text/terminal_text.ts";

/** A value as indented JSON that can be printed: the same data, with everything unsafe written as an escape. */
export function jsonText(value: unknown): string {
  return `${escapeUnseenInJson(JSON.stringify(value, null, 2))}\n`;
}

/** Returns a value as YAML that can be printed; as JSON, which is YAML too, where some of it would not be seen. */
export async function yamlText(value: unknown): Promise<string> {
  const { dump } = await import("js-yaml");
  const text = dump(value, { lineWidth: -1, noRefs: true });
  return hasUnseen(text) ? jsonText(value) : text;
}
