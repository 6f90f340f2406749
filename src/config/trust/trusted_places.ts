import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { basename, configHome, dirname, expandHome, join, normalize, stateHome } from "../../store/paths.ts";
import { directoriesUp, isInside } from "../files/file_checks.ts";

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

/** Bits that let the group, and all others, write. */
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/**
 * Whether someone besides the user and root may change what is at the path: they own it or may write to it. The group
 * that has a user's own number is that user's alone, and Linux lets it write by default. Never where the system has no
 * user ids. Permissions: read, sys (uid).
 */
function mayOthersChange(host: Needs<"read" | "sys">, path: string): boolean {
  const found = host.read.stat(path);
  if (found === undefined || host.sys.uid() === -1) return false;
  return isForeign(host, found) || (found.mode & OTHERS_WRITE) !== 0 ||
    ((found.mode & GROUP_WRITES) !== 0 && !isOwnGroup(host, found));
}

/** Whether it belongs to someone besides the user and root. */
export function isForeign(host: Needs<"sys">, { uid }: FileStat): boolean {
  const me = host.sys.uid();
  return me !== -1 && uid !== me && uid !== 0;
}

function isOwnGroup(host: Needs<"sys">, { gid }: FileStat): boolean {
  const me = host.sys.uid();
  return me > 0 && gid === me;
}

/** Whether ATMOS_TRUST says so; without it, whether this is a CI job, which trusts the repository that it was started for. */
export function isTrustingAll({ env }: Needs<"env">): boolean {
  const said = env.get("ATMOS_TRUST");
  if (said !== undefined && said !== "") return /^(?:1|true|yes|on)$/i.test(said);
  return /^(?:1|true)$/i.test(env.get("CI") ?? "");
}
