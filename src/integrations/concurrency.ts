import type { Needs } from "../host/host.ts";
import type { Runner } from "./contract/runner.ts";

/** Runs the work for each item, so many at a time, and waits for all; the work must not throw. */
export async function limitConcurrency<T>(
  items: readonly T[],
  { limit, work }: { readonly limit: number; readonly work: (item: T) => Promise<void> },
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

/** What the work gives, unless the signal is aborted: the work is then not begun, or no longer waited for. */
export async function unlessAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work();
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return await Promise.race([work(), promise]);
}

/** Ends a write before anything is changed: a part of it is not to be made any more. */
export class Refused extends Error {}

interface Cut {
  readonly signal: AbortSignal | undefined;
  /** Throws {@link Refused}: of all that is to be written, or of one identity alone. */
  readonly refuse: (identity?: string) => void;
}

/** Returns a host whose waits for a lock end with the signal's reason once it is aborted, and whose writes can be refused. */
export function cutWaits<H extends Needs<"clock">>(host: H, { signal, refuse }: Cut): H {
  const stopWaiting = () => {
    signal?.throwIfAborted();
    refuse();
  };
  return { ...host, clock: { ...host.clock, interruption: { stopWaiting, refuse } } };
}

interface Filed {
  readonly runner: Runner;
  /** That it is written into. */
  readonly file: string;
}

/** What goes into one file at once, whatever kinds it is of: kinds that are written alike share their runner. */
export function groupByFile<T extends Filed>(all: readonly T[]): readonly (readonly T[])[] {
  const alike = [...Map.groupBy(all, ({ runner }) => runner).values()];
  return alike.flatMap((same) => [...Map.groupBy(same, ({ file }) => file).values()]);
}
