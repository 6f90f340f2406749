import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { refuseSharedWay } from "../../store/own_directories.ts";
import { resolveTarget } from "../../store/links/resolve_target.ts";
import { mayBeThere } from "../../store/current_file.ts";
import { basename, configHome, dirname, expandHome, join, pathListSeparator, resolve } from "../../store/paths.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** What the record of written contexts is called in the directory for state. */
export const CONTEXT_RECORD = "kube/contexts.json";

export interface KubeconfigLocation {
  /** Absolute; links not resolved. */
  readonly path: string;
  /** Mode the file must have: 0600 for the default file; undefined leaves the mode of an existing file. */
  readonly mode: number | undefined;
}

/**
 * Which kubeconfig to edit: the requested one (--kubeconfig, ATMOS_KUBECONFIG), else `<config home>/atmos/kube/config`.
 * Throws AppError "kubeconfig-path" when HOME would be needed and is not set. Permissions: env, read (current directory).
 */
export function locateKubeconfig(host: Needs<"env" | "read">, requested: string | undefined): KubeconfigLocation {
  if (requested !== undefined) return { path: toAbsolute(host, requested), mode: undefined };
  const path = defaultPath(host);
  if (path === undefined) throw noHome("the kubeconfig's place");
  return { path, mode: 0o600 };
}

function defaultPath(host: Needs<"env">): string | undefined {
  const home = configHome(host);
  return home === undefined ? undefined : join(home, "atmos/kube/config");
}

/**
 * Throws RefusedFile where others may change what the directories of the default kubeconfig hold: kubectl runs what that
 * says. Another file is where the user wants it; root edits those of users. Permissions: env, read, sys (uid).
 */
export function refuseSharedKubeconfig(host: Needs<"env" | "read" | "sys">, path: string): void {
  if (path === defaultPath(host) && host.sys.uid() !== 0) refuseSharedWay(host, path);
}

/**
 * Refuses (AppError "kubeconfig-path") a list of files, as KUBECONFIG may have, where one is to be changed. A file that is
 * there may have any name, and so may a new one's directory. Permissions: read, sys.
 */
export function refuseKubeconfigList(host: Needs<"read" | "sys">, { path }: Pick<KubeconfigLocation, "path">): void {
  const separator = pathListSeparator(host);
  if (!path.includes(separator) || mayBeThere(host, path)) return;
  if (!basename(path).includes(separator) && mayBeThere(host, dirname(path))) return;
  throw new AppError("kubeconfig-path", `Cannot use kubeconfig "${path}": it is a list, and no file has that name`, {
    hint: remedy`Specify one file: ${nameSetting("kubeconfig")} or ATMOS_KUBECONFIG=PATH. A list is for KUBECONFIG.`,
  });
}

function toAbsolute(host: Needs<"env" | "read">, path: string): string {
  const expanded = expandHome(host, path);
  if (expanded === undefined) throw noHome(`kubeconfig "${path}"`);
  return resolve(host.read.cwd(), expanded);
}

function noHome(what: string): AppError {
  return new AppError("kubeconfig-path", `Cannot determine ${what}: HOME is not set`, {
    hint: remedy`Set HOME, or choose a file with ${nameSetting("kubeconfig")} or ATMOS_KUBECONFIG`,
  });
}

/**
 * The files that kubectl reads, in order, each once: those of KUBECONFIG, else ~/.kube/config.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function kubectlFiles(host: Needs<"env" | "read" | "sys">): readonly string[] {
  const list = host.env.get("KUBECONFIG");
  if (list !== undefined) {
    const paths = list.split(pathListSeparator(host)).filter((path) => path !== "");
    return [...new Set(paths.map((path) => resolve(host.read.cwd(), path)))];
  }
  const home = expandHome(host, "~/.kube/config");
  return home === undefined ? [] : [home];
}

/**
 * Returns whether KUBECONFIG has a file in two spellings, such as `a:./a`: `kubectl config` then fails at its own lock.
 * Permission: env.
 */
export function isListedTwice(host: Needs<"env" | "read" | "sys">): boolean {
  const list = host.env.get("KUBECONFIG") ?? "";
  const spellings = new Set(list.split(pathListSeparator(host)).filter((path) => path !== ""));
  return list !== "" && spellings.size > kubectlFiles(host).length;
}

interface KubectlFile {
  readonly path: string;
  /** Whether it is the file that is meant, through whatever links. */
  readonly isMeant: boolean;
}

/** The files that kubectl reads, in order, with those that lead to a file marked. */
export function markForKubectl(host: Needs<"env" | "read" | "sys">, path: string): readonly KubectlFile[] {
  const real = followKubeconfig(host, path);
  return kubectlFiles(host).map((file) => ({
    path: file,
    isMeant: file === path || followKubeconfig(host, file) === real,
  }));
}

/**
 * The files that kubectl reads but for the one that is meant, and those that it may be told to read another day, with the
 * one that is meant before them: its own default, ours, and more that are known. Permissions: env, read, sys.
 */
export function listOtherKubeconfigs(
  host: Needs<"env" | "read" | "sys">,
  { path, more }: { readonly path: string; readonly more: readonly string[] },
): readonly string[] {
  const real = followKubeconfig(host, path);
  const all = new Set([...kubectlFiles(host), ...listDefaults(host), ...more]);
  return [...all].filter((file) => file !== path && followKubeconfig(host, file) !== real);
}

/** Returns whether a file is kubectl's own default, or ours, through whatever links. Permissions: env, read, sys. */
export function isDefaultKubeconfig(host: Needs<"env" | "read" | "sys">, path: string): boolean {
  const real = followKubeconfig(host, path);
  return listDefaults(host).some((file) => file === path || followKubeconfig(host, file) === real);
}

function listDefaults(host: Needs<"env">): readonly string[] {
  const files = [expandHome(host, "~/.kube/config"), defaultPath(host)];
  return files.filter((file) => file !== undefined);
}

/** Whether a file is among those that kubectl reads, through whatever links. */
export function isReadByKubectl(host: Needs<"env" | "read" | "sys">, path: string): boolean {
  return markForKubectl(host, path).some(({ isMeant }) => isMeant);
}

/**
 * Returns where a path leads; a link may lead to a file that does not exist yet. Itself where it cannot be followed.
 * Permissions: read, sys.
 */
export function followKubeconfig(host: Needs<"read" | "sys">, path: string): string {
  try {
    return host.read.stat(path) === undefined ? resolveTarget(host, path) : host.read.realPath(path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}
