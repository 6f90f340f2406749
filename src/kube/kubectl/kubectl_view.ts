import { YamlError } from "../../formats/text/source_error.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import { findValue, isNull, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { getText, isText } from "../../formats/yaml/value.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { ordinaryBytes } from "../../store/current_file.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { type Kubeconfig, parseKubeconfig, PAYLOAD, type SectionName } from "../kubeconfig/kubeconfig.ts";
import { refuseUnreadableFile } from "../kubeconfig/unreadable.ts";
import { isListedTwice, kubectlFiles, markForKubectl } from "../kubeconfig/locate.ts";

/** A context that a file selects, or has. */
interface FiledContext {
  readonly name: string;
  readonly path: string;
}

/** An entry that kubectl takes from a file that it reads before ours. */
export interface HiddenEntry {
  /** The context that is not what our file says. */
  readonly context: string;
  readonly what: typeof PAYLOAD[SectionName];
  readonly name: string;
  readonly path: string;
}

export interface UnreadableFile {
  readonly path: string;
  /** Why, as it follows a colon. */
  readonly found: string;
}

/** What kubectl makes of a kubeconfig of ours together with the other files that it reads. */
export interface KubectlView {
  /** Whether our file is among those. */
  readonly isRead: boolean;
  /** Other files that, as far as we can tell, keep kubectl from reading any. */
  readonly unreadable: readonly UnreadableFile[];
  readonly hidden: readonly HiddenEntry[];
  /** undefined when no file selects one. */
  readonly current: FiledContext | undefined;
  /** The context that our file selects. */
  readonly ownContext: string | undefined;
  /** Whether `kubectl config` can write to none of them. */
  readonly isSealed: boolean;
}

interface ViewInput {
  /** Of our kubeconfig, absolute. */
  readonly path: string;
  /** What our file holds, or will; undefined: what it holds now. */
  readonly text: string | undefined;
  /** The contexts of it that matter. */
  readonly contexts: readonly string[];
  /** The context that our file selects, where that is known. */
  readonly ownContext: string | undefined;
}

/**
 * Our kubeconfig as kubectl sees it: of the files of KUBECONFIG the first one that has an entry of a name, or selects a
 * context, wins. Our file is only read where an earlier one could hide something of it, or where it is not known which
 * context it selects. Permissions: env, read.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function viewAsKubectl(host: Needs<"env" | "read" | "sys">, input: ViewInput): KubectlView {
  const { path, contexts } = input;
  const files = markForKubectl(host, path);
  const index = files.findIndex(({ isMeant }) => isMeant);
  const read = files.map((file) => file.isMeant ? undefined : readOther(host, file.path));
  const configs = (from: number, to: number): readonly OtherFile[] =>
    read.slice(from, to).flatMap((one) => one === undefined || "found" in one ? [] : [one]);
  const earlier = index < 0 ? [] : configs(0, index);
  const own = earlier.length > 0 || input.ownContext === undefined ? readOwn(host, input) : undefined;
  const ownContext = input.ownContext ?? own?.currentContext;
  const ours = index < 0 || ownContext === undefined ? [] : [{ name: ownContext, path }];
  const others = (found: readonly OtherFile[]) =>
    found.flatMap(({ path, config: { currentContext: name } }) => name === undefined ? [] : [{ name, path }]);
  const [current] = [...others(earlier), ...ours, ...others(configs(index + 1, files.length))];
  return {
    isRead: index >= 0,
    unreadable: read.flatMap((one) => one !== undefined && "found" in one ? [one] : []),
    hidden: own === undefined ? [] : contexts.flatMap((name) => findHidden(name, { own, earlier })),
    current,
    ownContext,
    isSealed: isListedTwice(host),
  };
}

interface RemovalView {
  /** Those of the removed contexts that kubectl has all the same, each with the first file that has it. */
  readonly left: readonly FiledContext[];
  /** The context that kubectl uses, where none of its files has it. */
  readonly missing: FiledContext | undefined;
  /** Files that, as far as we can tell, keep kubectl from reading any. */
  readonly unreadable: readonly UnreadableFile[];
}

