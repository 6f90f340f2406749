import { foreignTag } from "../values/yaml_tag.ts";
import { resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { hideAddressSecrets } from "../../formats/text/hide_address_secrets.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { parseTree } from "../../formats/yaml/tree.ts";

/** How a file of settings is written. */
export type FileFormat = "yaml" | "ini";

const MASK = "[secret]";
/** Names of settings, variables and flags whose value is a secret, such as `client-key-data` and `AWS_SESSION_TOKEN`. */
const SECRET = /token|passw|secret|(?:api|private)[-_]?key|client-key-data|authorization|bearer/i;
/** Names of what only says where a secret is. */
const WHERE = /(?:file|path|env|url|arn|command)$/i;
/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
const INI_LINE = /^([ \t]*([\w-]+)[ \t]*[=:][ \t]*)(.*)$/;
/** A secret in a comment, or in a word of a command that is a command line itself. */
const COMMENT = new RegExp(`([#;].*?(?:${SECRET.source})[\\w-]*["']?[ \\t]*[=: \\t][ \\t]*)\\S.*$`, "gim");
const IN_WORD = new RegExp(`(?:${SECRET.source})[\\w-]*["']?\\s*[=:\\s]\\s*\\S`, "i");
const YAML_LINE = new RegExp(`([\\s{,]["']?([\\w-]*(?:${SECRET.source})[\\w-]*)["']?[ \\t]*:[ \\t]*)\\S.*$`, "gim");

/**
 * Returns a text without the secrets that its settings have, other programs' among them: a difference shows the lines
 * around what changes. A secret that is a call, such as `!env KEY`, stays.
 */
export function hideFileSecrets(text: string, format: FileFormat): string {
  const shown = format === "ini" ? hideInIni(text) : hideInYaml(text);
  return hideAddressSecrets(shown.replace(COMMENT, `$1${MASK}`));
}

/** A value may be on the lines below, which are indented. */
function hideInIni(text: string): string {
  let isBelow = false;
  const lines = text.split("\n").map((line) => {
    const [, , name, value] = INI_LINE.exec(line) ?? [];
    const isContinued = isBelow && /^[ \t]+\S/.test(line);
    isBelow = isContinued || (name !== undefined && isSecret(name) && value === "");
    if (isContinued) return line.replace(/\S.*$/, MASK);
    const isHidden = name !== undefined && value !== "" && (isSecret(name) || isForeignProcess(name, value!));
    return isHidden ? line.replace(INI_LINE, `$1${MASK}`) : line;
  });
  return lines.join("\n");
}

/** Other programs' arguments may be anything. */
function isForeignProcess(name: string, value: string): boolean {
  return name === "credential_process" && !/\bauth credential-process\b/.test(value);
}

/** What is no YAML is read line by line. */
function hideInYaml(text: string): string {
  const root = unlessYamlError(() => parseTree(text).root);
  if (root === "broken") return text.replace(YAML_LINE, `$1${MASK}`);
  const nodes = root === undefined ? [] : listSecrets(root).filter(({ start, end }) => end > start);
  const parts: string[] = [];
  let at = 0;
  for (const node of [...new Set(nodes)].sort((one, other) => one.start - other.start)) {
    // What looks like a tag is the secret's own beginning.
    const from = foreignTag(node) === undefined ? node.body : node.start;
    parts.push(text.slice(at, from), MASK, text[node.end - 1] === "\n" ? "\n" : "");
    // Often what was there before.
    const [, gap = "", comment = ""] = /^([ \t]+#)([^\n]*)/.exec(text.slice(node.end)) ?? [];
    parts.push(gap === "" ? "" : `${gap} ${MASK}`);
    at = node.end + gap.length + comment.length;
  }
  return [...parts, text.slice(at)].join("");
}

function unlessYamlError<T>(parse: () => T): T | "broken" {
  try {
    return parse();
  } catch (error) {
    if (error instanceof YamlError) return "broken";
    throw error;
  }
}

function isSecret(name: string): boolean {
  return SECRET.test(name) && !WHERE.test(name);
}

type Pairs = readonly (readonly [key: YamlNode, value: YamlNode])[];

/** `under` is the key of a map, where it has one. */
function listSecrets(node: YamlNode, under = ""): readonly YamlNode[] {
  if (node.kind === "seq") return [...node.items.flatMap((item) => listSecrets(item)), ...listSecretWords(node)];
  if (node.kind !== "map") return [];
  const pairs: Pairs = Array.from(
    { length: node.items.length / 2 },
    (_, at) => [node.items[2 * at]!, node.items[2 * at + 1]!],
  );
  const isSecretPair = isSecretIn(pairs, under);
  return pairs.flatMap(([key, value]) => {
    const place = under === "auth-provider" && key.text === "config" ? PROVIDER_CONFIG : key.text;
    return isSecretPair(key.text, value) ? listScalars(value) : listSecrets(value, place);
  });
}

/** What plugins of kubectl's former kind keep: each has names of its own. */
const PROVIDER_CONFIG = "auth-provider config";
/** Of these, it is known which are secrets. */
const OWN_VARIABLE = /^(?:AWS|ATMOS)_/;

function isSecretIn(pairs: Pairs, under: string): (key: string, value: YamlNode) => boolean {
  const named = pairs.find(([key]) => key.text === "name")?.[1]?.text ?? "";
  const args = pairs.find(([key]) => key.text === "args")?.[1];
  const isPlugin = under === "exec" || args !== undefined;
  const isForeign = isPlugin && !(args !== undefined && isAwsToken(resolved(args)));
  return (key, value) => {
    if (isSecret(key)) return true;
    if (key === "value" && named !== "") return isSecret(named) || !OWN_VARIABLE.test(named);
    if (key === "command") return IN_WORD.test(value.text) || (isForeign && /\s/.test(value.text));
    if (under === PROVIDER_CONFIG) return !WHERE.test(key);
    return isForeign && /^(?:args|env|installHint)$/.test(key);
  };
}

/** Functions whose text says where a secret is, and is none itself. */
const CALLS: readonly (string | undefined)[] = ["!env", "!exec", "!include", "!include.raw", "!template"];

/** What plugins of other programs are given may be anything. */
function isAwsToken({ items }: YamlNode): boolean {
  const words = items.map(({ text }) => text);
  return words.includes("eks") ? words.includes("token") || words.includes("get-token") : words[0] === "token";
}

/** Every scalar of a value; of an alias what it stands for, wherever that is written. */
function listScalars(node: YamlNode): readonly YamlNode[] {
  const { kind, items } = resolved(node);
  if (kind === "scalar") return CALLS.includes(foreignTag(resolved(node))) ? [] : [resolved(node)];
  return items.filter((_, at) => kind === "seq" || at % 2 === 1).flatMap(listScalars);
}

/** Words of a command, `--token=x` and `--token x`. */
function listSecretWords({ items }: YamlNode): readonly YamlNode[] {
  const words = items.map(resolved).map(({ kind, text }) => kind === "scalar" ? text : "");
  return items.filter((_, at) => {
    const [, flag = "", joined] = /^--?([\w-]+)(=)?/.exec(words[at]!) ?? [];
    if (joined !== undefined) return isSecret(flag);
    const [, before = ""] = /^--?([\w-]+)$/.exec(words[at - 1] ?? "") ?? [];
    return flag === "" && isSecret(before);
  }).flatMap(listScalars);
}
