import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { FileError, isFileError } from "../../../src/host/files/file_error.ts";
import { withLock } from "../../../src/store/lock.ts";
import { Patience } from "../../../src/store/backoff.ts";
import { type FakeStore, fakeStore } from "./store_host.ts";

const PATH = "/d/config";

function locked<T>({ host }: FakeStore, body: (closed?: Error) => T | Promise<T>): Promise<T> {
  return withLock(host, { path: PATH, patience: new Patience(host, 1000), body });
}

function store(): FakeStore {
  const made = fakeStore();
  made.files.directory("/d");
  return made;
}

Deno.test("both locks are held during the body, and only the guard stays", async () => {
  const made = store();
  const during = await locked(made, (closed) => [closed, made.host.read.list("/d")]);
  assert.deepEqual(during, [undefined, ["config.atmos-lock", "config.lock"]]);
  assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock"]);
  assert.equal(made.host.read.stat("/d/config.atmos-lock")?.mode, 0o600);
});

Deno.test("where nothing is to stay, the guard is held during the body and gone afterwards, whatever comes of it", async () => {
  const made = store();
  const patience = new Patience(made.host, 1000);
  const transient = (body: () => unknown) =>
    withLock(made.host, { path: PATH, patience, leavesNothing: true, body: () => body() });
  assert.deepEqual(await transient(() => made.host.read.list("/d")), ["config.atmos-lock", "config.lock"]);
  assert.deepEqual(made.host.read.list("/d"), []);
  await assert.rejects(transient(() => Promise.reject(new Error("no"))), /no/);
  assert.deepEqual(made.host.read.list("/d"), []);
});

Deno.test("where nothing is to be written, what a killed run has left is removed, and another program's lock stays", async () => {
  for (const isLink of [true, false]) {
    const made = store();
    await locked(made, () => {});
    if (isLink) made.files.hardLink("/d/config.atmos-lock", "/d/config.lock");
    else made.files.put("/d/config.lock", "atmos\n");
    const input = { path: PATH, patience: new Patience(made.host, 1000), body: () => "written" };
    assert.equal(await withLock(made.host, { ...input, prepare: () => "as it is" }), "as it is");
    assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock"]);
    made.files.put("/d/config.lock", "");
    assert.equal(await withLock(made.host, { ...input, prepare: () => "as it is" }), "as it is");
    assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock", "config.lock"]);
  }
});

Deno.test("a second body waits until the first has ended", async () => {
  const made = store();
  const order: string[] = [];
  await locked(made, async () => {
    await assert.rejects(locked(made, () => order.push("inner")), /kept it busy for 6 s/);
    order.push("outer");
  });
  await locked(made, () => order.push("after"));
  assert.deepEqual(order, ["outer", "after"]);
});

Deno.test("what the body throws comes out, also when the lock can't be released", async () => {
  const made = store();
  const failure = new Error("no");
  await assert.rejects(
    locked(made, () => {
      made.files.close("/d", "read-only");
      throw failure;
    }),
    (error) => error === failure,
  );
  assert.equal(made.host.write.open("/d/config.atmos-lock", { how: "existing", mode: 0 }).tryLock(), true);
});

Deno.test("a lock file that another program made in place of ours is not removed", async () => {
  const made = store();
  await locked(made, () => {
    made.host.write.remove("/d/config.lock");
    made.files.put("/d/config.lock", "");
  });
  assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock", "config.lock"]);
});

Deno.test("a closed directory: the body hears the reason", async () => {
  for (const kind of ["denied", "read-only", "not-allowed"] as const) {
    const made = store();
    made.files.close("/d", kind);
    assert.ok(await locked(made, (closed) => isFileError(closed, kind)));
  }
});

Deno.test("without flock the lock file alone does", async () => {
  const made = store();
  made.files.flock = false;
  await locked(made, async () => {
    await assert.rejects(locked(made, () => {}), /lock file \/d\/config\.lock has been there/);
  });
  assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock"]);
});

Deno.test("another user's guard that can't be opened: the lock file alone does", async () => {
  const made = store();
  const open: typeof made.host.write.open = (path, options) => {
    if (path.endsWith(".atmos-lock")) made.files.failAt(1, "denied");
    return made.host.write.open(path, options);
  };
  const host = { ...made.host, write: { ...made.host.write, open } };
  const during = await withLock(host, {
    path: PATH,
    patience: new Patience(host, 1000),
    body: () => host.read.list("/d"),
  });
  assert.deepEqual(during, ["config.lock"]);
  assert.deepEqual(made.host.read.list("/d"), []);
});

Deno.test("a disk without room for the locks: the error, and no waiting", async () => {
  const made = store();
  made.files.close("/d", "no-space");
  await assert.rejects(locked(made, () => {}), (error) => isFileError(error, "no-space"));
  assert.equal(made.slept(), 0);
});

Deno.test("a signal removes the lock file and what was to become the file, and nothing of others afterwards", async () => {
  const made = store();
  await locked(made, () => {
    made.files.put(`${PATH}.atmos-tmp`, "half");
    made.end();
    assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock"]);
  });
  made.files.hardLink("/d/config.atmos-lock", "/d/config.lock");
  made.end();
  assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock", "config.lock"]);
});

Deno.test("a signal while another program's lock is waited for removes nothing", async () => {
  const made = fakeStore({ meanwhile: () => made.end() });
  for (const name of ["config.lock", "config.atmos-tmp"]) made.files.put(`/d/${name}`, "");
  await assert.rejects(locked(made, () => {}), /lock file \/d\/config\.lock/);
  assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock", "config.atmos-tmp", "config.lock"]);
});

Deno.test("a lock file that cannot be removed afterwards is told as that, since the file is written by then", async () => {
  const made = store();
  const written = locked(made, () => {
    made.files.put(PATH, "new");
    made.files.close("/d", "read-only");
  });
  await assert.rejects(written, (error) => {
    assert.ok(error instanceof AppError);
    assert.match(error.message, /^Cannot unlock file "\/d\/config": the file is as it should be, but its lock file /);
    assert.deepEqual([error.code, error.facts], ["locked", { lockFile: "/d/config.lock", isWritten: true }]);
    return true;
  });
  assert.equal(made.files.text(PATH), "new");
  assert.equal(made.host.write.open("/d/config.atmos-lock", { how: "existing", mode: 0 }).tryLock(), true);
});

Deno.test("another user's guard that may be opened guards, and is not linked: that user alone could remove the link", async () => {
  for (const [uid, isLinked] of [[1000, true], [2000, false]] as const) {
    const made = store();
    made.files.put("/d/config.atmos-lock", "", { mode: 0o666, uid });
    const [guard, lock] = await locked(
      made,
      () => [".atmos-lock", ".lock"].map((end) => made.host.read.stat(PATH + end)!),
    );
    assert.deepEqual([lock!.ino === guard!.ino, lock!.uid], [isLinked, 1000]);
    assert.deepEqual(made.host.read.list("/d"), ["config.atmos-lock"]);
  }
});

Deno.test("a marked lock file that cannot be removed locks like any other program's, and nothing is written", async () => {
  const made = store();
  made.files.put("/d/config.lock", "atmos\n", { uid: 2000 });
  const remove: typeof made.host.write.remove = (path) => {
    throw new FileError("denied", path, "remove");
  };
  const host = { ...made.host, write: { ...made.host.write, remove } };
  await assert.rejects(
    locked({ ...made, host }, () => assert.fail("written")),
    (error) => error instanceof AppError && error.code === "locked",
  );
});
