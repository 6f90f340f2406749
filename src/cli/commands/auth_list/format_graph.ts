import { printable } from "../../output/text.ts";
import type { Render } from "./formats.ts";
import { Forest, type ListedFamily, type Listing, type Parent } from "./listing.ts";

/** https://graphviz.org/doc/info/lang.html */
export const renderGraphviz: Render = ({ listing }) => {
  const { nodes, edges } = buildGraph(listing);
  const lines = [
    "digraph auth {",
    "  rankdir=LR;",
    ...nodes.map(graphvizNode),
    ...edges.map(([from, to]) => `  ${from} -> ${to};`),
    "}",
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const SHAPES = { providers: "box", identities: "ellipse", integrations: "component" } as const;

function graphvizNode({ id, family, name, kind, isDefault }: GraphNode): string {
  const label = [name, kind, ...(isDefault ? ["[DEFAULT]"] : [])].map(escapeGraphviz).join("\\n");
  return `  ${id} [shape=${SHAPES[family]}, label="${label}"];`;
}

/** In labels a backslash begins an escape, and `&lt;` is a character. */
function escapeGraphviz(text: string): string {
  return printable(text).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

/** https://mermaid.js.org/syntax/flowchart.html */
export const renderMermaid: Render = ({ listing }) => {
  const { nodes, edges } = buildGraph(listing);
  const lines = [
    "graph LR",
    ...nodes.map(mermaidNode),
    ...edges.map(([from, to]) => `  ${from} --> ${to}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const BRACKETS = { providers: ["[", "]"], identities: ["([", "])"], integrations: ["[[", "]]"] } as const;

function mermaidNode({ id, family, name, kind, isDefault }: GraphNode): string {
  const [open, close] = BRACKETS[family];
  const mark = isDefault ? `<br/>${escapeMermaid("[DEFAULT]")}` : "";
  return `  ${id}${open}"${escapeMermaid(name)}<br/>${escapeMermaid(kind)}${mark}"${close}`;
}

/** Everything that could mean something to mermaid, Markdown or HTML by its number: `#34;`. */
function escapeMermaid(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} /.:-]/gu, (character) => `#${character.codePointAt(0)};`);
}

interface GraphNode {
  /** n0, n1 … */
  readonly id: string;
  readonly family: ListedFamily;
  readonly name: string;
  readonly kind: string;
  readonly isDefault: boolean;
}

interface Graph {
  readonly nodes: readonly GraphNode[];
  /** Ids, from what is reached first to what is reached through it. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** What is listed as a graph, for programs that draw. */
function buildGraph(listing: Listing): Graph {
  const ids = new Map<object, string>();
  const nodes = (["providers", "identities", "integrations"] as const).flatMap((family) =>
    listing[family].map((entry): GraphNode => {
      const id = `n${ids.size}`;
      ids.set(entry, id);
      const isDefault = "isDefault" in entry && entry.isDefault;
      return { id, family, name: entry.name, kind: entry.kind, isDefault };
    })
  );
  const forest = new Forest(listing);
  const parents: readonly Parent[] = [...listing.providers, ...listing.identities];
  const edges = parents.flatMap((parent) =>
    [...forest.identitiesOf(parent), ...forest.integrationsOf(parent)].map((child) =>
      [ids.get(parent)!, ids.get(child)!] as const
    )
  );
  return { nodes, edges };
}
