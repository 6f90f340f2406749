import { type FileError, isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs, OpenFile } from "../host/host.ts";

/** What the owner may do. */
export const OWNER_ONLY = 0o700;

/** Sets the permission bits of an open file, where the system has them. */
export function setOpenMode(file: OpenFile, mode: number): void {
  whereSupported(() => file.chmod(mode));
}

interface ModeInput {
  readonly path: string;
  readonly mode: number;
  /** What was found there, and is meant. */
  readonly found: FileStat;
}

/** The same for what is not open; FileError when something else is there by now. */
export function setMode(host: Needs<"write">, { path, ...change }: ModeInput): void {
  whereSupported(() => host.write.chmod(path, change));
}

function whereSupported(act: () => void): void {
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
