/** What JSON and YAML leave as it is and a terminal may obey: C1 controls, separators, changes of direction. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A value as indented JSON that can be printed: the same data, with everything unsafe written as an escape. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(UNSAFE, escaped)}\n`;
}

/** Whether a text has something that must not be printed as it is. */
export function needsEscapes(text: string): boolean {
  return text.search(UNSAFE) >= 0;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

interface DiffInput {
  readonly path: string;
  /** undefined when there is no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A unified diff as `diff -u` writes it; nothing at all when the texts are equal. */
export async function unifiedDiff({ path, before, after }: DiffInput): Promise<string> {
  if (before === after) return "";
  const { createTwoFilesPatch } = await import("diff");
  const patch = createTwoFilesPatch(before === undefined ? "/dev/null" : path, path, before ?? "", after);
  return patch.replace(/^(Index: .*\n)?=+\n/, "");
}
