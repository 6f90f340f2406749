import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { refuseSharedWay } from "./own_directories.ts";

/** What is kept has two kilobytes; more is none of ours. */
const MOST_BYTES = 16_384;
const OTHERS = 0o077;

/** What is in a file, or why it is not used. */
type PrivateBytes = { readonly bytes: Uint8Array } | { readonly fault: string };

/**
 * A file of at most that many bytes that only this user can have written or read; undefined when there is none.
 * Permissions: read, sys (uid).
 */
export function readPrivate(
  host: Needs<"read" | "sys">,
  path: string,
  most: number = MOST_BYTES,
): PrivateBytes | undefined {
  try {
    const stat = host.read.lstat(path);
    if (stat === undefined) return undefined;
    refuseSharedWay(host, path);
    const fault = findFault(host, { stat, most });
    return fault === undefined ? { bytes: host.read.bytes(path) } : { fault };
  } catch (error) {
    if (error instanceof RefusedFile) return { fault: error.found };
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function findFault(
  host: Needs<"sys">,
  { stat, most }: { readonly stat: FileStat; readonly most: number },
): string | undefined {
  if (!stat.isFile) return "it is not a regular file";
  if (host.sys.uid() !== -1 && stat.uid !== host.sys.uid()) return "it belongs to another user";
  if ((stat.mode & OTHERS) !== 0) return "other users may read it";
  return stat.size > most ? "it is too big" : undefined;
}
