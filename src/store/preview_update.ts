import { FileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { copyPlaces, findBackup } from "./backup.ts";
import { type Change, editedBytes } from "./change.ts";
import { readCurrent } from "./current_file.ts";
import { findGuard, makeGuardPath } from "./flock.ts";
import { dirname } from "./paths.ts";
import { resolveWriteTarget } from "./links/resolve_target.ts";

type PreviewHost = Needs<"read" | "sys" | "env">;

interface UpdatePreview {
  /** The file that would be written, links resolved. */
  readonly path: string;
  /** Where the old bytes would be kept. */
  readonly backup?: string;
}

/**
 * What `update` would do to a file, as far as a look at the disk tells: the same target, backup and refusals, while no
 * other writer is at work. `edit` is called with what the file holds. Permissions: read, sys (uid).
 */
export function previewUpdate(host: PreviewHost, change: Change): UpdatePreview {
  const path = resolveWriteTarget(host, change.path);
  findGuard(host, makeGuardPath(path));
  const old = readCurrent(host, path);
  if (old === undefined) refuseClosedDirectory(host, path);
  const bytes = editedBytes({ ...change, path }, old);
  if (old === undefined || bytes === undefined) return { path };
  const isDirectoryClosed = isClosed(host, host.read.stat(dirname(path)));
  if (isDirectoryClosed && isClosed(host, old.stat)) throw new FileError("denied", path, "open");
  if (!change.keepBackup) return { path };
  const place = copyPlaces({ ...change, path }).at(isDirectoryClosed ? -1 : 0)!;
  return { path, backup: findBackup(host, { place, old }).path };
}

/** Whether nothing is at the path and a file can be made there, as far as a look tells. Permissions: read, sys (uid). */
export function isFree(host: PreviewHost, path: string): boolean {
  try {
    if (host.read.lstat(path) !== undefined) return false;
    const target = resolveWriteTarget(host, path);
    findGuard(host, makeGuardPath(target));
    refuseClosedDirectory(host, target);
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

/** Throws the FileError of a new file whose directory takes none, or cannot be made. */
function refuseClosedDirectory(host: PreviewHost, path: string): void {
  const directory = dirname(path);
  const found = host.read.stat(directory);
  if (found !== undefined) {
    if (isClosed(host, found)) throw new FileError("denied", `${path}.lock`, "open");
    return;
  }
  let above = directory;
  while (host.read.lstat(above) === undefined) above = dirname(above);
  if (isClosed(host, host.read.stat(above))) throw new FileError("denied", directory, "create directory");
}

/** Whether the permission bits keep us out for sure; whether we are in a group is not known. */
function isClosed({ sys }: Needs<"sys">, found: FileStat | undefined): boolean {
  const me = sys.uid();
  if (found === undefined || me <= 0) return false;
  return (found.mode & (found.uid === me ? 0o200 : 0o022)) === 0;
}
