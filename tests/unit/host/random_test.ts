import { equal, notDeepEqual, ok } from "node:assert/strict";
import { random } from "../../../src/host/random.ts";

Deno.test("random: fractions lie in [0, 1)", () => {
  const fractions = Array.from({ length: 1000 }, () => random.fraction());
  ok(fractions.every((fraction) => fraction >= 0 && fraction < 1));
});

Deno.test("random: as many bytes as asked for, other ones each time", () => {
  equal(random.bytes(16).length, 16);
  notDeepEqual(random.bytes(16), random.bytes(16));
});
