import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { nameShellCommand, remedy } from "../remedy.ts";
import { isClosed } from "./file_mode.ts";
import { type Patience, waitFor } from "./backoff.ts";
import { sameFile } from "./same_file.ts";

/** What our lock file says where it cannot be a hard link to the guard. */
const MARK = new TextEncoder().encode("atmos\n");

type LockFileHost = Needs<"read" | "write" | "clock" | "sys">;

interface LockFileInput {
  /** `<file>.lock`, the name client-go creates with O_EXCL while it writes a kubeconfig. */
  readonly path: string;
  readonly guarded: string;
  /** The guard that we hold, if one could be had. */
  readonly guard?: { readonly path: string; readonly stat: FileStat };
  readonly patience: Patience;
}

/**
 * Creates the lock file that kubectl respects; what the result describes is ours to remove. One that a killed atmos left
 * is removed at once: it is a hard link to the guard, and no one else holds that. Any other is waited for and never taken
 * over, since nothing in it tells whether its owner still lives; AppError "locked" when time is up.
 * Permissions: read, write, sys (uid).
 */
export async function takeLockFile(host: LockFileHost, input: LockFileInput): Promise<FileStat> {
  const waiting = waitFor(host, input.path);
  for (;;) {
    const created = create(host, input);
    if (created !== undefined) {
      waiting.end("taken");
      return created;
    }
    if (clearLockFile(host, input)) continue;
    if (await input.patience.wait()) continue;
    waiting.end("given up");
    throw lockedByOther(host, input);
  }
}

function create(host: LockFileHost, { path, guard }: LockFileInput): FileStat | undefined {
  try {
    return guard !== undefined && mayRemove(host, guard.stat) && tryLink(host, { from: guard.path, to: path })
      ? guard.stat
      : createFile(host, { path, marked: guard !== undefined });
  } catch (error) {
    if (isFileError(error, "exists")) return undefined;
    throw error;
  }
}

/** In a sticky directory only its owner and root remove a file: a link to another user's guard could never be given back. */
function mayRemove({ sys }: LockFileHost, { uid }: FileStat): boolean {
  return [-1, 0, uid].includes(sys.uid());
}

/** false on file systems without hard links: "denied" is how Linux says that (EPERM). */
function tryLink(host: LockFileHost, { from, to }: { from: string; to: string }): boolean {
  try {
    host.write.link(from, to);
    return true;
  } catch (error) {
    if (isFileError(error, "denied", "unsupported", "cross-device")) return false;
    throw error;
  }
}

/** Only the holder of the guard marks its file: whoever has the guard next may then remove a marked one. */
function createFile(host: LockFileHost, { path, marked }: { path: string; marked: boolean }): FileStat {
  const file = host.write.open(path, { how: "new", mode: 0o600 });
  try {
    if (marked) file.write(MARK);
    return file.stat();
  } catch (error) {
    host.write.remove(path);
    throw error;
  } finally {
    file.close();
  }
}

/**
 * Returns whether a lock file was there that a killed atmos left; it is gone now. One that cannot be removed, which is
 * another user's, locks like any other program's. Permissions: read, write.
 */
export function clearLockFile(
  host: Needs<"read" | "write">,
  { path, guard }: Pick<LockFileInput, "path"> & { readonly guard?: Pick<NonNullable<LockFileInput["guard"]>, "stat"> },
): boolean {
  const found = host.read.lstat(path);
  if (guard === undefined || found === undefined) return false;
  if (!sameFile(guard.stat, found) && !isMarked(host, { path, found })) return false;
  try {
    host.write.remove(path);
    return true;
  } catch (error) {
    if (isClosed(error)) return false;
    throw error;
  }
}

function isMarked(host: Needs<"read">, { path, found }: { path: string; found: FileStat }): boolean {
  if (!found.isFile || found.size !== MARK.length) return false;
  return new TextDecoder().decode(host.read.bytes(path)) === new TextDecoder().decode(MARK);
}

function lockedByOther(host: LockFileHost, { path, guarded }: LockFileInput): AppError {
  const found = host.read.lstat(path);
  const age = found === undefined ? 0 : Math.max(0, Math.round((host.clock.now() - found.mtime) / 1000));
  return new AppError(
    "locked",
    `Cannot lock file "${guarded}": another program's lock file ${path} has been there for ${describeAge(age)}`,
    {
      hint: remedy`If no program is editing the file: ${nameShellCommand("rm", path)}`,
      facts: { lockFile: path, ageSeconds: age },
    },
  );
}

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 365 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Seconds in the largest unit of which there is one: "6 years", "1 hour". */
function describeAge(seconds: number): string {
  const [name, length] = UNITS.find(([, length]) => seconds >= length) ?? ["second", 1];
  const count = Math.floor(seconds / length);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
