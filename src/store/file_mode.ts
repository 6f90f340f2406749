import { type FileError, isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs, OpenFile } from "../host/host.ts";

/** What the owner may do. */
export const OWNER_ONLY = 0o700;
const OWNER_MAY_WRITE = 0o200;

/** Whether its owner has given up writing to a file. Windows has no such bits. */
export function isReadOnly({ mode, uid }: Pick<FileStat, "mode" | "uid">): boolean {
  return uid !== -1 && (mode & OWNER_MAY_WRITE) === 0;
}

/** The mode that an existing file is to have: the requested one, which does not make a read-only file writable. */
export function nextMode(found: FileStat, requested: number | undefined): number {
  const mode = requested ?? found.mode;
  return isReadOnly(found) ? mode & ~OWNER_MAY_WRITE : mode;
}

/** Sets the permission bits of an open file, where the system has them. */
export function setOpenMode(file: OpenFile, mode: number): void {
  ifSupported(() => file.chmod(mode));
}

interface ModeInput {
  readonly path: string;
  readonly mode: number;
  /** What was found there, and is meant. */
  readonly found: FileStat;
}

/** The same for what is not open; FileError when something else is there by now. */
export function setMode(host: Needs<"write">, { path, ...change }: ModeInput): void {
  ifSupported(() => host.write.chmod(path, change));
}

function ifSupported(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isFileError(error, "unsupported")) throw error;
  }
}

/** Whether the error says that a directory takes no changes from us, whatever is tried in it. */
export function isClosed(error: unknown): error is FileError {
  return isFileError(error, "denied", "read-only", "not-allowed");
}
