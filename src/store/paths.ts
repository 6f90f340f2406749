import type { Needs } from "../host/host.ts";

/** After a drive, as in `C:\x`, a backslash separates; anywhere else it is an ordinary character. */
const DRIVE = /^[A-Za-z]:(?=[\\/]|$)/;

/** Puts the parts together with "/" and normalizes; empty parts are skipped, and nothing at all is ".". */
export function join(...parts: string[]): string {
  return normalize(parts.filter((part) => part !== "").join("/"));
}

/** Takes out `.`, `..`, doubled and trailing slashes, by the letters alone: links are not looked at. */
export function normalize(path: string): string {
  const { root, rest } = splitRoot(path);
  const kept: string[] = [];
  for (const name of rest.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== ".." || (kept.length === 0 ? root === "" : kept.at(-1) === "..")) kept.push(name);
    else kept.pop();
  }
  return root + kept.join("/") || ".";
}

/** What separates the paths of a list such as PATH or KUBECONFIG. */
export function pathListSeparator({ sys }: Needs<"sys">): ";" | ":" {
  return sys.os === "windows" ? ";" : ":";
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || DRIVE.test(path);
}

/** The path as seen from the directory `cwd`, normalized. */
export function resolve(cwd: string, path: string): string {
  return isAbsolute(path) ? normalize(path) : join(cwd, path);
}

/** The directory that holds the path: "." for a bare name, the root for the root itself. */
export function dirname(path: string): string {
  const { root, rest } = splitRoot(normalize(path));
  return root + rest.slice(0, Math.max(0, rest.lastIndexOf("/"))) || ".";
}

/** The last name of the path; "" for the root. */
export function basename(path: string): string {
  const { rest } = splitRoot(normalize(path));
  return rest.slice(rest.lastIndexOf("/") + 1);
}

/** The path with a leading `~` (alone or before a slash) as HOME; undefined when it has one and there is no HOME. */
export function expandHome(host: Needs<"env">, path: string): string | undefined {
  if (!/^~(?:$|[\\/])/.test(path)) return path;
  const home = getHome(host);
  return home === undefined ? undefined : join(home, path.slice(1));
}

/**
 * Where configuration lives: $ATMOS_XDG_CONFIG_HOME, $XDG_CONFIG_HOME or ~/.config, on macOS too; undefined without
 * HOME. Relative values are ignored, as https://specifications.freedesktop.org/basedir-spec/latest/ asks.
 */
export function configHome(host: Needs<"env">): string | undefined {
  return baseDirectory(host, { name: "XDG_CONFIG_HOME", fallback: ".config" });
}

/** Where data of its own lives: $ATMOS_XDG_DATA_HOME, $XDG_DATA_HOME or ~/.local/share, by the same rules. */
export function dataHome(host: Needs<"env">): string | undefined {
  return baseDirectory(host, { name: "XDG_DATA_HOME", fallback: ".local/share" });
}

/** Where things that outlive a run live: $ATMOS_XDG_STATE_HOME, $XDG_STATE_HOME or ~/.local/state, by the same rules. */
export function stateHome(host: Needs<"env">): string | undefined {
  return baseDirectory(host, { name: "XDG_STATE_HOME", fallback: ".local/state" });
}

/** Returns where something is remembered in this program's directory for state; undefined without HOME. Permission: env. */
export function statePath(host: Needs<"env">, name: string): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, "atmos", name);
}

/** Where things that can be got again live: $ATMOS_XDG_CACHE_HOME, $XDG_CACHE_HOME or ~/.cache, by the same rules. */
export function cacheHome(host: Needs<"env">): string | undefined {
  return baseDirectory(host, { name: "XDG_CACHE_HOME", fallback: ".cache" });
}

function baseDirectory(host: Needs<"env">, { name, fallback }: { name: string; fallback: string }): string | undefined {
  const given = [host.env.get(`ATMOS_${name}`), host.env.get(name)].find((path) => path && isAbsolute(path));
  if (given !== undefined) return normalize(given);
  const home = getHome(host);
  return home === undefined ? undefined : join(home, fallback);
}

/** A relative one would be somewhere else in every directory, maybe one that a stranger filled: it counts as none. */
function getHome(host: Needs<"env">): string | undefined {
  return [host.env.get("HOME"), host.env.get("USERPROFILE")].find((path) => path !== undefined && isAbsolute(path));
}

/** The path as its root ("" for a relative one) and what is below it. */
export function splitRoot(path: string): { root: string; rest: string } {
  if (path.startsWith("/")) return { root: "/", rest: path.slice(1) };
  if (DRIVE.test(path)) return { root: `${path.slice(0, 2)}/`, rest: path.slice(3).replaceAll("\\", "/") };
  return { root: "", rest: path };
}

/** Whether a normalized path is the directory or below it. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

/** The directory itself, then those that hold it, up to the root. */
export function directoriesUp(from: string): readonly string[] {
  const all = [from];
  for (let up = dirname(from); up !== all.at(-1); up = dirname(up)) all.push(up);
  return all;
}
