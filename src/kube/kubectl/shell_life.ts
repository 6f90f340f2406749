import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import type { Shell } from "./selector.ts";

/** Where the system does not tell whether a process lives. */
const DAY_MS = 24 * 3_600_000;
/** Where it cannot: the process is of another container or computer. */
const WEEK_MS = 7 * DAY_MS;

/**
 * Returns the shell that has started this program. Containers have numbers of their own for processes, and a root
 * directory; computers that share a HOME have names. Permissions: read, sys (ppid).
 */
export async function findShell(host: Needs<"read" | "sys">): Promise<Shell> {
  const root = unlessFileError(() => host.read.stat("/"));
  const name = unlessFileError(() => lenientUtf8(host.read.bytes("/etc/hostname")));
  const machine = (await sha256Hex(`${root?.dev} ${root?.ino} ${name?.trim()}`)).slice(0, 8);
  return { pid: host.sys.ppid(), machine };
}

/** Returns whether two are one, as far as what is on record tells. */
export function isSameShell(one: Shell, other: Shell | undefined): boolean {
  return one.pid === other?.pid && isSameMachine(one, other);
}

function isSameMachine(one: Shell, { machine }: Shell): boolean {
  return machine === undefined || one.machine === machine;
}

/**
 * Returns whether the shell may live that a selector was made for. What a shell passes on, as direnv does, outlives the
 * one that has evaluated it. Permission: read.
 */
export function mayLive(
  host: Needs<"read" | "clock">,
  { path, shell, own }: { readonly path: string; readonly shell: Shell | undefined; readonly own: Shell | undefined },
): boolean {
  if (shell === undefined) return false;
  if (own !== undefined && !isSameMachine(own, shell)) return findAge(host, path) < WEEK_MS;
  const isKnown = unlessFileError(() => host.read.lstat("/proc/self")) !== undefined;
  if (!isKnown) return findAge(host, path) < DAY_MS;
  return unlessFileError(() => host.read.lstat(`/proc/${shell.pid}`)) !== undefined;
}

/** Returns for how many milliseconds a file has not been written; since ever where there is none. Permission: read. */
export function findAge(host: Needs<"read" | "clock">, path: string): number {
  return host.clock.now() - (unlessFileError(() => host.read.lstat(path))?.mtime ?? 0);
}
