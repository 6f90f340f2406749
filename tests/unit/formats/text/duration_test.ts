import { equal, throws } from "node:assert/strict";
import { parseDuration } from "../../../../src/formats/text/duration.ts";

Deno.test("parseDuration: what Go writes, days, and plain seconds", () => {
  const table: readonly (readonly [string | number, number])[] = [
    ["1h30m", 5_400_000],
    ["15m", 900_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
    [".5s", 500],
    ["2.s", 2000],
    ["2d", 172_800_000],
    ["1d12h", 129_600_000],
    ["1h0m0s", 3_600_000],
    ["250us", 0.25],
    ["250µs", 0.25],
    ["0", 0],
    ["3600", 3_600_000],
    [3600, 3_600_000],
    [0, 0],
  ];
  for (const [text, ms] of table) equal(parseDuration(text), ms, String(text));
});

Deno.test("parseDuration: anything else is refused with what is allowed", () => {
  for (const text of ["", "1 hour", "-5m", "1h 30m", "5M", "h", "1.2.3s", "1e3", " 5m", "5m\n", "1w", "0x10"]) {
    throws(() => parseDuration(text), { name: "RangeError", message: /must be a duration such as 1h30m, 15m/ }, text);
  }
  for (const seconds of [-1, NaN, Infinity]) throws(() => parseDuration(seconds), RangeError);
});
