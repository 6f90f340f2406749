import assert from "node:assert/strict";
import { failedIn, isNews } from "../../../scripts/test/news.ts";

Deno.test("failures, skips and what tests print are news", () => {
  for (
    const line of [
      "SKIP x: no aws on PATH",
      "./a_test.ts => b ... FAILED (2ms)",
      "error: Error: bad",
      "    at a.ts:1:2",
    ]
  ) {
    assert.equal(isNews(line), true, line);
  }
});

Deno.test("progress and passed tests are not", () => {
  const lines = [
    "Check tests/a_test.ts",
    "a ... ok (2ms)",
    "./a_test.ts => b ... ignored (0ms)",
    "a ...",
    "",
    "running 2 tests",
  ];
  const marks = [
    "------- pre-test output -------",
    "----- output end -----",
    "./s_test.ts => c ...----- output end -----",
  ];
  for (const line of [...lines, ...marks]) assert.equal(isNews(line), false, line);
});

Deno.test("the number of failures in the last line", () => {
  assert.equal(failedIn("FAILED | 136 passed (30 steps) | 4 failed | 8 ignored (1m47s)"), 4);
  assert.equal(failedIn("ok | 1 passed | 0 failed (12ms)"), 0);
  assert.equal(failedIn("1 failed"), undefined);
});
