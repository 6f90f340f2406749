import { AppError } from "../../errors.ts";
import { findValue, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { quote } from "../../formats/yaml/scalar.ts";
import { getText, isText } from "../../formats/yaml/value.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import type { StoreHost } from "../../store/replace.ts";
import { type Kubeconfig, parseKubeconfig, PAYLOAD, type SectionName } from "../kubeconfig/kubeconfig.ts";
import { followKubeconfig } from "../kubeconfig/locate.ts";
import { tryReadKubeconfig } from "./current_context.ts";
import { isSame } from "./kubectl_view.ts";
import { type CopiedEntries, readSelector, selectorRoot, selectorText } from "./selector.ts";
import { editSelector, listSelectors } from "./selector_files.ts";

/**
 * Watches a kubeconfig that is about to be written, and returns what is to be called afterwards: shells whose context
 * leads to another cluster or user by then, or is gone, keep the one that they were opened with, as a copy in their
 * selectors. A new address or certificate of the same cluster is theirs, too. That is called right after the write,
 * throws nothing, since the kubeconfig is changed by then, and returns an AppError for each selector that has no copy.
 * Permissions: env, read, write, sys, random.
 */
export function watchSelectors(host: StoreHost & Needs<"env">, path: string): () => Promise<readonly AppError[]> {
  const root = selectorRoot(host);
  const open = root === undefined ? [] : listSelectors(host, root).filter((one) => isOpenFor(host, { one, path }));
  const before = open.length === 0 ? undefined : tryReadKubeconfig(host, path)?.config;
  return async () => {
    if (before === undefined) return [];
    const after = tryReadKubeconfig(host, path)?.config ?? parseKubeconfig("");
    const failures: AppError[] = [];
    for (const selector of open) {
      const input = { selector, before, after };
      if (writePin(host, input) === undefined) continue;
      const edit = () => writePin(host, input);
      await editSelector(host, { path: selector, edit }).catch((error) => failures.push(pinFailure(selector, error)));
    }
    return failures;
  };
}

function isOpenFor(
  host: Needs<"read" | "sys">,
  { one, path }: { readonly one: string; readonly path: string },
): boolean {
  const selector = readSelector(host, one);
  if (selector?.file === undefined || selector.isPinned) return false;
  return selector.file === path || followKubeconfig(host, selector.file) === followKubeconfig(host, path);
}

interface PinInput {
  /** Its path. */
  readonly selector: string;
  readonly before: Kubeconfig;
  readonly after: Kubeconfig;
}

function pinFailure(selector: string, error: unknown): AppError {
  if (!isFileError(error) && !(error instanceof AppError)) throw error;
  const found = error instanceof AppError ? error.message : explainFileError(error, selector);
  return new AppError("kubeconfig-write", `Cannot pin the context that a shell has in "${selector}": ${found}`, {
    hint: "Open that shell again: kubectl follows the changed kubeconfig there",
    cause: error,
  });
}

/** The selector with the copy in it; undefined where it needs none. */
function writePin(host: Needs<"read">, { selector, before, after }: PinInput): string | undefined {
  const { context, file, shell } = readSelector(host, selector) ?? {};
  const own = tryReadKubeconfig(host, selector)?.config;
  if (context === undefined || own === undefined || !before.contexts.entries.has(context)) return undefined;
  // Programs have added it, and kubectl takes what the first file has.
  if (own.contexts.entries.has(context) || leadsTheSameWay(context, { before, after })) return undefined;
  return selectorText(context, { file, shell, pinned: context }, copyEntries({ config: before, context, own }));
}

function leadsTheSameWay(context: string, { before, after }: Pick<PinInput, "before" | "after">): boolean {
  const [old, now] = [before, after].map((config) => findJoining(config, context));
  if (old!.cluster !== now!.cluster || old!.user !== now!.user) return false;
  if (old!.cluster !== undefined && !after.clusters.entries.has(old!.cluster)) return false;
  return old!.user === undefined || isSame(before, after, { section: "users", name: old!.user });
}

function findJoining({ contexts }: Kubeconfig, context: string) {
  const payload = contexts.entries.get(context)?.payload;
  return { cluster: getText(findValue(payload, "cluster")), user: getText(findValue(payload, "user")) };
}

interface CopyInput {
  readonly config: Kubeconfig;
  readonly context: string;
  /** The selector, with what programs have added to it. */
  readonly own: Kubeconfig;
}

/** What a selector has, and a context with what it joins, as items of the three lists. */
function copyEntries({ config, context, own }: CopyInput): CopiedEntries {
  const { cluster, user } = findJoining(config, context);
  const copy = (section: SectionName, name: string | undefined) => {
    const payloads = new Map([...own[section].entries].map(([name, { payload }]) => [name, payload]));
    if (name !== undefined && !payloads.has(name)) payloads.set(name, config[section].entries.get(name)?.payload);
    return [...payloads].flatMap(([name, payload]) =>
      payload === undefined ? [] : [`{name: ${quote(name)}, ${PAYLOAD[section]}: ${flowText(payload)}}`]
    );
  };
  return { clusters: copy("clusters", cluster), contexts: copy("contexts", context), users: copy("users", user) };
}

function flowText(node: YamlNode): string {
  const { kind, items, text } = resolved(node);
  if (kind === "seq") return `[${items.map(flowText).join(", ")}]`;
  if (kind !== "map") return isText(resolved(node)) ? quote(text) : text || "null";
  const pairs = items.flatMap((key, at) => at % 2 === 1 ? [] : [`${quote(key.text)}: ${flowText(items[at + 1]!)}`]);
  return `{${pairs.join(", ")}}`;
}
