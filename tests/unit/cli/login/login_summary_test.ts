import { deepEqual } from "node:assert/strict";
import { timeLeft } from "../../../../src/cli/login/login_summary.ts";

Deno.test("time left: in hours and minutes", () => {
  const left = [undefined, 0, 59_000, 60_000, 3_599_000, 3_900_000].map((end) => timeLeft(end, 0));
  deepEqual(left, ["never", "expired", "less than a minute", "1m", "59m", "1h 5m"]);
});
