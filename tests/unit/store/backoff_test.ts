import assert from "node:assert/strict";
import { Patience } from "../../../src/store/backoff.ts";
import { fakeStore } from "./store_host.ts";

Deno.test("short sleeps that grow to a limit, for the time given and hardly longer", async () => {
  const { host, slept } = fakeStore();
  const patience = new Patience(host, 1000);
  const sleeps: number[] = [];
  for (let before = 0; await patience.wait(); before = slept()) sleeps.push(slept() - before);
  assert.deepEqual(sleeps.slice(0, 3), [2, 4, 6]);
  assert.equal(Math.max(...sleeps), 50);
  assert.ok(slept() >= 1000 && slept() < 1050);
});

Deno.test("no time at all: no sleep", async () => {
  const { host, slept } = fakeStore();
  assert.equal(await new Patience(host, 0).wait(), false);
  assert.equal(slept(), 0);
});
