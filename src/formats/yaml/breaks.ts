import { placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";
import type { YamlNode, YamlText } from "./node.ts";

/** What YAML has no place for. https://yaml.org/spec/1.1/#id868524 */
const CONTROL = /[^\t\n\r -~\x85\xA0-\uFFFD]/;
/** What some readers take for a line break or for nothing, and others for a character. */
const ODD = /[\u0085\u2028\u2029]|(?!^)\uFEFF|\r(?!\n)/g;

/** Anything but printable ASCII and line feeds. */
const UNUSUAL = /[^\n -~]/;

/** Whether a text is made of what all readers take for the same characters and line breaks: nothing here refuses it. */
export function isUsual(source: string): boolean {
  return !UNUSUAL.test(source);
}

/** Refuses (YamlError) control characters: kubectl does so even in comments. */
export function refuseControls({ source }: YamlText): void {
  const index = source.search(CONTROL);
  if (index >= 0) {
    throw new YamlError(`a control character (U+${renderCodePoint(source[index]!)})`, placeAt(source, index));
  }
}

/** Whether {@link refuseOddBreaks} has to look where in the text things stand. */
export function hasOddBreaks(source: string): boolean {
  return source.search(ODD) >= 0;
}

/** Refuses (YamlError) characters about which readers disagree where a line ends; inside quotes they do no harm. */
export function refuseOddBreaks({ source, root }: YamlText): void {
  for (const { index, 0: found } of source.matchAll(ODD)) {
    if (root !== undefined && isQuoted(root, index)) continue;
    const what = `a character that only some readers take for a line break (U+${renderCodePoint(found)})`;
    throw new YamlError(what, placeAt(source, index));
  }
}

function isQuoted(node: YamlNode, offset: number): boolean {
  if (offset < node.start || offset >= node.end) return false;
  return node.kind === "scalar" ? node.style === "quoted" : node.items.some((item) => isQuoted(item, offset));
}

function renderCodePoint(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
