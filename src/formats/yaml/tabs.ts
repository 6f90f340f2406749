import { columnAt, placeAt } from "../text/position.ts";
import { YamlError } from "../text/source_error.ts";
import type { YamlNode, YamlText } from "./node.ts";

/** A tab at the beginning of a line, or where an item or a key begins. */
const LEADING = /^(?:[-?](?=[ \t]) *| )*\t/gm;

/**
 * Refuses (YamlError) tabs that kubectl does not take for space and this parser does: at the beginning of a line, outside
 * of brackets, quotes and values that the tab is a part of.
 */
export function refuseTabs({ source, root }: YamlText): void {
  for (const found of source.matchAll(LEADING)) {
    const tab = found.index + found[0].length - 1;
    if (root !== undefined && isTaken(source, { root, tab })) continue;
    throw new YamlError("a tab, which kubectl does not take for space", placeAt(source, tab));
  }
}

function isTaken(source: string, { root, tab }: { readonly root: YamlNode; readonly tab: number }): boolean {
  let [node, parent]: [YamlNode, YamlNode] = [root, root];
  for (let inner = around(node, tab); inner !== undefined; inner = around(node, tab)) [parent, node] = [node, inner];
  if (node.kind !== "scalar") {
    return node.flow && isInside(node, tab) && !/[^\s{}[\],:"']\s*$/.test(source.slice(0, tab));
  }
  if (node.style === "quoted") return true;
  const column = columnAt(source, tab);
  return node.style === "block" ? column >= contentColumn(source, node) : column > columnAt(source, parent.start);
}

function around(node: YamlNode, offset: number): YamlNode | undefined {
  return node.items.find((item) => isInside(item, offset));
}

function isInside(node: YamlNode, offset: number): boolean {
  return node.start < offset && offset < node.end;
}

/** How far the content of a block scalar is indented; where a tab stands before it, no tab is a part of it. */
function contentColumn(source: string, { body, end }: YamlNode): number {
  const first = /\n *(?![ \n\r])/.exec(source.slice(body, end));
  if (first === null || source[body + first.index + first[0].length] === "\t") return Infinity;
  return first[0].length - 1;
}
