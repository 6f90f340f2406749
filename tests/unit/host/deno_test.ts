import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";
import { clock, random, runtime } from "../../../src/host/deno.ts";

Deno.test("clock: milliseconds since the epoch, and sleeping takes time", async () => {
  const before = clock.now();
  ok(before > Date.UTC(2025, 0));
  await clock.sleep(20);
  ok(clock.now() - before >= 19);
});

Deno.test("random: fractions lie in [0, 1)", () => {
  const fractions = Array.from({ length: 1000 }, () => random.fraction());
  ok(fractions.every((fraction) => fraction >= 0 && fraction < 1));
});

Deno.test("random: as many bytes as asked for, other ones each time", () => {
  equal(random.bytes(16).length, 16);
  notDeepEqual(random.bytes(16), random.bytes(16));
});

Deno.test("runtime: what the runtime says about itself, without any permission", () => {
  const { os, arch, target } = Deno.build;
  const { deno, v8 } = Deno.version;
  deepEqual(runtime, { os, arch, target, deno, v8, commit: "unknown", date: "unknown" });
});