/** What kubectl makes of its files once contexts have been removed from some of them. Permissions: env, read. */
export function viewRemovalAsKubectl(host: Needs<"env" | "read" | "sys">, removed: readonly string[]): RemovalView {
  const read = kubectlFiles(host).flatMap((path) => readOther(host, path) ?? []);
  const files = read.flatMap((one) => "found" in one ? [] : [one]);
  const unreadable = read.flatMap((one) => "found" in one ? [one] : []);
  if (unreadable.length > 0) return { left: [], missing: undefined, unreadable };
  const holder = (name: string) => files.find(({ config }) => config.contexts.entries.has(name));
  const selecting = files.find(({ config }) => config.currentContext !== undefined);
  const name = selecting?.config.currentContext;
  return {
    left: removed.flatMap((name) => {
      const found = holder(name);
      return found === undefined ? [] : [{ name, path: found.path }];
    }),
    missing: name === undefined || holder(name) !== undefined ? undefined : { name, path: selecting!.path },
    unreadable,
  };
}

export interface OtherFile {
  readonly path: string;
  readonly config: Kubeconfig;
}

/** undefined where no file is, without which kubectl goes on, and for devices and pipes, which are not read twice. */
export function readOther(host: Needs<"read">, path: string): OtherFile | UnreadableFile | undefined {
  try {
    const stat = host.read.stat(path);
    if (stat === undefined || !(stat.isFile || stat.isDirectory)) return undefined;
    const bytes = ordinaryBytes(host, path);
    if (bytes === undefined) return undefined;
    const config = parseKubeconfig(decodeUtf8(bytes));
    refuseUnreadableFile(config);
    return { path, config };
  } catch (error) {
    if (isFileError(error)) return { path, found: explainFileError(error, path) };
    if (error instanceof YamlError) return { path, found: `line ${error.line}: ${error.message}` };
    throw error;
  }
}

/** undefined where it cannot be read (any more). */
function readOwn(host: Needs<"read">, { path, text }: ViewInput): Kubeconfig | undefined {
  if (text === undefined) {
    const found = readOther(host, path);
    return found !== undefined && "config" in found ? found.config : undefined;
  }
  return parseKubeconfig(text);
}

/** The entries that a context of ours is made of and that kubectl takes from elsewhere. */
function findHidden(
  context: string,
  { own, earlier }: { readonly own: Kubeconfig; readonly earlier: readonly OtherFile[] },
): readonly HiddenEntry[] {
  const hidden = (section: SectionName, name: string): readonly HiddenEntry[] => {
    const first = earlier.find(({ config }) => config[section].entries.has(name));
    if (first === undefined || isSame(first.config, own, { section, name })) return [];
    return [{ context, what: PAYLOAD[section], name, path: first.path }];
  };
  const found = hidden("contexts", context);
  if (found.length > 0) return found;
  const payload = own.contexts.entries.get(context)?.payload;
  const [cluster, user] = [getText(findValue(payload, "cluster")), getText(findValue(payload, "user"))];
  return [
    ...(cluster === undefined ? [] : hidden("clusters", cluster)),
    ...(user === undefined ? [] : hidden("users", user)),
  ];
}

/** Returns whether two kubeconfigs say the same of an entry, or both nothing. */
export function isSame(
  one: Kubeconfig,
  other: Kubeconfig,
  { section, name }: { readonly section: SectionName; readonly name: string },
): boolean {
  const [first, second] = [one, other].map((config) => config[section].entries.get(name)?.payload);
  return meaning(first) === meaning(second);
}

/** What a node says, in one form: however it is laid out, and in whichever order its keys are. */
function meaning(node: YamlNode | undefined): string {
  if (node === undefined || isNull(resolved(node))) return "null";
  const { kind, items, text } = resolved(node);
  if (kind === "seq") return `[${items.map(meaning).join(",")}]`;
  if (kind === "map") {
    const pairs = items.flatMap((key, at) =>
      at % 2 === 0 ? [`${JSON.stringify(key.text)}:${meaning(items[at + 1])}`] : []
    );
    return `{${pairs.sort().join(",")}}`;
  }
  return isText(resolved(node)) ? JSON.stringify(text) : text;
}
