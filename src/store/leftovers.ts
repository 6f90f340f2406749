import { isFileError } from "../host/files/file_error.ts";
import type { Needs, OpenFile } from "../host/host.ts";
import { makeGuardPath } from "./flock.ts";
import { join } from "./paths.ts";
import { removeIfThere, temporaryPath } from "./write_beside.ts";

const TEMPORARY = temporaryPath("");
/** Profiles of browsers, with thousands of files of their own. */
const OTHERS = ["console"];
/** Deeper than any directory in which files are kept. */
const DEEPEST = 12;

/**
 * Returns the temporary files below a directory, which may hold all that was to be written when a run was killed. Links
 * are not followed. Permission: read.
 */
export function findLeftovers(host: Needs<"read">, directory: string, depth = 0): readonly string[] {
  return unlessClosed(() =>
    host.read.list(directory).filter((name) => depth > 0 || !OTHERS.includes(name)).flatMap((name) => {
      const path = join(directory, name);
      if (path.endsWith(TEMPORARY)) return host.read.lstat(path)?.isFile ? [path] : [];
      return depth < DEEPEST && host.read.lstat(path)?.isDirectory ? findLeftovers(host, path, depth + 1) : [];
    })
  );
}

/** Returns the temporary file beside a file, links resolved, if a run has left one. Permission: read. */
export function findLeftoverBeside(host: Needs<"read">, path: string): readonly string[] {
  return unlessClosed(() => {
    const temporary = temporaryPath(host.read.lstat(path) === undefined ? path : host.read.realPath(path));
    return host.read.lstat(temporary)?.isFile ? [temporary] : [];
  });
}

/**
 * Removes such a file; false where a run that is alive is writing it, and will put it in its place. FileErrors.
 * Permissions: read, write.
 */
export function removeLeftover(host: Needs<"read" | "write">, temporary: string): boolean {
  const path = temporary.slice(0, -TEMPORARY.length);
  const locks: OpenFile[] = [];
  try {
    // That of credential files is the lock file of the Go atmos; beside others it may be a link to the first one.
    for (const lock of [makeGuardPath(path), `${path}.lock`]) {
      const held = lockFree(host, { lock, locks });
      if (held === "busy") return false;
      if (held !== undefined) locks.push(held);
    }
    removeIfThere(host, temporary);
    return true;
  } finally {
    for (const one of locks) one.close();
  }
}

/** undefined where there is nothing to lock. */
function lockFree(
  host: Needs<"read" | "write">,
  { lock, locks }: { readonly lock: string; readonly locks: readonly OpenFile[] },
): OpenFile | "busy" | undefined {
  const found = host.read.lstat(lock);
  if (!found?.isFile || locks.some((one) => one.stat().ino === found.ino)) return undefined;
  const file = host.write.open(lock, { how: "existing", mode: 0o600 });
  if (file.tryLock()) return file;
  file.close();
  return "busy";
}

/** Nothing where the system does not let us look, or there is no such directory. */
function unlessClosed(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
