import type { Needs } from "../../host/host.ts";
import { basename, directoriesUp, dirname, expandHome, isInside, join } from "../../store/paths.ts";
import { CONFIG_NAMES, gitRoot, isDirectoryThere, isFileThere } from "./file_checks.ts";
import type { Fetched } from "../values/located.ts";
import { realTarget } from "./resolve_write_target.ts";

/**
 * Whether a path, through all links, leads out of the working tree that a file lies in, or to a file in it that is
 * usually the user's own. What Git keeps there of its own counts as outside: it may hold passwords of remotes. So does
 * what is hidden in HOME, for a file that lies right there. Permissions: read, env (HOME).
 */
export function isBeyondTree(
  host: Needs<"read" | "env">,
  { file, path }: { readonly file: string; readonly path: string },
): boolean {
  return createTreeTest(host, file)(path);
}

/** Returns {@link isBeyondTree} for many paths and one file: its tree is looked for once, when the first path comes. */
export function createTreeTest(host: Needs<"read" | "env">, file: string): (path: string) => boolean {
  let start: { readonly from: Start | undefined } | undefined;
  return (path) => {
    const { from } = start ??= { from: startBeside(host, file) };
    const real = realTarget(host, path);
    return from === undefined || real === undefined || isPersonal(host, { path, real }) || isOutside(from, real);
  };
}

/** Variables, often with passwords, and the state of Terraform, which has all that it was given. */
const PERSONAL = /^\.env(?:\..*)?$|\.tfstate(?:\..*)?$/i;

/** Whether a path leads to such a file in the working tree of another: others may have written it. Permissions: read, env. */
export function isPersonalInTree(
  host: Needs<"read" | "env">,
  { file, path }: { readonly file: string; readonly path: string },
): boolean {
  const own = realTarget(host, file);
  const named = { path, real: realTarget(host, path) ?? path };
  return own !== undefined && isPersonal(host, named) && !isBeyondTreeOf(host, { directory: dirname(own), path });
}

/** By its own name, or that of the file that links lead to. */
function isPersonal(host: Needs<"read">, { path, real }: { readonly path: string; readonly real: string }): boolean {
  return [path, real].some((one) => PERSONAL.test(basename(one))) && !isDirectoryThere(host, path);
}

/** Whether a path leads out of the working tree of a directory, whatever it is called. Permissions: read, env. */
export function isBeyondTreeOf(
  host: Needs<"read" | "env">,
  { directory, path }: { readonly directory: string; readonly path: string },
): boolean {
  const [real, from] = [realTarget(host, path), realTarget(host, directory)];
  return real === undefined || from === undefined || isOutside(startAt(host, from), real);
}

/** The tree of a directory, and whether it is HOME or above. */
interface Start {
  readonly tree: string;
  readonly isHome: boolean;
}

function startBeside(host: Needs<"read" | "env">, file: string): Start | undefined {
  const own = realTarget(host, file);
  return own === undefined ? undefined : startAt(host, dirname(own));
}

function startAt(host: Needs<"read" | "env">, directory: string): Start {
  const tree = findTree(host, directory);
  return { tree, isHome: holdsHome(host, tree) };
}

function isOutside({ tree, isHome }: Start, real: string): boolean {
  if (!isInside(tree, real) || real.split("/").includes(".git")) return true;
  return isHome && real.slice(tree.length).split("/").some(isHidden);
}

/** Whether a path leads into a repository that HOME is not in. Permissions: read, env (HOME). */
export function isInRepository(host: Needs<"read" | "env">, path: string): boolean {
  const real = realTarget(host, path);
  if (real === undefined) return false;
  const repository = gitRoot(host, dirname(real));
  return repository !== undefined && !holdsHome(host, repository);
}

/** The working tree of a file. */
export interface Tree {
  /** Its directory, links resolved. */
  readonly root: string;
  /** Whether what has this name counts as outside, with all that is in it. */
  readonly skips: (name: string) => boolean;
}

/** Returns the working tree that a file lies in, links resolved. Permissions: read, env (HOME). */
export function treeAround(host: Needs<"read" | "env">, file: string): Tree {
  const root = findTree(host, dirname(file));
  const isHome = holdsHome(host, root);
  return { root, skips: (name) => name === ".git" || (isHome && isHidden(name)) };
}

/**
 * Returns where a path ends up through all links, to be put on what is read there: `{}` where it is what was said.
 * Permissions: read, env (HOME).
 */
export function targetBeyond(
  host: Needs<"read" | "env">,
  { path, said = "" }: { readonly path: string; readonly said?: string },
): Pick<Fetched, "target"> {
  const target = realTarget(host, path) ?? "links without end";
  return target === (expandHome(host, said) ?? said) ? {} : { target };
}

/** What configuration is called is none of another program's. */
function isHidden(name: string): boolean {
  return name.startsWith(".") && !/^\.atmos(?:\.d|\.ya?ml)?$/.test(name);
}

/** The repository, or where the nearest atmos.yaml lies, neither of which HOME is; or the directory itself. */
function findTree(host: Needs<"read" | "env">, directory: string): string {
  const isTree = (one: string) => !holdsHome(host, one);
  const repository = gitRoot(host, directory);
  if (repository !== undefined && isTree(repository)) return repository;
  const configured = (one: string) => CONFIG_NAMES.some((name) => isFileThere(host, join(one, name)));
  return directoriesUp(directory).find((one) => isTree(one) && configured(one)) ?? directory;
}

/** Whether a directory is HOME, or above it. */
function holdsHome(host: Needs<"read" | "env">, directory: string): boolean {
  const home = expandHome(host, "~");
  const real = home === undefined ? undefined : realTarget(host, home);
  return real !== undefined && isInside(directory, real);
}
