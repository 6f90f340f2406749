import type { Needs } from "../host/host.ts";
import { configHome, expandHome, join, normalize } from "../store/paths.ts";

/** Where the administrator of the machine keeps atmos.yaml. */
export function systemDirectory(host: Needs<"env" | "runtime">): string | undefined {
  if (host.runtime.os !== "windows") return "/usr/local/etc/atmos";
  const data = host.env.get("LOCALAPPDATA");
  return data === undefined ? undefined : join(normalize(data), "atmos");
}

/** Where a person keeps their own atmos.yaml: ~/.atmos; undefined without HOME. */
export function personalDirectory(host: Needs<"env">): string | undefined {
  const home = expandHome(host, "~");
  return home === undefined ? undefined : join(home, ".atmos");
}

/** Whether only the machine's administrator or the person can have put the file there, so that it needs no more trust. */
export function isTrustedPlace(host: Needs<"env" | "runtime">, path: string): boolean {
  const config = configHome(host);
  const places = [systemDirectory(host), personalDirectory(host), config && join(config, "atmos")];
  return places.some((place) => place !== undefined && isInside(place, path));
}

/** Whether a normalized path is the directory or below it. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}
