import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { takeGuard } from "../../../src/store/flock.ts";
import { Patience } from "../../../src/store/backoff.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { type FakeStore, fakeStore } from "./store_host.ts";

const PATH = "/d/config.atmos-lock";

function take({ host }: FakeStore) {
  return takeGuard(host, { path: PATH, guarded: "/d/config", patience: new Patience(host, 10_000) });
}

Deno.test("a guard that stays held: locked after the wait, naming the file", async () => {
  const store = fakeStore();
  store.files.put(PATH, "");
  store.host.write.open(PATH, { how: "existing", mode: 0 }).tryLock();
  await assert.rejects(take(store), (error) => {
    assert.ok(error instanceof AppError && error.code === "locked");
    assert.equal(error.message, 'Cannot lock file "/d/config": other atmos processes kept it busy for 10 s');
    return true;
  });
  assert.ok(store.slept() >= 10_000 && store.slept() < 10_100);
});

Deno.test("a guard that its holder deleted is not trusted", async () => {
  const store = fakeStore();
  store.files.put(PATH, "");
  const held = store.host.write.open(PATH, { how: "existing", mode: 0 });
  const tryLock: typeof held.tryLock = () => {
    store.host.write.remove(PATH);
    return held.tryLock();
  };
  let opened = 0;
  const open: typeof store.host.write.open = (path, options) =>
    opened++ === 0 ? { ...held, tryLock } : store.host.write.open(path, options);
  const guard = await take({ ...store, host: { ...store.host, write: { ...store.host.write, open } } });
  assert.equal(opened, 2);
  assert.equal(guard?.stat().ino, store.host.read.stat(PATH)?.ino);
});

Deno.test("a link or a pipe in the guard's place is refused and not opened", async () => {
  for (const target of ["/home/other/file", "/nothing/there"]) {
    const store = fakeStore();
    store.files.put("/home/other/file", "x");
    store.files.symlink(PATH, { to: target });
    await assert.rejects(take(store), (error) => error instanceof RefusedFile && error.path === PATH);
    assert.equal(store.files.text("/nothing/there"), undefined);
  }
  const store = fakeStore();
  store.files.pipe(PATH);
  await assert.rejects(take(store), RefusedFile);
});

Deno.test("root's guard in a user's directory belongs to the user", async () => {
  const store = fakeStore({ uid: 0 });
  store.files.directory("/d", { uid: 1000 });
  await take(store);
  assert.equal(store.host.read.stat(PATH)?.uid, 1000);
  const mine = fakeStore();
  mine.files.directory("/d", { uid: 7 });
  await take(mine);
  assert.equal(mine.host.read.stat(PATH)?.uid, 1000);
});

Deno.test("a missing directory is an error, not a reason to wait", async () => {
  const store = fakeStore();
  await assert.rejects(take(store), { kind: "not-found" });
  assert.equal(store.slept(), 0);
});
