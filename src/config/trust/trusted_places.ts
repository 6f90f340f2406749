import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { isForeign, mayOthersWrite } from "../../store/own_directories.ts";
import {
  basename,
  configHome,
  directoriesUp,
  dirname,
  expandHome,
  isInside,
  join,
  normalize,
  stateHome,
} from "../../store/paths.ts";

export type LocationHost = Needs<"read" | "env" | "runtime" | "sys">;

/** Where the administrator of the machine keeps atmos.yaml. */
export function systemDirectory(host: Needs<"env">, os: string): string | undefined {
  if (os !== "windows") return "/usr/local/etc/atmos";
  const data = host.env.get("LOCALAPPDATA");
  return data === undefined ? undefined : join(normalize(data), "atmos");
}

/** Where a person keeps their own atmos.yaml: ~/.atmos; undefined without HOME. */
export function personalDirectory(host: Needs<"env">): string | undefined {
  const home = expandHome(host, "~");
  return home === undefined ? undefined : join(home, ".atmos");
}

/** Returns where the list of what is trusted is; undefined without HOME. Permission: env. */
export function trustListPath(host: Needs<"env">): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, "atmos", "trusted.json");
}

/**
 * Whether only the machine's administrator or the person can have put the file there, so that it needs no more trust:
 * it really lies in one of their directories, and no one else may write to it or to what holds it. A link in such a
 * directory, or in place of one, leads elsewhere.
 */
export function isTrustedPlace(host: Needs<"read" | "env" | "sys">, path: string): boolean {
  const file = realPath(host, path);
  const config = configHome(host);
  const places = [systemDirectory(host, host.sys.os), personalDirectory(host), config && join(config, "atmos")];
  const reals = places.map((place) => place && realPlace(host, place)).filter((real) => real !== undefined && real);
  const holds = file === undefined ? undefined : reals.find((real) => isInside(real!, file));
  if (file === undefined || !holds) return false;
  return directoriesUp(file).filter((one) => isInside(holds, one)).every((one) => !mayOthersChange(host, one));
}

/** HOME itself may be reached through links, what is in it may not. */
function realPlace(host: Needs<"read" | "env">, place: string): string | undefined {
  const home = expandHome(host, "~");
  if (home === undefined || !isInside(home, place)) {
    const above = realPath(host, dirname(place));
    return above && join(above, basename(place));
  }
  const real = realPath(host, home);
  return real && join(real, place.slice(home.length));
}

function realPath(host: Needs<"read">, path: string): string | undefined {
  return unlessFileError(() => host.read.realPath(path));
}

/** Whether someone besides the user and root may change what is at the path: they own it or may write to it. */
function mayOthersChange(host: Needs<"read" | "sys">, path: string): boolean {
  const found = host.read.stat(path);
  return found !== undefined && (isForeign(host, found) || mayOthersWrite(host, found));
}

/** Whether a value's place is a variable of the environment; files are absolute paths. */
export function isVariable(file: string): boolean {
  return file.startsWith("environment variable ");
}
