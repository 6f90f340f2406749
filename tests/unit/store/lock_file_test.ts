import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { takeLockFile } from "../../../src/store/lock_file.ts";
import { Patience } from "../../../src/store/backoff.ts";
import { type FakeStore, fakeStore, type FakeStoreOptions } from "./store_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const GUARD = "/d/config.atmos-lock";
const PATH = "/d/config.lock";

function guarded(options: FakeStoreOptions = {}): FakeStore {
  const store = fakeStore(options);
  store.files.put(GUARD, "");
  return store;
}

function take({ host }: FakeStore, { withGuard = true } = {}) {
  const patience = new Patience(host, 10_000);
  const guard = withGuard ? { guard: { path: GUARD, stat: host.read.stat(GUARD)! } } : {};
  return takeLockFile(host, { path: PATH, guarded: "/d/config", patience, ...guard });
}

Deno.test("the lock file is the guard under another name", async () => {
  const store = guarded();
  assert.equal((await take(store)).ino, store.host.read.stat(GUARD)?.ino);
  assert.equal(store.host.read.stat(PATH)?.ino, store.host.read.stat(GUARD)?.ino);
});

Deno.test("one that a killed run left is removed at once", async () => {
  const store = guarded();
  store.files.hardLink(GUARD, PATH);
  await take(store);
  assert.equal(store.slept(), 0);
});

Deno.test("a foreign one is waited for", async () => {
  const store = guarded({ meanwhile: (files, sleeps) => sleeps === 3 && files.writer.remove(PATH) });
  store.files.put(PATH, "");
  await take(store);
  assert.ok(store.slept() > 0 && store.slept() < 100);
});

Deno.test("a foreign one that stays: locked, with its name, its age and the way out; it is never taken over", async () => {
  const store = guarded();
  store.files.put(PATH, "");
  const ino = store.host.read.stat(PATH)?.ino;
  await assert.rejects(take(store), (error) => {
    assert.ok(error instanceof AppError);
    assert.equal(
      error.message,
      'Cannot lock file "/d/config": another program\'s lock file /d/config.lock has been there for 10 seconds',
    );
    assert.deepEqual(
      [error.code, renderRemedy({}, error), error.facts],
      ["locked", "If no program is editing the file: rm /d/config.lock", { lockFile: PATH, ageSeconds: 10 }],
    );
    return true;
  });
  assert.equal(store.host.read.stat(PATH)?.ino, ino);
});

Deno.test("without hard links the lock file is marked, so that a killed run's is known again", async () => {
  const store = guarded();
  store.files.hardLinks = false;
  await take(store);
  assert.equal(store.files.text(PATH), "atmos\n");
  await take(store);
  assert.equal(store.slept(), 0);
});

Deno.test("without a guard nothing says that a lock file is ours", async () => {
  const store = guarded();
  await take(store, { withGuard: false });
  assert.equal(store.files.text(PATH), "");
  await assert.rejects(take(store, { withGuard: false }), AppError);
});

Deno.test("a lock file that can't be marked does not stay", async () => {
  const store = guarded();
  store.files.hardLinks = false;
  const open: typeof store.host.write.open = (path, options) => {
    const file = store.host.write.open(path, options);
    store.files.failAt(1, "no-space");
    return file;
  };
  const host = { ...store.host, write: { ...store.host.write, open } };
  await assert.rejects(take({ ...store, host }), { kind: "no-space" });
  assert.equal(store.host.read.lstat(PATH), undefined);
});

Deno.test("directories and links in its place are foreign, too", async () => {
  const store = guarded();
  store.files.symlink(PATH, { to: GUARD });
  await assert.rejects(take(store), AppError);
  assert.equal(store.host.read.lstat(PATH)?.isSymlink, true);
});

Deno.test("an age is in the largest unit of which there is one", async () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const ages = {
    "1 second": 1_499,
    "59 seconds": minute - 1_000,
    "1 minute": minute,
    "3 minutes": 4 * minute - 1_000,
    "1 hour": hour,
    "2 hours": 2 * hour + 59 * minute,
    "23 hours": day - 1_000,
    "1 day": day,
    "364 days": 365 * day - 1_000,
    "1 year": 365 * day,
    "6 years": 6.5 * 365 * day,
    "0 seconds": -hour,
  };
  for (const [words, age] of Object.entries(ages)) {
    const store = guarded();
    const now = store.files.now();
    store.files.now = () => now - age;
    store.files.put(PATH, "");
    const patience = new Patience(store.host, 0);
    await assert.rejects(
      takeLockFile(store.host, { path: PATH, guarded: "/d/config", patience }),
      (error) => error instanceof AppError && error.message.endsWith(` has been there for ${words}`),
      words,
    );
  }
});
