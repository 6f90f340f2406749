import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { nameShellCommand, type Remedy, remedy } from "../remedy.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { dirname, join } from "./paths.ts";
import { refuseForeignWay, resolveTarget } from "./links/resolve_target.ts";

/** What the directories are called in which this program keeps its own files. */
const NAME = "atmos";
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

type LookHost = Needs<"read" | "sys">;

/** Whether something belongs to someone besides the user and root; never where the system has no user ids. */
export function isForeign(host: Needs<"sys">, { uid }: FileStat): boolean {
  const me = host.sys.uid();
  return me !== -1 && uid !== me && uid !== 0;
}

/**
 * Whether others than the user and root may write to something. The group that has a user's own number is that user's
 * alone, and Linux lets it write by default. Never where the system has no user ids. Permission: sys (uid).
 */
export function mayOthersWrite(host: Needs<"sys">, { mode, gid }: FileStat): boolean {
  const me = host.sys.uid();
  if (me === -1) return false;
  const isOwnGroup = me > 0 && gid === me;
  return (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && !isOwnGroup);
}

/**
 * Throws RefusedFile where a directory above one of this program's own files belongs to another user, or others may write
 * to it: they can put anything in the place of what it holds, even if that is the user's. What holds the first directory of
 * that name is the user's choice. Permissions: read, sys (uid).
 */
export function refuseSharedDirectories(host: LookHost, path: string): void {
  if (host.sys.uid() === -1) return;
  for (const directory of directoriesAbove(path)) {
    const found = host.read.stat(directory);
    if (found === undefined) return;
    if (isForeign(host, found)) throw refusal(path, [`${directory} belongs to another user (uid ${found.uid})`, MOVE]);
    if (!mayOthersWrite(host, found)) continue;
    const mode = found.mode.toString(8).padStart(4, "0");
    const close = remedy`Check it, then: ${nameShellCommand("chmod", "go-w", directory)}`;
    throw refusal(path, [`other users may write to ${directory} (mode ${mode})`, close]);
  }
}

const MOVE = "Check it and remove it, or choose another place with XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME " +
  "or XDG_DATA_HOME";

function refusal(path: string, [found, hint]: readonly [found: string, hint: Remedy]): RefusedFile {
  return new RefusedFile({ kind: "denied", path, found: `its directory is not yours alone: ${found}`, hint });
}

/** Those of this program, the outermost first; of a file that is kept elsewhere the one that it lies in. */
function directoriesAbove(path: string): readonly string[] {
  const directory = dirname(path);
  const names = directory.split("/");
  const first = names.indexOf(NAME);
  if (first < 0) return [directory];
  return names.slice(first).map((_, index) => names.slice(0, first + index + 1).join("/"));
}

/**
 * The same, and for another user's link on the way, for a file that is reached without {@link resolveTarget}.
 * Permissions: read, sys (uid).
 */
export function refuseSharedWay(host: LookHost, path: string): void {
  refuseForeignWay(host, dirname(path));
  refuseSharedDirectories(host, path);
}

/** Whether {@link refuseSharedWay} has nothing against a file in a directory, and that can be looked at. */
export function isOwnDirectory(host: LookHost, directory: string): boolean {
  try {
    refuseSharedWay(host, join(directory, "any"));
    return true;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

/** What {@link resolveTarget} gives for one of this program's own files, with the errors of both. */
export function resolveOwnTarget(host: LookHost, path: string): string {
  const target = resolveTarget(host, path);
  refuseSharedDirectories(host, path);
  return target;
}

/** Makes a directory of this program, for its user alone; FileErrors, those of {@link refuseSharedWay} among them. */
export function makeOwnDirectory(host: Needs<"read" | "write" | "sys">, directory: string): void {
  const file = join(directory, "any");
  refuseSharedWay(host, file);
  host.write.mkdir(directory, 0o700);
  // Another user may have been faster.
  refuseSharedDirectories(host, file);
}
