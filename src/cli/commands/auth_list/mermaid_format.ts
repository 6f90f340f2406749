import { printable } from "../../output/text.ts";
import type { Render } from "./formats.ts";
import { type GraphNode, graphOf } from "./graph.ts";

/** https://mermaid.js.org/syntax/flowchart.html */
export const render: Render = ({ listing }) => {
  const { nodes, edges } = graphOf(listing);
  const lines = [
    "graph LR",
    ...nodes.map(nodeLine),
    ...edges.map(([from, to]) => `  ${from} --> ${to}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const BRACKETS = { providers: ["[", "]"], identities: ["([", "])"], integrations: ["[[", "]]"] } as const;

function nodeLine({ id, family, name, kind, isDefault }: GraphNode): string {
  const [open, close] = BRACKETS[family];
  const mark = isDefault ? `<br/>${escaped("[DEFAULT]")}` : "";
  return `  ${id}${open}"${escaped(name)}<br/>${escaped(kind)}${mark}"${close}`;
}

/** Everything that could mean something to mermaid, Markdown or HTML by its number: `#34;`. */
function escaped(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} /.:-]/gu, (character) => `#${character.codePointAt(0)};`);
}
