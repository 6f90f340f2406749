import { FileError } from "../host/files/file_error.ts";
import type { FileStat, Needs, OpenFile } from "../host/host.ts";
import { isClosed } from "./file_mode.ts";
import { makeGuardPath, takeGuard } from "./guard.ts";
import { takeLockFile } from "./lock_file.ts";
import type { Patience } from "./patience.ts";
import { sameFile } from "./same_file.ts";

/** The guard's holder is alive and at work, so a long queue is no reason to give up early. */
const QUEUE_FACTOR = 6;

type LockHost = Needs<"read" | "write" | "clock">;

interface LockInput<T> {
  /** The file to guard, links resolved; its directory must be there. */
  readonly path: string;
  /** For a lock that may be anybody's. Our own processes, which only the kernel can make wait, get more of it. */
  readonly patience: Patience;
  /** Long work that needs no lock against others than atmos; done when it is our turn, before kubectl is locked out. */
  readonly prepare?: () => void;
  /** Given the reason when the directory takes no new file: nothing is locked then, and the file itself has to be. */
  readonly body: (closed: FileError | undefined) => T | Promise<T>;
}

interface Held {
  readonly lockPath: string;
  readonly lockFile: FileStat;
  readonly guard: OpenFile | undefined;
}

/**
 * Runs `body` while no other atmos and no kubectl writes the file: flock on `<file>.atmos-lock` among ourselves, and
 * `<file>.lock` as client-go has it (k8s.io/client-go/tools/clientcmd). Throws AppError "locked" after a bounded wait,
 * FileError when the disk fails, and whatever `body` throws. Permissions: read, write.
 */
export async function withLock<T>(host: LockHost, input: LockInput<T>): Promise<T> {
  const held = await take(host, input);
  if (held instanceof FileError) return await input.body(held);
  let result: T;
  try {
    result = await input.body(undefined);
  } catch (error) {
    releaseAfterFailure(host, held);
    throw error;
  }
  release(host, held);
  return result;
}

async function take(host: LockHost, { path, patience, prepare }: LockInput<unknown>): Promise<Held | FileError> {
  const [guardPath, lockPath] = [makeGuardPath(path), `${path}.lock`];
  const queue = patience.again(patience.timeoutMs * QUEUE_FACTOR);
  const guard = await takeGuard(host, { path: guardPath, guarded: path, patience: queue });
  prepare?.();
  try {
    const mine = guard === undefined ? {} : { guard: { path: guardPath, stat: guard.stat() } };
    const lockFile = await takeLockFile(host, { path: lockPath, guarded: path, patience: patience.again(), ...mine });
    return { lockPath, lockFile, guard };
  } catch (error) {
    guard?.close();
    if (isClosed(error)) return error;
    throw error;
  }
}

/** The guard goes last: until then nobody else may judge whose the lock file is. */
function release(host: LockHost, { lockPath, lockFile, guard }: Held): void {
  try {
    if (sameFile(lockFile, host.read.lstat(lockPath))) host.write.remove(lockPath);
  } finally {
    guard?.close();
  }
}

/** The failure that led here is the one to report; a lock file that stays is removed by the next run. */
function releaseAfterFailure(host: LockHost, held: Held): void {
  try {
    release(host, held);
  } catch {
    // Nothing more can be done.
  }
}
