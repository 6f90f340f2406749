import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { batchRetries } from "../../src/aws/client/batch_retries.ts";
import { describeCluster } from "../../src/aws/eks/eks.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { access, realHost } from "../support/standin/access.ts";
import { cluster } from "../support/standin/clusters.ts";

const THROTTLED = { errorType: "THROTTLING" } as const;
const throttled = (times: number) => ({
  clusters: [cluster("dev")],
  faults: { DescribeCluster: [{ error: { status: 429, code: "ThrottlingException" }, times }] },
});

Deno.test("who is throttled waits a tenth of a second at most, and twice as long at most with each repeat", async () => {
  const retries = batchRetries({ maxAttempts: 4 });
  let token = await retries.acquireInitialRetryToken("");
  const limits: boolean[] = [];
  for (const limit of [100, 200, 400]) {
    token = await retries.refreshRetryTokenForRetry(token, THROTTLED);
    limits.push((token.$retryLog?.acquisitionDelay ?? NaN) + token.getRetryDelay() <= limit);
  }
  deepEqual(limits, [true, true, true]);
  await rejects(retries.refreshRetryTokenForRetry(token, THROTTLED), /No retry token/);
});

Deno.test("calls of one batch share the allowance of repeats, which a success fills again", async () => {
  const retries = batchRetries({ maxAttempts: 2 });
  const first = await retries.acquireInitialRetryToken("");
  const repeats = await Promise.allSettled(
    Array.from({ length: 120 }, () => retries.refreshRetryTokenForRetry(first, THROTTLED)),
  );
  const granted = repeats.filter(({ status }) => status === "fulfilled");
  equal(granted.length, 100);
  ok(granted[0]?.status === "fulfilled");
  retries.recordSuccess(granted[0].value);
  await retries.refreshRetryTokenForRetry(first, THROTTLED);
});

Deno.test("a call of a batch is repeated as often as its settings say", async () => {
  await using standin = await startStandin(throttled(3));
  const settings = { inBatch: true, maxAttempts: 4 };
  const found = await describeCluster(realHost(), { ...access(standin, { settings }), name: "dev" });
  equal(found.name, "dev");
  equal(standin.count("DescribeCluster"), 4);
});

Deno.test("a call of a batch gives up when its settings say so", async () => {
  await using standin = await startStandin(throttled(2));
  const settings = { inBatch: true, maxAttempts: 2 };
  const call = describeCluster(realHost(), { ...access(standin, { settings }), name: "dev" });
  await rejects(call, { code: "eks-describe", message: /throttled the call \(ThrottlingException\), 2 times/ });
  standin.assertDone();
});
