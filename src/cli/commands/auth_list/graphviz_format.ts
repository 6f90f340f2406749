import { printable } from "../../output/text.ts";
import type { Render } from "./formats.ts";
import { type GraphNode, graphOf } from "./graph.ts";

/** https://graphviz.org/doc/info/lang.html */
export const render: Render = ({ listing }) => {
  const { nodes, edges } = graphOf(listing);
  const lines = [
    "digraph auth {",
    "  rankdir=LR;",
    ...nodes.map(nodeLine),
    ...edges.map(([from, to]) => `  ${from} -> ${to};`),
    "}",
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const SHAPES = { providers: "box", identities: "ellipse", integrations: "component" } as const;

function nodeLine({ id, family, name, kind, isDefault }: GraphNode): string {
  const label = [name, kind, ...(isDefault ? ["[DEFAULT]"] : [])].map(escaped).join("\\n");
  return `  ${id} [shape=${SHAPES[family]}, label="${label}"];`;
}

/** In labels a backslash begins an escape, and `&lt;` is a character. */
function escaped(text: string): string {
  return printable(text).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
