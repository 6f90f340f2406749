import { ok } from "node:assert/strict";
import { clock } from "../../../src/host/clock.ts";

Deno.test("clock: milliseconds since the epoch, and sleeping takes time", async () => {
  const before = clock.now();
  ok(before > Date.UTC(2025, 0));
  await clock.sleep(20);
  ok(clock.now() - before >= 19);
});
