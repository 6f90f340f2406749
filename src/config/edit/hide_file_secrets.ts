import { foreignTag, showTag } from "../values/yaml_tag.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { parseTree } from "../../formats/yaml/tree.ts";

/** How a file of settings is written. */
export type FileFormat = "yaml" | "ini";

const MASK = "[secret]";
/** Names of settings, variables and flags whose value is a secret, such as `client-key-data` and `AWS_SESSION_TOKEN`. */
const SECRET = /token|passw|secret|private[-_]?key|client-key-data/i;
/** Names of what only says where a secret is. */
const WHERE = /(?:file|path|env|url|arn|command)$/i;
/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
const INI_LINE = /^([ \t]*([\w-]+)[ \t]*=[ \t]*)\S.*$/gm;
const YAML_LINE = new RegExp(`([\\s{,]["']?([\\w-]*(?:${SECRET.source})[\\w-]*)["']?[ \\t]*:[ \\t]*)\\S.*$`, "gim");

/**
 * Returns a text without the secrets that its settings have, other programs' among them: a difference shows the lines
 * around what changes. A secret that is a call, such as `!env KEY`, stays.
 */
export function hideFileSecrets(text: string, format: FileFormat): string {
  return format === "ini" ? hideInLines(text, INI_LINE) : hideInYaml(text);
}

/** What is no YAML is read line by line. */
function hideInYaml(text: string): string {
  const root = unlessYamlError(() => parseTree(text).root);
  if (root === "broken") return hideInLines(text, YAML_LINE);
  const nodes = root === undefined ? [] : listSecrets(root).filter(({ start, end }) => end > start);
  const lastFirst = [...new Set(nodes)].sort((one, other) => other.start - one.start);
  return lastFirst.reduce((left, node) => {
    // What looks like a tag is the secret's own beginning.
    const [from, { end }] = [foreignTag(node) === undefined ? node.body : node.start, node];
    return `${left.slice(0, from)}${MASK}${text[end - 1] === "\n" ? "\n" : ""}${left.slice(end)}`;
  }, text);
}

function unlessYamlError<T>(parse: () => T): T | "broken" {
  try {
    return parse();
  } catch (error) {
    if (error instanceof YamlError) return "broken";
    throw error;
  }
}

function hideInLines(text: string, pattern: RegExp): string {
  return text.replace(pattern, (line, before: string, name: string) => isSecret(name) ? `${before}${MASK}` : line);
}

function isSecret(name: string): boolean {
  return SECRET.test(name) && !WHERE.test(name);
}

function listSecrets(node: YamlNode): readonly YamlNode[] {
  if (node.kind === "seq") return [...node.items.flatMap(listSecrets), ...listSecretWords(node)];
  if (node.kind !== "map") return [];
  const pairs = Array.from(
    { length: node.items.length / 2 },
    (_, at) => [node.items[2 * at]!, node.items[2 * at + 1]!],
  );
  const named = pairs.find(([key]) => key!.text === "name")?.[1]?.text ?? "";
  return pairs.flatMap(([key, value]) => {
    const isHidden = isSecret(key!.text) || (key!.text === "value" && isSecret(named));
    return isHidden ? listValues(value!) : listSecrets(value!);
  });
}

function isCall(node: YamlNode): boolean {
  const tag = foreignTag(node);
  return tag !== undefined && showTag(tag) !== undefined;
}

/** Of an alias what it stands for, wherever that is written. */
function listValues(node: YamlNode): readonly YamlNode[] {
  if (node.kind === "alias") return node.target === undefined ? [] : listValues(node.target);
  if (node.kind !== "scalar") return listSecrets(node);
  return isCall(node) ? [] : [node];
}

/** Words of a command, `--token=x` and `--token x`. */
function listSecretWords({ items }: YamlNode): readonly YamlNode[] {
  return items.filter((item, at) => {
    const [, flag = "", joined] = /^--?([\w-]+)(=)?/.exec(item.text) ?? [];
    if (joined !== undefined) return isSecret(flag);
    const [, before = ""] = /^--?([\w-]+)$/.exec(items[at - 1]?.text ?? "") ?? [];
    return flag === "" && item.kind === "scalar" && isSecret(before);
  });
}
