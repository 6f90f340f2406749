import { deepEqual, equal, rejects } from "node:assert/strict";
import { type FakeHost, fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";
import { singleFlight, waitThenAlone } from "../../../src/store/single_flight.ts";

const LOCK = { path: "/d/new/x.lock", guarded: "/d/x.json" };
const body = () => Promise.resolve("done");

function machine() {
  const files = new MemoryFiles();
  files.directory("/d");
  return { files, host: fakeHost({ files: { read: files.reader, write: files.writer } }) };
}

/** The lock is held by another process. */
function hold(host: FakeHost) {
  host.write.mkdir("/d/new", 0o700);
  const other = host.write.open(LOCK.path, { how: "new", mode: 0o600 });
  other.tryLock();
}

Deno.test("single flight: a free lock is taken at once, and given back whatever comes of the work", async () => {
  const { host, files } = machine();
  const wait = waitThenAlone(1000);
  await rejects(singleFlight(host, { lock: LOCK, wait, body: () => Promise.reject(new Error("no")) }), /no/);
  const nested = () => singleFlight(host, { lock: LOCK, wait: { timeoutMs: 5, then: refuse }, body });
  await rejects(singleFlight(host, { lock: LOCK, wait, body: nested }), { code: "locked" });
  host.seen.sleeps.length = 0;
  equal(await singleFlight(host, { lock: LOCK, wait, body }), "done");
  deepEqual(host.seen.sleeps, []);
  equal(files.reader.stat(LOCK.path)?.isFile, true);
});

Deno.test("single flight: a lock that is to be removed is gone afterwards, and locked until then", async () => {
  const { host, files } = machine();
  const lock = { ...LOCK, isRemoved: true } as const;
  const wait = { timeoutMs: 5, then: refuse };
  const nested = () => singleFlight(host, { lock, wait, body });
  await rejects(singleFlight(host, { lock, wait, body: nested }), { code: "locked" });
  equal(files.reader.stat(LOCK.path), undefined);
  equal(await singleFlight(host, { lock, wait, body }), "done");
  equal(files.reader.stat(LOCK.path), undefined);
});

function refuse(error: Error): never {
  throw error;
}

Deno.test("single flight: after a wait comes the next one, the work without the lock, or an error", async () => {
  const { host } = machine();
  hold(host);
  const waited = () => Math.round(host.seen.sleeps.splice(0).reduce((sum, ms) => sum + ms, 0) / 100) / 10;
  equal(await singleFlight(host, { lock: LOCK, wait: waitThenAlone(1000), body }), "done");
  equal(waited(), 1);
  const twice = { timeoutMs: 1000, then: () => waitThenAlone(2000) };
  equal(await singleFlight(host, { lock: LOCK, wait: twice, body }), "done");
  equal(waited(), 3);
  const message = 'Cannot lock file "/d/x.json": other atmos processes kept it busy for 0.5 s';
  const refused = singleFlight(host, { lock: LOCK, wait: { timeoutMs: 500, then: refuse }, body });
  await rejects(refused, { code: "locked", message });
});

Deno.test("single flight: where no lock can be had, the work is done without", async () => {
  const { host, files } = machine();
  const wait = { timeoutMs: 0, then: refuse };
  equal(await singleFlight(host, { lock: undefined, wait, body }), "done");
  files.close("/d", "denied");
  equal(await singleFlight(host, { lock: LOCK, wait, body }), "done");
});
