import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { OpenFile } from "../host/host.ts";
import { removeGuard, takeGuard } from "./flock.ts";
import { makeOwnDirectory } from "./own_directories.ts";
import { dirname } from "./paths.ts";
import { Patience } from "./backoff.ts";
import type { StoreHost } from "./replace.ts";

/** How long one process waits for another that does the same, and what it does when that takes longer. */
export interface Wait {
  readonly timeoutMs: number;
  /** The next wait, or "alone" to go on without the lock; an error it throws is the result. */
  readonly then: (locked: AppError) => Wait | "alone";
}

/** Waits that long, then goes on without the lock: for work that is merely done twice then. */
export function waitThenAlone(timeoutMs: number): Wait {
  return { timeoutMs, then: () => "alone" };
}

export interface SingleFlightInput<T> {
  /** undefined where there is no place for a lock: every process then works on its own. */
  readonly lock: {
    /** Made when missing, its directory too; the kernel frees the lock of a process that ends. */
    readonly path: string;
    /** Whether its holder removes it at the end, where there would be more and more of them; else it stays. */
    readonly isRemoved?: true;
    /** The file whose content the work gives, for messages. */
    readonly guarded: string;
  } | undefined;
  readonly wait: Wait;
  /** Looks first for the result that another process has left meanwhile. */
  readonly body: () => Promise<T>;
}

/**
 * Returns what `body` returns, which runs while no other process runs one with the same lock: of many processes one
 * works and the others find its result. Where no lock can be had, `body` runs without. Permissions: read, write.
 */
export async function singleFlight<T>(host: StoreHost, { lock, wait, body }: SingleFlightInput<T>): Promise<T> {
  const guard = lock === undefined ? undefined : await take(host, { lock, wait });
  try {
    return await body();
  } finally {
    if (guard !== undefined && lock?.isRemoved) removeGuard(host, lock.path);
    guard?.close();
  }
}

async function take(
  host: StoreHost,
  { lock, wait }: { readonly lock: NonNullable<SingleFlightInput<unknown>["lock"]>; readonly wait: Wait },
): Promise<OpenFile | undefined> {
  for (let next: Wait | "alone" = wait; next !== "alone";) {
    try {
      makeOwnDirectory(host, dirname(lock.path));
      return await takeGuard(host, { ...lock, patience: new Patience(host, next.timeoutMs) });
    } catch (error) {
      if (isFileError(error)) return undefined;
      if (!(error instanceof AppError) || error.code !== "locked") throw error;
      next = next.then(error);
    }
  }
  return undefined;
}
