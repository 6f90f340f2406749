import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { isFileError } from "../../../src/host/files/file_error.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { update } from "../../../src/store/replace.ts";
import type { MemoryFiles } from "../../support/host/memory_files.ts";
import { encode, type FakeStore, fakeStore, type FakeStoreOptions } from "./store_host.ts";

const PATH = "/home/me/k";
const OLD = "written by hand\n";

/** What may have the name of a backup; none of it is one of this very content. */
const TAKERS: Readonly<Record<string, (files: MemoryFiles, path: string) => void>> = {
  "another content": (files, path) => files.put(path, "another\n", { mode: 0o600 }),
  "as long a content": (files, path) => files.put(path, "WRITTEN by hand\n", { mode: 0o600 }),
  "nothing in it": (files, path) => files.put(path, "", { mode: 0o600 }),
  "a copy that others can read": (files, path) => files.put(path, OLD, { mode: 0o644 }),
  "a copy of another user": (files, path) => files.put(path, OLD, { mode: 0o600, uid: 4 }),
  "a link to a copy": (files, path) => {
    files.put("/home/me/elsewhere", OLD, { mode: 0o600 });
    files.symlink(path, { to: "/home/me/elsewhere" });
  },
  "a link to nothing": (files, path) => files.symlink(path, { to: "/home/me/nowhere" }),
  "a directory": (files, path) => files.directory(path),
  "a pipe": (files, path) => files.pipe(path),
};

function store(options: FakeStoreOptions = {}): FakeStore {
  const made = fakeStore(options);
  made.files.put(PATH, OLD, { mode: 0o640 });
  return made;
}

function replace({ host }: FakeStore, text: string) {
  return update(host, { path: PATH, edit: () => encode(text), keepBackup: true, stateDirectory: "/home/me/state" });
}

/** All that lies beside the file, as it is. */
function beside({ host, files }: FakeStore): Readonly<Record<string, unknown>> {
  const names = host.read.list("/home/me").filter((name) => name.startsWith("k.bak"));
  return Object.fromEntries(names.map((name) => {
    const { mode, uid, isFile, isSymlink, isDirectory } = host.read.lstat(`/home/me/${name}`)!;
    return [name, [isFile ? files.text(`/home/me/${name}`) : undefined, mode, uid, isSymlink, isDirectory]];
  }));
}

for (const [what, take] of Object.entries(TAKERS)) {
  for (const hardLinks of [true, false]) {
    Deno.test(`a backup takes no name from ${what}${hardLinks ? "" : ", where there are no hard links"}`, async () => {
      const world = store();
      world.files.hardLinks = hardLinks;
      take(world.files, `${PATH}.bak`);
      take(world.files, `${PATH}.bak.2`);
      const before = beside(world);
      const { backup } = await replace(world, "new\n");
      assert.equal(backup, `${PATH}.bak.3`);
      assert.deepEqual(beside(world), { ...before, "k.bak.3": [OLD, 0o600, 1000, false, false] });
    });
  }
}

Deno.test("of every content that was replaced there is a backup, and one of each", async () => {
  const world = store();
  const contents = [OLD, "two\n", "three\n", OLD, "two\n", OLD];
  const backups: (string | undefined)[] = [];
  for (const text of contents.slice(1)) backups.push((await replace(world, text)).backup);
  assert.deepEqual(backups.map((path) => path?.slice(PATH.length)), [".bak", ".bak.2", ".bak.3", ".bak", ".bak.2"]);
  for (const text of new Set(contents)) {
    assert.ok(backups.some((path) => world.files.text(path!) === text), text);
  }
});

Deno.test("what takes the name at the last moment keeps it", async () => {
  for (const hardLinks of [true, false]) {
    const world = store();
    world.files.hardLinks = hardLinks;
    const { write } = world.host;
    const link: typeof write.link = (from, to) => {
      if (to === `${PATH}.bak`) world.files.put(to, "theirs\n");
      write.link(from, to);
    };
    const { backup } = await replace({ ...world, host: { ...world.host, write: { ...write, link } } }, "new\n");
    assert.equal(backup, `${PATH}.bak.2`);
    assert.deepEqual([world.files.text(`${PATH}.bak`), world.files.text(backup!)], ["theirs\n", OLD]);
  }
});

Deno.test("root keeps the backup for the owner of the file", async () => {
  const world = fakeStore({ uid: 0 });
  world.files.put(PATH, OLD, { mode: 0o600, uid: 4 });
  const { backup } = await replace(world, "new\n");
  assert.equal(world.host.read.lstat(backup!)?.uid, 4);
  world.files.put(PATH, OLD, { mode: 0o600, uid: 4 });
  assert.equal((await replace(world, "new\n")).backup, backup);
});

Deno.test("where all names are taken the file is refused and nothing is left, replaced or written in place", async () => {
  for (const pin of [false, true]) {
    const world = store();
    if (pin) world.files.pin(PATH);
    const names = ["bak", ...Array.from({ length: 98 }, (_, at) => `bak.${at + 2}`)];
    for (const name of names) world.files.put(`${PATH}.${name}`, "theirs\n");
    const list = () => world.host.read.list("/home/me").filter((name) => !["k.atmos-lock", "state"].includes(name));
    const before = list();
    await assert.rejects(
      replace(world, "new\n"),
      (error) => error instanceof RefusedFile && /it has 99 backups already$/.test(error.message),
    );
    assert.equal(world.files.text(PATH), OLD);
    assert.deepEqual(list(), before);
    if (pin) assert.deepEqual(world.host.read.list("/home/me/state"), []);
    assert.ok(names.every((name) => world.files.text(`${PATH}.${name}`) === "theirs\n"));
  }
});

/** The system's error, or the one that says which lock file is left. */
function isReported(error: unknown): boolean {
  return isFileError(error) || (error instanceof AppError && error.code === "locked");
}

Deno.test("whichever effect fails or is the last, and however often it is tried again, the old content is there", async () => {
  const effects = await (async () => {
    const world = store();
    await replace(world, "new\n");
    return world.files.effects;
  })();
  for (const stop of ["fails", "is the last"] as const) {
    for (let n = 1; n <= effects; n++) {
      const world = store();
      world.files.put(`${PATH}.bak`, "theirs\n");
      if (stop === "fails") world.files.failAt(n, "no-space");
      else world.files.stopAt(n);
      await replace(world, "new\n").catch((error) => stop === "fails" && assert.ok(isReported(error), String(error)));
      world.files.restart();
      for (const text of ["newer\n", "newest\n"]) await replace(world, text);
      const kept = listFiles(world).map((path) => world.files.text(path));
      assert.ok(kept.includes(OLD), `effect ${n} ${stop}`);
      assert.equal(world.files.text(`${PATH}.bak`), "theirs\n");
    }
  }
});

/** Beside the file and in the state directory, where copies go that do not fit beside it. */
function listFiles({ host }: FakeStore): readonly string[] {
  const folders = ["/home/me", "/home/me/state"].filter((folder) => host.read.stat(folder) !== undefined);
  return folders.flatMap((folder) => host.read.list(folder).map((name) => `${folder}/${name}`));
}
