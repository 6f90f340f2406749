import type { Needs } from "../host/host.ts";
import { isFileError } from "../host/file_error.ts";
import { configHome, expandHome, isAbsolute, join, normalize } from "../store/paths.ts";

/** Where the administrator of the machine keeps atmos.yaml. */
export function systemDirectory(host: Needs<"env" | "runtime">): string | undefined {
  if (host.runtime.os !== "windows") return "/usr/local/etc/atmos";
  const data = host.env.get("LOCALAPPDATA");
  return data === undefined ? undefined : join(normalize(data), "atmos");
}

/** Where a person keeps their own atmos.yaml: ~/.atmos; undefined without HOME. */
export function personalDirectory(host: Needs<"env">): string | undefined {
  const home = expandHome(host, "~");
  return home === undefined || !isAbsolute(home) ? undefined : join(home, ".atmos");
}

/**
 * Whether only the machine's administrator or the person can have put the file there, so that it needs no more trust.
 * Where it really lies counts, links resolved, and whose it is: a link out of ~/.atmos hands no trust on.
 */
export function isTrustedPlace(host: Needs<"read" | "env" | "runtime">, path: string): boolean {
  const real = realPath(host, path);
  return real !== undefined && realPlaces(host).some((place) => isInside(place, real)) && isOwn(host, real);
}

function realPlaces(host: Needs<"read" | "env" | "runtime">): readonly string[] {
  const parents = [["~", ".atmos"], [configHome(host), "atmos"]] as const;
  const places = parents.map(([parent, name]) => {
    const home = parent === "~" ? expandHome(host, "~") : parent;
    const real = home === undefined || !isAbsolute(home) ? undefined : realPath(host, home);
    return real === undefined ? undefined : join(real, name);
  });
  return [systemDirectory(host), ...places].filter((place) => place !== undefined);
}

function realPath(host: Needs<"read">, path: string): string | undefined {
  try {
    return host.read.realPath(path);
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

/** The administrator's or that of whoever HOME belongs to, and nobody else may write it. Windows has no such bits. */
function isOwn(host: Needs<"read" | "env">, path: string): boolean {
  const found = host.read.stat(path);
  const home = expandHome(host, "~");
  const owners = [0, -1, home === undefined ? -1 : host.read.stat(home)?.uid ?? -1];
  return found !== undefined && owners.includes(found.uid) && (found.mode & OTHERS_WRITE) === 0;
}

const OTHERS_WRITE = 0o002;

/** Whether a normalized path is the directory or below it. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}
