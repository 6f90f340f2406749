import { placeAt } from "./text_place.ts";
import { YamlError } from "./yaml_error.ts";
import type { YamlNode, YamlText } from "./yaml_node.ts";

/** What some readers take for a line break or for nothing, and others for a character. */
const ODD = /[\u0085\u2028\u2029]|(?!^)\uFEFF|\r(?!\n)/g;

/** Refuses (YamlError) characters about which readers disagree where a line ends; inside quotes they do no harm. */
export function refuseOddBreaks({ source, root }: YamlText): void {
  for (const { index, 0: found } of source.matchAll(ODD)) {
    if (root !== undefined && isQuoted(root, index)) continue;
    const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new YamlError(`a character that only some readers take for a line break (U+${code})`, placeAt(source, index));
  }
}

function isQuoted(node: YamlNode, offset: number): boolean {
  if (offset < node.start || offset >= node.end) return false;
  return node.kind === "scalar" ? node.style === "quoted" : node.items.some((item) => isQuoted(item, offset));
}
