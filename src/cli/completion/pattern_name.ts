import { plainValue } from "../../config/scalar_value.ts";
import { resolved, valueOf, type YamlNode } from "../../formats/yaml_node.ts";

/**
 * The name that a pattern such as `{environment}-{stage}` makes of a manifest's `vars`; undefined without a pattern, or
 * when one of its variables is no plain text there: it may be inherited, and then nobody knows without working it out.
 */
export function patternName(pattern: string | undefined, vars: YamlNode | undefined): string | undefined {
  const parts = (pattern ?? "").split(/\{(\w+)\}/);
  const texts = parts.map((part, at) => at % 2 === 0 ? part : plainText(valueOf(vars, part)));
  return parts.length === 1 || texts.includes(undefined) ? undefined : texts.join("");
}

function plainText(value: YamlNode | undefined): string | undefined {
  const node = value === undefined ? undefined : resolved(value);
  if (node?.kind !== "scalar" || node.tag !== undefined || node.text === "" || node.text.includes("{{")) {
    return undefined;
  }
  return node.style !== "plain" || typeof plainValue(node.text) === "string" ? node.text : undefined;
}
