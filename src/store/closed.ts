import { type FileError, isFileError } from "../host/files/file_error.ts";

/** Whether the error says that a directory takes no changes from us, whatever is tried in it. */
export function isClosed(error: unknown): error is FileError {
  return isFileError(error, "denied", "read-only", "not-allowed");
}
