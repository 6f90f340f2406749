import { isBeyondTreeOf, isInRepository } from "../../config/files/tree.ts";
import { realTarget } from "../../config/files/resolve_write_target.ts";
import type { BarePower } from "../../config/schema/trust_class.ts";
import { hideAddressUser } from "../../formats/text/hide_address_secrets.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { placeAt } from "../../formats/text/position.ts";
import { findValue, isMergeKey, isNull, listKeys, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { getText, toComparable } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { AppError } from "../../errors.ts";
import { type Kubeconfig, SECTIONS } from "../../kube/kubeconfig/kubeconfig.ts";
import { readKubeconfig } from "../../kube/kubeconfig/kubeconfig_file.ts";
import { type ExecBlock, readExecBlock } from "../../kube/exec/exec_block.ts";
import { tryReadKubeconfig } from "../../kube/kubectl/current_context.ts";
import { Secret } from "../../secret.ts";
import { dirname, resolve } from "../../store/paths.ts";
import { FILE_KEYS, findCovering } from "./kubeconfig_covers.ts";

/** What kubectl makes of each kind of entry; completes "it ...". */
const REASONS = {
  clusters: "sets where kubectl sends its tokens",
  contexts: "sets which cluster kubectl uses, and as which user",
  users: "sets what kubectl signs in with, or starts to do so",
} as const;
type Section = keyof typeof REASONS;

interface KubeconfigAt {
  /** Absolute. */
  readonly path: string;
  /** The files that say so. */
  readonly by: readonly string[];
}

/**
 * Returns a power for each cluster, context and user of a kubeconfig that lies in a working tree, where every commit may
 * change it; for one that only kubectl may be able to read, a single one. None for a kubeconfig elsewhere. Of a context
 * counts what it joins, of a current-context one that the file does not have. Permissions: read, env.
 */
export function kubeconfigContents(
  host: Needs<"read" | "env" | "sys">,
  { path, by }: KubeconfigAt,
): readonly BarePower[] {
  const file = realTarget(host, path);
  if (file === undefined || !isOfTree(host, { path: file, by })) return [];
  const read = tryReadKubeconfig(host, file);
  if (read === undefined || meansMore(read.config.text.root) || hasNameless(read.config)) {
    return unreadableContents(host, file);
  }
  const hasAliases = read.config.text.aliased.size > 0;
  const at = (node: YamlNode) => ({ file, ...placeAt(read.config.text.source, node.start) });
  const entries = SECTIONS.flatMap((section) =>
    [...read.config[section].entries.values()].map(({ name, node, payload }) => ({
      path: dottedPath([section, name]),
      place: at(node),
      content: showSecret([section, name, meaningIn(read.config, { section, payload })]),
      reason: REASONS[section],
      shown: showEntry(section, payload),
      ...(section === "contexts" ? {} : { covers: hasAliases ? "tree" : findCovering(host, { payload, file }) }),
    }))
  );
  return [...entries, ...strayCurrent(read.config, at)];
}

/**
 * Whether kubectl may read something else than what stands there: keys that are merged in win over those beside them, and
 * a tag may stand for another text.
 */
function meansMore(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.tag !== undefined && !PLAIN_TAGS.includes(node.tag)) return true;
  return node.items.some((item, at) => (node.kind === "map" && at % 2 === 0 && isMergeKey(item)) || meansMore(item));
}

/** kubectl knows an entry without a name as "", which a context that names none means. */
function hasNameless({ text: { root } }: Kubeconfig): boolean {
  const items = SECTIONS.flatMap((section) => findValue(root, section)?.items ?? []);
  return items.some((item) => (getText(findValue(resolved(item), "name")) ?? "") === "");
}

const PLAIN_TAGS = ["!!str", "!!map", "!!seq", "!!bool", "!!int", "!!null"];

/** A repository's, or that of a file which names it. */
function isOfTree(host: Needs<"read" | "env">, { path, by }: KubeconfigAt): boolean {
  return isInRepository(host, path) || by.some((file) => {
    const own = realTarget(host, file);
    return own !== undefined && !isBeyondTreeOf(host, { directory: dirname(own), path });
  });
}

