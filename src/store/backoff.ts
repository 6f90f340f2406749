import type { Needs } from "../host/host.ts";

/** How long a file's lock is waited for; longer where the holder is another atmos process (lock.ts). */
export const LOCK_TIMEOUT_MS = 10_000;
const FIRST_MS = 2;
const LONGEST_MS = 50;

/** A bounded wait in short sleeps of random length, so that many waiters do not wake in step. */
export class Patience {
  readonly #host: Needs<"clock" | "random">;
  readonly #end: number;
  #turns = 0;

  constructor(host: Needs<"clock" | "random">, readonly timeoutMs: number) {
    this.#host = host;
    this.#end = host.clock.now() + timeoutMs;
  }

  /** The same wait from the beginning. */
  again(timeoutMs = this.timeoutMs): Patience {
    return new Patience(this.#host, timeoutMs);
  }

  /** Sleeps a little; false, at once, when the time is used up. Throws what the clock's interruption does. */
  async wait(): Promise<boolean> {
    this.#host.clock.interruption?.stopWaiting();
    if (this.#host.clock.now() >= this.#end) return false;
    this.#turns++;
    const longest = Math.min(LONGEST_MS, FIRST_MS * this.#turns);
    await this.#host.clock.sleep(longest * (0.5 + this.#host.random.fraction()));
    return true;
  }
}

/** What tells how long a lock was waited for, and what came of it. */
export function waitFor({ log }: Needs<never>, path: string) {
  const since = log?.elapsed() ?? 0;
  return {
    end(found: "taken" | "unavailable" | "given up"): void {
      log?.tell("debug", "lock", { path, found, waited_ms: log.elapsed() - since });
    },
  };
}
