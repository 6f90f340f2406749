import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import type { Change } from "./change.ts";
import type { CurrentFile } from "./current_file.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { makeOwnDirectory } from "./own_directories.ts";
import { dirname, join } from "./paths.ts";
import { sameBytes } from "./same_file.ts";
import { removeTemporary, writeNew } from "./write_beside.ts";

/** File names may have 255 bytes, and the endings of ours need some of them. */
const LONGEST_NAME = 200;
/** Backups are never removed, so at some point the user has to. */
const MOST_BACKUPS = 99;

/** Where copies of a file may lie, best first: beside it, then in the state directory under a name made of its path. */
export function copyPlaces({ path, stateDirectory }: Change): readonly string[] {
  if (stateDirectory === undefined) return [path];
  return [path, join(stateDirectory, encodeURIComponent(path).slice(-LONGEST_NAME))];
}

interface BackupInput {
  /** One of {@link copyPlaces}. */
  readonly place: string;
  readonly old: CurrentFile;
}

interface Backup {
  readonly path: string;
  /** Whether it holds the old bytes already. */
  readonly isThere: boolean;
}

/**
 * The backup that a file gets, the first of `<place>.bak`, `<place>.bak.2` and so on that is free or a private copy of
 * this very content: no other one is ever overwritten. RefusedFile when all are taken.
 */
export function findBackup(host: Needs<"read" | "sys">, { place, old }: BackupInput): Backup {
  for (let number = 1; number <= MOST_BACKUPS; number++) {
    const path = number === 1 ? `${place}.bak` : `${place}.bak.${number}`;
    const found = host.read.lstat(path);
    if (found === undefined) return { path, isThere: false };
    if (isCopy(host, { path, found, old })) return { path, isThere: true };
  }
  throw new RefusedFile({
    kind: "exists",
    path: place,
    found: `it has ${MOST_BACKUPS} backups already`,
    hint: `Remove those that you do not need: ${place}.bak to ${place}.bak.${MOST_BACKUPS}`,
  });
}

/** Whether a file is as good as the backup that would be written: as private, of the same owner, and of these bytes. */
function isCopy(
  host: Needs<"read" | "sys">,
  { path, found, old }: { readonly path: string; readonly found: FileStat; readonly old: CurrentFile },
): boolean {
  if (!found.isFile || (found.mode & 0o077) !== 0 || found.size !== old.bytes.length) return false;
  const me = host.sys.uid();
  return found.uid === (me === 0 ? old.stat.uid : me) && sameBytes(host.read.bytes(path), old.bytes);
}

/** Keeps the old bytes where {@link findBackup} says, in a file that only the old file's owner can read. */
export function keepBackup(
  host: Needs<"read" | "write" | "sys">,
  { place, change, old }: BackupInput & { readonly change: Change },
): { readonly backup: string } {
  makeCopyDirectory(host, { place, change });
  for (;;) {
    const { path, isThere } = findBackup(host, { place, old });
    if (isThere) removeTemporary(host, path);
    if (isThere || isWritten(host, { path, old })) return { backup: path };
  }
}

/** Whether the old bytes were written; not when something else has taken the name meanwhile. */
function isWritten(
  host: Needs<"read" | "write" | "sys">,
  { path, old }: { readonly path: string; readonly old: CurrentFile },
): boolean {
  // Only root can give files away.
  const owner = host.sys.uid() === 0 ? { owner: old.stat } : {};
  try {
    writeNew(host, { path, bytes: old.bytes, mode: 0o600, ...owner });
    return true;
  } catch (error) {
    if (isFileError(error, "exists")) return false;
    throw error;
  }
}

/** The file's own directory is there; the state directory may not be. */
export function makeCopyDirectory(
  host: Needs<"read" | "write" | "sys">,
  { place, change }: { readonly place: string; readonly change: Change },
): void {
  if (place !== change.path) makeOwnDirectory(host, dirname(place));
}
