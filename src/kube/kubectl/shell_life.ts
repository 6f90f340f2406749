import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";

/** Where the system does not tell whether a process lives. */
const DAY_MS = 24 * 3_600_000;

/**
 * Returns whether the shell may live that a selector was made for. What a shell passes on, as direnv does, outlives the
 * one that has evaluated it. Permission: read.
 */
export function mayLive(
  host: Needs<"read" | "clock">,
  { path, shell }: { readonly path: string; readonly shell: number | undefined },
): boolean {
  if (shell === undefined) return false;
  const isKnown = unlessFileError(() => host.read.lstat("/proc/self")) !== undefined;
  if (!isKnown) return findAge(host, path) < DAY_MS;
  return unlessFileError(() => host.read.lstat(`/proc/${shell}`)) !== undefined;
}

/** Returns for how many milliseconds a file has not been written; since ever where there is none. Permission: read. */
export function findAge(host: Needs<"read" | "clock">, path: string): number {
  return host.clock.now() - (unlessFileError(() => host.read.lstat(path))?.mtime ?? 0);
}
