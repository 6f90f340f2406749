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
