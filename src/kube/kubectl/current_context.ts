import { AppError } from "../../errors.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecTarget } from "../exec/exec_target.ts";
import { type Kubeconfig, parseKubeconfig } from "../kubeconfig/kubeconfig.ts";
import { readKubeconfig } from "../kubeconfig/kubeconfig_file.ts";
import { type ContextUse, NamesInUse } from "../kubeconfig/names_in_use.ts";

/** A kubeconfig that could be read. */
export interface ReadKubeconfig {
  readonly path: string;
  readonly config: Kubeconfig;
  readonly names: NamesInUse;
}

/** The context that kubectl takes where nothing names one. */
export interface CurrentContext {
  readonly name: string;
  /** Where it is, and what it joins there; undefined where no file has it. */
  readonly found: { readonly file: string; readonly use: ContextUse } | undefined;
  /** What its user makes tokens for. */
  readonly target: ExecTarget | undefined;
}

/** Returns a kubeconfig; undefined where there is none, or none that can be read. Permission: read. */
export function tryReadKubeconfig(host: Needs<"read">, path: string): ReadKubeconfig | undefined {
  const read = readOrRefuse(host, path);
  return read === "unreadable" ? undefined : read;
}

function readOrRefuse(host: Needs<"read">, path: string): ReadKubeconfig | "unreadable" | undefined {
  try {
    const bytes = readKubeconfig(host, path);
    if (bytes === undefined) return undefined;
    const config = parseKubeconfig(lenientUtf8(bytes));
    return { path, config, names: new NamesInUse(config) };
  } catch (error) {
    // Why it cannot be read is reported by the command that writes it, and by kubectl.
    if (error instanceof AppError || error instanceof YamlError) return "unreadable";
    throw error;
  }
}

/**
 * Returns what a list of kubeconfigs has as its current-context, as kubectl reads it: of each name, the first file that
 * has it counts. undefined where none has one; the path of a file that only kubectl may be able to read, where it comes
 * first. Permission: read.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function findCurrentContext(
  host: Needs<"read">,
  paths: readonly string[],
): CurrentContext | { readonly unreadable: string } | undefined {
  const files: ReadKubeconfig[] = [];
  for (const path of paths) {
    const read = readOrRefuse(host, path);
    if (read === "unreadable") return { unreadable: path };
    if (read !== undefined) files.push(read);
  }
  const name = files.find(({ config }) => config.currentContext !== undefined)?.config.currentContext;
  if (name === undefined) return undefined;
  const file = files.find(({ names }) => names.context(name) !== undefined);
  const use = file?.names.context(name);
  const user = use?.user;
  const target = user === undefined ? undefined : files.map(({ names }) => names.user(user)).find((one) => one);
  return { name, found: file === undefined ? undefined : { file: file.path, use: use! }, target };
}
