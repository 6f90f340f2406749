import { FileError, isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { setOpenMode } from "./file_mode.ts";
import { dirname } from "./paths.ts";

interface WholeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** The file whose owner the new one is to have. */
  readonly owner?: FileStat;
  /** The last word before the old file is replaced; what it throws leaves that as it is. */
  readonly check?: () => void;
  /** The temporary file is there already, empty, and has the owner that it is to have. */
  readonly isMade?: boolean;
}

/** The name of the temporary file for a file. */
export function temporaryPath(path: string): string {
  return `${path}.atmos-tmp`;
}

/**
 * Puts a whole new file in the place of the old one in one step: a temporary file in the same directory, flushed, then
 * renamed over it. Readers see the old or the new content, never a part; when this throws, it is the old. The caller
 * holds the lock, so the temporary name is fixed and a killed run's is simply used again, and the caller flushes the
 * directory. Permissions: read, write.
 */
export function writeBeside(host: Needs<"write">, file: WholeFile): void {
  putInPlace(host, { file, put: (temporary) => host.write.rename(temporary, file.path) });
}

/**
 * Writes a whole file where none is, in one step, too. FileError "exists" when something is there: it is never
 * overwritten. Permissions: read, write.
 */
export function writeNew(host: Needs<"read" | "write">, file: WholeFile): void {
  putInPlace(host, { file, put: (temporary) => putWhereFree(host, { temporary, path: file.path }) });
}

/** A link never takes a name that something has; where the file system has none, a look comes before the rename. */
function putWhereFree(
  host: Needs<"read" | "write">,
  { temporary, path }: { readonly temporary: string; readonly path: string },
): void {
  try {
    host.write.link(temporary, path);
  } catch (error) {
    if (!isFileError(error, "unsupported", "denied")) throw error;
    if (host.read.lstat(path) !== undefined) throw new FileError("exists", path, "link");
    return host.write.rename(temporary, path);
  }
  host.write.remove(temporary);
}

function putInPlace(
  host: Needs<"write">,
  { file, put }: { readonly file: WholeFile; readonly put: (temporary: string) => void },
): void {
  const temporary = temporaryPath(file.path);
  if (!file.isMade) removeIfThere(host, temporary);
  try {
    fill(host, { ...file, path: temporary });
    file.check?.();
    put(temporary);
  } catch (error) {
    removeQuietly(host, temporary);
    throw error;
  }
}

/** Removes what a killed run left of writing the file. */
export function removeTemporary(host: Needs<"write">, path: string): void {
  removeIfThere(host, temporaryPath(path));
}

/** Private from the first byte: the wanted mode comes after the owner, since a change of owner may clear bits. */
function fill(host: Needs<"write">, { path, bytes, mode, owner, isMade }: WholeFile): void {
  const file = host.write.open(path, { how: isMade ? "existing" : "new", mode: 0o600 });
  try {
    const made = file.stat();
    if (isMade) {
      if (!made.isFile || made.size > 0 || made.nlink !== 1) throw new FileError("other", path, "open");
      setOpenMode(file, mode);
    }
    file.write(bytes);
    if (owner !== undefined && (owner.uid !== made.uid || owner.gid !== made.gid)) {
      file.chown(owner.uid, owner.gid);
    }
    setOpenMode(file, mode);
    file.sync();
  } finally {
    file.close();
  }
}

export function removeIfThere(host: Needs<"write">, path: string): void {
  try {
    host.write.remove(path);
  } catch (error) {
    if (!isFileError(error, "not-found")) throw error;
  }
}

/** Flushes the directory of a file that is in place by then: that this cannot be done is no failure of the write. */
export function flushDirectory(host: Needs<"write">, path: string): void {
  try {
    host.write.syncDirectory(dirname(path));
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

/** The failure that led here is the one to report; the next run uses the same name and removes it first. */
export function removeQuietly(host: Needs<"write">, path: string): void {
  try {
    removeIfThere(host, path);
  } catch {
    // Nothing more can be done.
  }
}
