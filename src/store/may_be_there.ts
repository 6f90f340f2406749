import { isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";

/** Returns whether something may be at a path that was recorded once: what cannot be looked at may. Permission: read. */
export function mayBeThere(host: Needs<"read">, path: string): boolean {
  try {
    return host.read.stat(path) !== undefined;
  } catch (error) {
    if (isFileError(error)) return true;
    throw error;
  }
}