function showSecret(content: unknown): Secret {
  return new Secret(JSON.stringify(content), { isShown: true });
}

/** A namespace is the user's to choose. Aliases may stand for any part of the file, and for more than fits in memory. */
function meaningIn(
  { text }: Kubeconfig,
  { section, payload }: { section: Section; payload: YamlNode | undefined },
): unknown {
  if (text.aliased.size > 0) return text.source;
  if (payload === undefined) return null;
  return section === "contexts" ? joinAll(payload) : toComparable(payload, saysNothing);
}

function joinAll(payload: YamlNode | undefined): readonly (string | undefined)[] {
  return ["cluster", "user"].map((key) => getText(findValue(payload, key)));
}

/** What kubectl writes, or leaves out, where it writes a file again. */
function saysNothing(key: string, value: YamlNode): boolean {
  if (value.kind !== "scalar") return value.items.length === 0;
  if (key === "interactiveMode") return value.text === "IfAvailable";
  return isNull(value) || value.text === "" || (value.style === "plain" && value.text === "false");
}

/** Without what may be a credential; with every file and variable that is named. */
function showEntry(section: Section, payload: YamlNode | undefined): string {
  if (section === "contexts") {
    const [cluster, user] = joinAll(payload);
    return `cluster ${JSON.stringify(cluster ?? "")}, user ${JSON.stringify(user ?? "")}`;
  }
  const keys = listKeys(payload === undefined ? undefined : resolved(payload));
  const said = keys.filter((key) => key !== "server").map((key) =>
    SHOWN_KEYS.includes(key) ? `${key} ${showText(getText(findValue(payload, key)))}` : key
  );
  if (section === "clusters") return [showText(getText(findValue(payload, "server"))), ...said].join(", ");
  const exec = readExecBlock(payload);
  const line = exec === undefined ? "" : [exec.command, ...exec.args].join(" ");
  return [...(line === "" ? [] : [JSON.stringify(line)]), ...said, ...(exec?.env ?? []).map(showVariable)].join(", ");
}

const SHOWN_KEYS = [...FILE_KEYS, "proxy-url", "tls-server-name"];

function showVariable({ name, value }: ExecBlock["env"][number]): string {
  const isSecret = name === "AWS_SECRET_ACCESS_KEY" || name === "AWS_SESSION_TOKEN";
  return `${name}=${isSecret && value !== "" ? "[hidden]" : showText(value)}`;
}

function showText(text = ""): string {
  return JSON.stringify(hideAddressUser(text));
}

/** A context of another file, which the user may not have chosen. */
function strayCurrent({ currentContext, contexts, text }: Kubeconfig, at: (node: YamlNode) => BarePower["place"]) {
  const node = findValue(text.root, "current-context");
  if (currentContext === undefined || node === undefined || contexts.entries.has(currentContext)) return [];
  const shown = JSON.stringify(currentContext);
  const content = showSecret(["current-context", currentContext]);
  return [{ path: "current-context", place: at(node), content, shown, reason: REASONS.contexts }];
}

/** Whatever a file says, it is trusted as it is. */
function unreadableContents(host: Needs<"read">, file: string): readonly BarePower[] {
  const bytes = tryReadBytes(host, file);
  if (bytes === undefined) return [];
  const content = showSecret(["unreadable", bytes.toBase64()]);
  const place = { file, line: 1, column: 1 };
  return [{ path: "kubeconfig", place, content, shown: "the whole file", reason: REASONS.users, covers: "tree" }];
}

/** What cannot be read gives kubectl nothing. */
function tryReadBytes(host: Needs<"read">, file: string): Uint8Array | undefined {
  try {
    return readKubeconfig(host, file);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Returns the same of all files that a variable KUBECONFIG lists, seen from the current directory. Permissions: read, env. */
export function kubeconfigsContents(
  host: Needs<"read" | "env" | "sys">,
  { list, by }: { readonly list: string; readonly by: string },
): readonly BarePower[] {
  // A drive of Windows ends with a colon.
  const paths = list.split(/^[A-Za-z]:[\\/]/.test(list) ? ";" : ":").filter((path) => path !== "");
  return paths.flatMap((path) => kubeconfigContents(host, { path: resolve(host.read.cwd(), path), by: [by] }));
}
