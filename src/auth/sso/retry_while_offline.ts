import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";

/** With these pauses a notebook finds the next network, and no one waits much longer than for that. */
const PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 16_000];

interface Ride<T> {
  readonly ask: () => Promise<T>;
  readonly say: (line: string) => void;
}

/**
 * Asks again while no answer comes at all: a person who is busy confirming a login is not to begin anew because the
 * network was away for a moment. The error of the last time otherwise. Permission: clock.
 */
export async function retryWhileOffline<T>(host: Needs<"clock">, { ask, say }: Ride<T>): Promise<T> {
  for (const [at, pause] of PAUSES_MS.entries()) {
    try {
      return await ask();
    } catch (error) {
      if (!isLost(error)) throw error;
      if (at === 0) say("AWS cannot be reached; retrying, the login continues.");
      await host.clock.sleep(pause);
    }
  }
  return await ask();
}

function isLost(error: unknown): boolean {
  return error instanceof AppError && (error.code === "unreachable" || error.code === "timeout");
}
