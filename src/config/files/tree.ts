import type { Needs } from "../../host/host.ts";
import { dirname, expandHome, join } from "../../store/paths.ts";
import { directoriesUp, gitRoot, isFileThere } from "./file_checks.ts";
import { realTarget } from "./resolve_write_target.ts";

/** What configuration is called, where it is looked for. */
export const CONFIG_NAMES = ["atmos.yaml", ".atmos.yaml", "atmos.yml", ".atmos.yml"];

/** Whether a normalized path is the directory or below it. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

/**
 * Whether a path, through all links, leads out of the working tree that a file lies in. What Git keeps there of its own
 * counts as outside: it may hold passwords of remotes. Permissions: read, env (HOME).
 */
export function isBeyondTree(
  host: Needs<"read" | "env">,
  { file, path }: { readonly file: string; readonly path: string },
): boolean {
  const real = realTarget(host, path);
  const own = realTarget(host, file);
  if (real === undefined || own === undefined) return true;
  return !isInside(treeOf(host, dirname(own)), real) || real.split("/").includes(".git");
}

/** The repository, or where the nearest atmos.yaml lies, or the directory itself; never HOME or what holds it. */
function treeOf(host: Needs<"read" | "env">, directory: string): string {
  const home = expandHome(host, "~");
  const realHome = home === undefined ? undefined : realTarget(host, home);
  const isTree = (one: string) => realHome === undefined || !isInside(one, realHome);
  const repository = gitRoot(host, directory);
  if (repository !== undefined && isTree(repository)) return repository;
  const configured = (one: string) => CONFIG_NAMES.some((name) => isFileThere(host, join(one, name)));
  return directoriesUp(directory).find((one) => isTree(one) && configured(one)) ?? directory;
}
