import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { dirname, join } from "./paths.ts";
import { type StoreHost, update } from "./replace.ts";

/** What is kept has two kilobytes; more is none of ours. */
const MOST_BYTES = 16_384;
/** Files that are kept in one directory; the oldest go first. */
const MOST_FILES = 64;
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
    const fault = faultOf(host, { stat, most });
    return fault === undefined ? { bytes: host.read.bytes(path) } : { fault };
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

/** Keeps bytes if that is possible; nobody is told when not. Permissions: read, write, sys (uid). */
export async function writePrivate(
  host: StoreHost,
  { path, bytes }: { path: string; bytes: Uint8Array },
): Promise<void> {
  try {
    host.write.mkdir(dirname(path), 0o700);
    makeRoom(host, path);
    await update(host, { path, mode: 0o600, edit: () => bytes });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
}

function faultOf(
  host: Needs<"sys">,
  { stat, most }: { readonly stat: FileStat; readonly most: number },
): string | undefined {
  if (!stat.isFile) return "it is no ordinary file";
  if (host.sys.uid() !== -1 && stat.uid !== host.sys.uid()) return "it belongs to another user";
  if ((stat.mode & OTHERS) !== 0) return "other users may read it";
  return stat.size > most ? "it is too big" : undefined;
}

function makeRoom(host: StoreHost, path: string): void {
  const directory = dirname(path);
  const kept = host.read.list(directory).filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => join(directory, name)).filter((one) => one !== path);
  if (kept.length < MOST_FILES) return;
  const byAge = kept.map((one) => ({ one, age: host.read.lstat(one)?.mtime ?? 0 })).sort((a, b) => a.age - b.age);
  for (const { one } of byAge.slice(0, kept.length - MOST_FILES + 1)) removeQuietly(host, one);
}

/** Another process may have removed it. */
function removeQuietly(host: StoreHost, path: string): void {
  try {
    host.write.remove(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
