import { type FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";

/** Sets permission bits, where the system has them. */
export function setMode(host: Needs<"write">, { path, mode }: { path: string; mode: number }): void {
  try {
    host.write.chmod(path, mode);
  } catch (error) {
    if (!isFileError(error, "unsupported")) throw error;
  }
}

/** Whether the error says that a directory takes no changes from us, whatever is tried in it. */
export function isClosed(error: unknown): error is FileError {
  return isFileError(error, "denied", "read-only", "not-allowed");
}
