import type { FileStat, Needs } from "../../host/host.ts";

/** Bits that let the group, and all others, write. */
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/**
 * Whether somebody besides the user and root may change what is at the path: they own it or may write to it. The group
 * that has a user's own number is that user's alone, and Linux lets it write by default. Never where the system has no
 * user ids. Permissions: read, sys (uid).
 */
export function mayOthersChange(host: Needs<"read" | "sys">, path: string): boolean {
  const found = host.read.stat(path);
  if (found === undefined || host.sys.uid() === -1) return false;
  return isForeign(host, found) || (found.mode & OTHERS_WRITE) !== 0 ||
    ((found.mode & GROUP_WRITES) !== 0 && !isOwnGroup(host, found));
}

/** Whether it belongs to somebody besides the user and root. */
export function isForeign(host: Needs<"sys">, { uid }: FileStat): boolean {
  const me = host.sys.uid();
  return me !== -1 && uid !== me && uid !== 0;
}

function isOwnGroup(host: Needs<"sys">, { gid }: FileStat): boolean {
  const me = host.sys.uid();
  return me > 0 && gid === me;
}
