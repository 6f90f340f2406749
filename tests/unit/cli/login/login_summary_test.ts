import { deepEqual, equal, match } from "node:assert/strict";
import { expiryText, timeLeft } from "../../../../src/cli/login/login_summary.ts";

Deno.test("time left: in hours and minutes", () => {
  const left = [undefined, 0, 59_000, 60_000, 3_599_000, 3_900_000].map((end) => timeLeft(end, 0));
  deepEqual(left, ["never", "expired", "less than a minute", "1m", "59m", "1h 5m"]);
});

Deno.test("expiry text: time left and local time with its offset, with the day where it is another one", () => {
  match(expiryText(3_600_000, 0), /^expires in 1h 0m \(\d\d:\d\d [+-]\d\d:\d\d\)$/);
  match(expiryText(100 * 3_600_000, 0), /^expires in 100h 0m \(1970-01-0\d \d\d:\d\d [+-]\d\d:\d\d\)$/);
  equal(expiryText(1, 1), "expired");
});
