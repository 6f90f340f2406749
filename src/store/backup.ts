import type { Needs } from "../host/host.ts";
import type { Change } from "./change.ts";
import type { CurrentFile } from "./current_file.ts";
import { OWNER_ONLY } from "./file_mode.ts";
import { dirname, join } from "./paths.ts";
import { writeBeside } from "./write_beside.ts";

/** File names may have 255 bytes, and the endings of ours need some of them. */
const LONGEST_NAME = 200;

/** Where copies of a file may lie, best first: beside it, then in the state directory under a name made of its path. */
export function copyPlaces({ path, stateDirectory }: Change): readonly string[] {
  if (stateDirectory === undefined) return [path];
  return [path, join(stateDirectory, encodeURIComponent(path).slice(-LONGEST_NAME))];
}

interface BackupInput {
  /** One of {@link copyPlaces}. */
  readonly place: string;
  readonly change: Change;
  readonly old: CurrentFile;
}

/**
 * Keeps the old bytes as `<place>.bak`, for the owner of the file alone: it has no ACL that would tell what the bits of the
 * group and of others mean.
 */
export function keepBackup(
  host: Needs<"read" | "write" | "sys">,
  { place, change, old }: BackupInput,
): { backup: string } {
  const backup = `${place}.bak`;
  makeCopyDirectory(host, { place, change });
  const mode = old.stat.mode & (change.mode ?? old.stat.mode) & OWNER_ONLY;
  writeBeside(host, { path: backup, bytes: old.bytes, mode, ...(host.sys.uid() === 0 ? { owner: old.stat } : {}) });
  return { backup };
}

/** The file's own directory is there; the state directory may not be. */
export function makeCopyDirectory(host: Needs<"read" | "write">, { place, change }: Omit<BackupInput, "old">): void {
  if (place !== change.path && host.read.stat(dirname(place)) === undefined) host.write.mkdir(dirname(place), 0o700);
}
