import { RandomSource } from "../random/source.ts";
import type { FaultSpec } from "./faults.ts";

/** How often calls go wrong, of all that come. */
export interface Flakiness {
  readonly seed: number;
  /** Share of calls that fail, in a way that another try gets over. */
  readonly errors: number;
  /** Share of calls that are answered late. */
  readonly slow: number;
  readonly slowMs: number;
}

const FAILURE = { status: 500, code: "InternalFailure" };

/** The service has done nothing in any of them: a code that it has taken is good once, and the response to that not lost. */
const ERRORS: readonly FaultSpec[] = [
  { error: FAILURE },
  { error: { status: 503, code: "ServiceUnavailable" } },
  { error: { status: 400, code: "Throttling", message: "Rate exceeded" } },
  { error: { status: 429, code: "TooManyRequestsException" } },
  { page: { status: 503 } },
  { error: FAILURE, reset: true },
  { error: FAILURE, cut: true },
];

/** What goes wrong with the next call, if anything. */
export function flakyFaults({ seed, errors, slow, slowMs }: Flakiness): () => FaultSpec | undefined {
  const random = new RandomSource(seed);
  return () => {
    const drawn = random.next();
    if (drawn < errors) return random.pick(ERRORS);
    return drawn < errors + slow ? { delayMs: slowMs } : undefined;
  };
}
