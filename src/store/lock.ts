import { AppError } from "../errors.ts";
import { FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs, OpenFile } from "../host/host.ts";
import { nameShellCommand, remedy } from "../remedy.ts";
import { explainFileError } from "./explain_file_error.ts";
import { isClosed } from "./file_mode.ts";
import { makeGuardPath, removeGuard, takeGuard } from "./flock.ts";
import { clearLockFile, takeLockFile } from "./lock_file.ts";
import type { Patience } from "./backoff.ts";
import { sameFile } from "./same_file.ts";
import { removeTemporary } from "./write_beside.ts";

/** The guard's holder is alive and at work, so a long queue is no reason to give up early. */
const QUEUE_FACTOR = 6;

type LockHost = Needs<"read" | "write" | "clock" | "sys">;

interface LockInput<T> {
  /** The file to guard, links resolved; its directory must be there. */
  readonly path: string;
  /** For a lock that may be anybody's. Our own processes, which only the kernel can make wait, get more of it. */
  readonly patience: Patience;
  /**
   * Long work that needs no lock against others than atmos; done when it is our turn, before kubectl is locked out. What it
   * gives is the result, if anything, and kubectl's lock is not needed.
   */
  readonly prepare?: () => T | undefined;
  /** Whether the guard is removed at the end, beside a file that is no file of atmos; else it stays. */
  readonly leavesNothing?: boolean;
  /** Given the reason when the directory takes no new file: nothing is locked then, and the file itself has to be. */
  readonly body: (closed: FileError | undefined) => T | Promise<T>;
}

interface Guarded<T> extends LockInput<T> {
  readonly guard: OpenFile | undefined;
}

/**
 * Runs `body` while no other atmos and no kubectl writes the file: flock on `<file>.atmos-lock` among ourselves, and
 * `<file>.lock` as client-go has it (k8s.io/client-go/tools/clientcmd). Throws AppError "locked" after a bounded wait, or
 * where the lock file cannot be removed afterwards, FileError when the disk fails, and whatever `body` throws. Permissions: read, write.
 */
export async function withLock<T>(host: LockHost, input: LockInput<T>): Promise<T> {
  const { path, patience, prepare } = input;
  const queue = patience.again(patience.timeoutMs * QUEUE_FACTOR);
  const guardPath = makeGuardPath(path);
  const guard = await takeGuard(host, { path: guardPath, guarded: path, patience: queue });
  try {
    const prepared = prepare?.();
    if (prepared === undefined) return await withLockFile(host, { ...input, guard });
    // Programs that heed it would wait for a run that has ended.
    if (guard !== undefined) clearLockFile(host, { path: `${path}.lock`, guard: { stat: guard.stat() } });
    return prepared;
  } finally {
    // Last: until then no other process may judge whose the lock file is.
    if (guard !== undefined && input.leavesNothing) removeGuard(host, guardPath);
    guard?.close();
  }
}

/** A signal that ends this process removes the lock file, and what was to take the file's place. */
async function withLockFile<T>(host: LockHost, { path, body, ...input }: Guarded<T>): Promise<T> {
  let release: (() => void) | undefined;
  const giveUp = () => {
    const held = release;
    release = undefined;
    if (held !== undefined) {
      quietly(() => removeTemporary(host, path));
      quietly(held);
    }
  };
  const stopListening = host.sys.cleanUpOnSignal(giveUp);
  try {
    const taken = await take(host, { path, ...input });
    if (taken instanceof FileError) return await body(taken);
    release = taken;
    const result = await body(undefined);
    release = undefined;
    giveBack(path, taken);
    return result;
  } finally {
    giveUp();
    await stopListening();
  }
}

/** The file is written by then, which the error must not deny: the fact `isWritten` says so to who goes on. */
function giveBack(path: string, release: () => void): void {
  try {
    release();
  } catch (error) {
    if (!isFileError(error)) throw error;
    const lockFile = `${path}.lock`;
    const found = `the file is as it should be, but its lock file ${lockFile} cannot be removed`;
    throw new AppError("locked", `Cannot unlock file "${path}": ${found}: ${explainFileError(error, lockFile)}`, {
      hint: remedy`Until then no other program edits the file: ${nameShellCommand("rm", lockFile)}`,
      facts: { lockFile, isWritten: true },
      cause: error,
    });
  }
}

/** Gives what removes the lock file again, unless something else is there by then. */
async function take(host: LockHost, input: Omit<Guarded<unknown>, "body">): Promise<(() => void) | FileError> {
  const { path: guarded, guard, patience } = input;
  const path = `${guarded}.lock`;
  try {
    const mine = guard === undefined ? {} : { guard: { path: makeGuardPath(guarded), stat: guard.stat() } };
    const lockFile = await takeLockFile(host, { path, guarded, patience: patience.again(), ...mine });
    return () => {
      if (sameFile(lockFile, host.read.lstat(path))) host.write.remove(path);
    };
  } catch (error) {
    if (isClosed(error)) return error;
    throw error;
  }
}

/** After a failure, which is the one to report, or a signal: what stays is removed by the next run. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing more can be done.
  }
}
