import assert from "node:assert/strict";
import { singleFlight } from "../../src/store/single_flight.ts";
import { reportRow } from "../support/faults/fault_report.ts";
import { storeHost } from "./store_child.ts";
import { runChild, tempFolder } from "./store_process.ts";

const WRITERS = 50;

Deno.test(`${WRITERS} processes add a line to one file at once: ${WRITERS} lines, every status 0`, async () => {
  using folder = tempFolder();
  const path = `${folder.path}/config`;
  Deno.writeTextFileSync(path, "first\n", { mode: 0o600 });
  const names = Array.from({ length: WRITERS }, (_, n) => `line-${n}`);
  const results = await Promise.all(names.map((name) => runChild(["append", path, name])));
  assert.deepEqual(results.filter(({ status }) => status !== 0), []);
  const lines = Deno.readTextFileSync(path).trimEnd().split("\n");
  assert.equal(lines[0], "first");
  assert.deepEqual(lines.slice(1).sort(), names.sort());
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(), ["config", "config.atmos-lock"]);
  reportRow({ fault: "at once", tried: "writers of one file", outcomes: { "every line is there": WRITERS } });
});

Deno.test("one lock, removed by each holder while others wait for it: never two bodies at once, and nothing is left", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/locks/one.lock`;
  let [inside, most, done] = [0, 0, 0];
  const flight = () =>
    singleFlight(storeHost, {
      lock: { path, guarded: path, isRemoved: true },
      wait: { timeoutMs: 60_000, then: (locked) => assert.fail(locked) },
      body: async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inside--;
        done++;
      },
    });
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    for (let times = 0; times < 4; times++) await flight();
  }));
  assert.deepEqual({ most, done }, { most: 1, done: 4 * WRITERS });
  assert.deepEqual([...Deno.readDirSync(`${folder.path}/locks`)], []);
});
