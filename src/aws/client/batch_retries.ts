import type { StandardRetryStrategy } from "@smithy/core/retry";

/** Before the first repeat of a throttled call, at most; doubled with each. */
const FIRST_DELAY_MS = 100;

type RetryStrategy = Pick<
  StandardRetryStrategy,
  "acquireInitialRetryToken" | "refreshRetryTokenForRetry" | "recordSuccess"
>;

/**
 * The SDK's standard retries for calls of which there are many at once. Who is throttled there can be sooner at it again
 * than the second that the SDK waits for a lone call: the calls beside it have gone on meanwhile, and it comes after them.
 * Whoever shares a client shares the SDK's allowance of repeats too, so that a service in trouble is left alone.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function batchRetries({ maxAttempts }: { readonly maxAttempts: number }): RetryStrategy {
  const made = loadRetryStrategy(maxAttempts);
  return {
    acquireInitialRetryToken: async (scope) => await (await made).acquireInitialRetryToken(scope),
    refreshRetryTokenForRetry: async (token, error) => await (await made).refreshRetryTokenForRetry(token, error),
    recordSuccess: (token) => void made.then((strategy) => strategy.recordSuccess(token)),
  };
}

async function loadRetryStrategy(maxAttempts: number): Promise<RetryStrategy> {
  const { StandardRetryStrategy } = await import("@smithy/core/retry");
  class BatchRetryStrategy extends StandardRetryStrategy {
    constructor() {
      super({ maxAttempts });
      const backoff = this.retryBackoffStrategy;
      const setDelayBase = backoff.setDelayBase.bind(backoff);
      backoff.setDelayBase = (delay) => setDelayBase(Math.min(delay, FIRST_DELAY_MS));
    }
  }
  return new BatchRetryStrategy();
}
