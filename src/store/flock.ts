import { AppError } from "../errors.ts";
import { isFileError, unlessFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs, OpenFile } from "../host/host.ts";
import { nameShellCommand, remedy } from "../remedy.ts";
import { isClosed } from "./file_mode.ts";
import { dirname } from "./paths.ts";
import { type Patience, waitFor } from "./backoff.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { sameFile } from "./same_file.ts";

type GuardHost = Needs<"read" | "write">;

interface GuardInput {
  /** The guard file; created 0600 when missing, and deleted by its holder alone ({@link removeGuard}), if at all. */
  readonly path: string;
  /** The file that is guarded, for messages. */
  readonly guarded: string;
  readonly patience: Patience;
}

/** The path of the guard of a file. */
export function makeGuardPath(path: string): string {
  return `${path}.atmos-lock`;
}

type Attempt = OpenFile | "held" | "unavailable";

/**
 * Takes the kernel's lock (flock) on the guard file, which the kernel gives back whenever its holder ends. undefined
 * where that cannot be had: another user's guard, a closed directory, a file system without flock. Throws AppError
 * "locked" when time is up and RefusedFile for a guard that is a link. Permissions: read, write.
 */
export async function takeGuard(host: GuardHost, input: GuardInput): Promise<OpenFile | undefined> {
  const waiting = waitFor(host, input.path);
  do {
    const attempt = tryGuard(host, input.path);
    if (attempt !== "held") {
      waiting.end(attempt === "unavailable" ? attempt : "taken");
      return attempt === "unavailable" ? undefined : attempt;
    }
  } while (await input.patience.wait());
  waiting.end("given up");
  const message = `Cannot lock file "${input.guarded}": other atmos processes kept it busy for ${
    seconds(input.patience.timeoutMs)
  } s`;
  throw new AppError("locked", message, {
    hint: "Try again when they have finished",
    facts: { lockFile: input.path },
  });
}

/** Milliseconds as seconds, to a tenth. */
function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function tryGuard(host: GuardHost, path: string): Attempt {
  try {
    const file = openGuard(host, path);
    return file === undefined ? "held" : tryLock(host, { path, file });
  } catch (error) {
    if (isClosed(error)) return "unavailable";
    throw error;
  }
}

/** undefined when another process made or removed the guard just now. */
function openGuard(host: GuardHost, path: string): OpenFile | undefined {
  const found = findGuard(host, path);
  try {
    return found === undefined ? createGuard(host, path) : host.write.open(path, { how: "existing", mode: 0o600 });
  } catch (error) {
    if (isFileError(error, found === undefined ? "exists" : "not-found")) return undefined;
    throw error;
  }
}

/** The guard file; undefined when there is none yet. Throws RefusedFile for what is no ordinary file. */
export function findGuard(host: Needs<"read">, path: string): FileStat | undefined {
  const found = host.read.lstat(path);
  if (found !== undefined && !found.isFile) throw refusedGuard(path);
  return found;
}

/** A guard made by root in a user's directory must not lock that user out later, so it is given to the user. */
function createGuard(host: GuardHost, path: string): OpenFile {
  const file = host.write.open(path, { how: "new", mode: 0o600 });
  try {
    giveToOwner(host, { path, file });
    return file;
  } catch (error) {
    if (isFileError(error, "denied", "unsupported")) return file;
    file.close();
    throw error;
  }
}

/** Where nothing can be looked up it guards all the same. */
function giveToOwner(host: GuardHost, { path, file }: { readonly path: string; readonly file: OpenFile }): void {
  if (unlessFileError(() => file.stat())?.uid !== 0) return;
  const directory = unlessFileError(() => host.read.stat(dirname(path)));
  if (directory !== undefined && directory.uid !== 0) file.chown(directory.uid, directory.gid);
}

/** A guard that was deleted since it was opened is no guard: the next process would lock another file. */
function tryLock(host: GuardHost, { path, file }: { path: string; file: OpenFile }): Attempt {
  try {
    if (file.tryLock() && sameFile(file.stat(), host.read.lstat(path))) return file;
    file.close();
    return "held";
  } catch (error) {
    file.close();
    if (isFileError(error, "unsupported")) return "unavailable";
    throw error;
  }
}

/**
 * Deletes a guard that the caller holds; before it is given back, so that it is never another process's. Those that wait
 * with the deleted file open get its lock next, find that it is no guard any more, and open the new one.
 */
export function removeGuard(host: GuardHost, path: string): void {
  try {
    host.write.remove(path);
  } catch (error) {
    // It is empty, and guards as well as before.
    if (!isFileError(error)) throw error;
  }
}

function refusedGuard(path: string): RefusedFile {
  return new RefusedFile({
    kind: "unsupported",
    path,
    found: "it should be a regular lock file, but is a link or something else",
    hint: remedy`Check it, then: ${nameShellCommand("rm", path)}`,
  });
}
