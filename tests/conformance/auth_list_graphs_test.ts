import { instance } from "@viz-js/viz";
import { deepEqual, equal, match } from "node:assert/strict";
import { FULL_AUTH, ODD_NAMES, oddAuth } from "../support/config/auth_samples.ts";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";

const viz = await instance();

async function listed(format: string, text: string): Promise<string> {
  const files = { "/home/me/repo/atmos.yaml": text };
  const { status, out } = await memoryAtmos(["auth", "list", "--format", format], { files });
  equal(status, 0);
  return out;
}

interface Drawn {
  readonly labels: readonly string[];
  readonly edges: readonly (readonly [string, string])[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCodePoint(code) : ENTITIES[name]!));
}

/** What Graphviz itself puts into its drawing; the first line of each node. */
function graphviz(text: string): readonly string[] {
  const svg = viz.renderString(text, { format: "svg" });
  const nodes = [...svg.matchAll(/<g id="node\d+"[^]*?<\/g>/g)].map(([group]) =>
    /<text[^>]*>([^<]*)</.exec(group)![1]!
  );
  return nodes.map(withoutEntities).map((label) => label.replaceAll("\u00a0", " "));
}

interface Relations {
  readonly objects: readonly { readonly label: string; readonly shape: string }[];
  readonly edges: readonly { readonly tail: number; readonly head: number }[];
}

function relations(text: string): Relations {
  return viz.renderJSON(text) as Relations;
}

/** The part of Mermaid's flowcharts that is used, and no more: quoted labels without anything that could end them. */
function mermaid(text: string): Drawn {
  const [head, ...lines] = text.trimEnd().split("\n");
  equal(head, "graph LR");
  const labels: string[] = [];
  const edges: [string, string][] = [];
  for (const line of lines) {
    const edge = /^ {2}(n\d+) --> (n\d+)$/.exec(line);
    if (edge !== null) edges.push([edge[1]!, edge[2]!]);
    else {
      match(line, /^ {2}n\d+(?:\["|\(\["|\[\[")(?:[\p{L}\p{N} /.:-]|#\d+;|<br\/>)+(?:"\]|"\]\)|"\]\])$/u);
      labels.push(/"(.*?)<br\/>/.exec(line)![1]!.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(code)));
    }
  }
  return { labels, edges };
}

const SHOWN = ODD_NAMES.map((name) => name.replace("\u202e", "\\u202e"));
const EXPECTED = [...SHOWN.map((name) => `p ${name}`), ...SHOWN].sort();

Deno.test("auth list: Graphviz draws odd names as they are", async () => {
  const text = await listed("graphviz", oddAuth());
  deepEqual([...graphviz(text)].sort(), EXPECTED);
  equal(relations(text).edges.length, ODD_NAMES.length);
});

Deno.test("auth list: Graphviz gets every relation", async () => {
  const { objects, edges } = relations(await listed("graphviz", FULL_AUTH));
  const name = (at: number) => objects[at]!.label.split("\\n")[0];
  deepEqual(edges.map(({ tail, head }) => `${name(tail)} -> ${name(head)}`).sort(), [
    "company-sso -> dev-admin",
    "company-sso -> sso/public",
    "deployer -> dev/ecr",
    "dev-admin -> deployer",
    "dev-admin -> dev/eks",
  ]);
  deepEqual(objects.filter(({ label }) => label.includes("[DEFAULT]")).map(({ label }) => label), [
    "dev-admin\\naws/permission-set\\n[DEFAULT]",
  ]);
  deepEqual([...new Set(objects.map(({ shape }) => shape))], ["box", "ellipse", "component"]);
});

Deno.test("auth list: Mermaid gets odd names so that nothing in them means anything", async () => {
  const { labels, edges } = mermaid(await listed("mermaid", oddAuth()));
  deepEqual([...labels].sort(), EXPECTED);
  for (const [from, to] of edges) equal(labels[Number(from.slice(1))], `p ${labels[Number(to.slice(1))]}`);
  equal(edges.length, ODD_NAMES.length);
});

Deno.test("auth list: an empty configuration is an empty graph in both", async () => {
  deepEqual(mermaid(await listed("mermaid", "a: 1")), { labels: [], edges: [] });
  deepEqual(graphviz(await listed("graphviz", "a: 1")), []);
});
