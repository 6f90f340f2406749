import { lineEnd } from "../text/position.ts";
import type { YamlNode, YamlText } from "./node.ts";

/**
 * The block scalar that ends the text without a line break, when one behind it would become part of its value. Readers
 * differ on whether the value has that line break already, so nothing can be added behind it.
 */
export function openBlock({ source, root }: YamlText): YamlNode | undefined {
  if (/[\r\n]$/.test(source.slice(-1))) return undefined;
  let last = root;
  while (last !== undefined && last.kind !== "scalar" && last.kind !== "alias") last = last.items.at(-1);
  if (last?.style !== "block" || last.end < source.length) return undefined;
  const header = source.slice(last.body, lineEnd(source, last.body));
  return /^[|>]\d?-/.test(header) ? undefined : last;
}
