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

/** Functions of configurations and manifests, also those of the original that are not called here, and YAML's own tags. */
const KNOWN: readonly string[] = [
  ...["!append", "!cwd", "!env", "!exec", "!include", "!include.raw", "!literal", "!random", "!repo-root", "!template"],
  ...[
    "!aws.account_id",
    "!aws.caller_identity_arn",
    "!aws.caller_identity_user_id",
    "!aws.organization_id",
    "!aws.region",
  ],
  ...[
    "!cel",
    "!emulator",
    "!git",
    "!git.branch",
    "!git.sha",
    "!labels",
    "!secret",
    "!store",
    "!store.get",
    "!tags",
    "!terraform.output",
  ],
  ...["!terraform.state", "!unset", "!version"],
  ...[...SCALAR_TAGS, "!!map", "!!seq", "!!binary", "!!merge", "!!omap", "!!pairs", "!!set", "!!timestamp"],
];

/** Returns a tag as a message may have it: undefined for one that is not known, and may be a secret without quotes. */
export function showTag(tag: string): string | undefined {
  return KNOWN.includes(tag) ? tag : undefined;
}

/** The tag when it is none of those that YAML itself defines for that kind of node. */
export function foreignTag(node: YamlNode): string | undefined {
  const tag = getTag(node);
  return tag === undefined || OWN_TAGS[node.kind].includes(tag) ? undefined : tag;
}
