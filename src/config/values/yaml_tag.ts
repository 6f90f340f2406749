import type { YamlNode } from "../../formats/yaml/node.ts";

const VERBATIM = /^!<tag:yaml\.org,2002:(.*)>$/;
const SCALAR_TAGS = ["!!str", "!!int", "!!bool", "!!float", "!!null"];
const OWN_TAGS: Readonly<Record<YamlNode["kind"], readonly string[]>> = {
  scalar: SCALAR_TAGS,
  map: ["!!map"],
  seq: ["!!seq"],
  alias: [],
};

/** A node's tag in its short form (`!!str`); undefined when it has none. `!` alone means text. */
export function getTag(node: YamlNode): string | undefined {
  if (node.tag === undefined) return undefined;
  if (node.tag === "!") return node.kind === "scalar" ? "!!str" : undefined;
  const own = VERBATIM.exec(node.tag)?.[1];
  return own === undefined ? node.tag : `!!${own}`;
}

/** The tag when it is none of those that YAML itself defines for that kind of node. */
export function foreignTag(node: YamlNode): string | undefined {
  const tag = getTag(node);
  return tag === undefined || OWN_TAGS[node.kind].includes(tag) ? undefined : tag;
}
