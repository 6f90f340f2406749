import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import { makeOwnDirectory } from "./own_directories.ts";
import { dirname, join } from "./paths.ts";
import { type StoreHost, update } from "./replace.ts";

/** Files that are kept in one directory; the oldest go first. */
const MOST_FILES = 64;

/** Keeps bytes if that is possible; a failure is not reported. Permissions: read, write, sys (uid). */
export async function writePrivate(
  host: StoreHost,
  { path, bytes }: { path: string; bytes: Uint8Array },
): Promise<void> {
  try {
    makeOwnDirectory(host, dirname(path));
    makeRoom(host, path);
    await update(host, { path, isOwn: true, mode: 0o600, edit: () => bytes });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
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
