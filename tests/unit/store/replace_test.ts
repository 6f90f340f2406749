import assert from "node:assert/strict";
import { FileError } from "../../../src/host/files/file_error.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { update } from "../../../src/store/replace.ts";
import { append, decode, encode, fakeStore } from "./store_host.ts";

const PATH = "/home/me/.kube/config";
const DONE = { path: PATH, created: false, changed: true, inPlace: false, brokeHardLink: false };

Deno.test("a new file is private and so are the directories made for it", async () => {
  const { files, host } = fakeStore();
  assert.deepEqual(await update(host, { path: PATH, edit: append("one") }), { ...DONE, created: true });
  assert.equal(files.text(PATH), "one\n");
  assert.equal(host.read.stat(PATH)?.mode, 0o600);
  assert.equal(host.read.stat("/home/me/.kube")?.mode, 0o700);
  assert.deepEqual(host.read.list("/home/me/.kube"), ["config", "config.atmos-lock"]);
});

Deno.test("an edit that gives nothing still creates the file", async () => {
  const { files, host } = fakeStore();
  const { created } = await update(host, { path: PATH, edit: () => new Uint8Array() });
  assert.deepEqual([created, files.text(PATH)], [true, ""]);
});

Deno.test("the edit gets the old bytes, and the file keeps mode, owner and directory", async () => {
  const { files, host } = fakeStore({ uid: 0 });
  files.directory("/home/me/.kube", { mode: 0o755 });
  files.put(PATH, "one\n", { mode: 0o700, uid: 1000 });
  assert.deepEqual(await update(host, { path: PATH, edit: append("two") }), DONE);
  assert.equal(files.text(PATH), "one\ntwo\n");
  const { mode, uid } = host.read.stat(PATH)!;
  assert.deepEqual([mode, uid, host.read.stat("/home/me/.kube")?.mode], [0o700, 1000, 0o755]);
});

Deno.test("a relative path starts at the current directory", async () => {
  const { host } = fakeStore();
  assert.equal((await update(host, { path: "a/../b", edit: append("x") })).path, "/b");
});

Deno.test("equal bytes are not written, and the time of change stays", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n", { mode: 0o644 });
  const before = host.read.stat(PATH);
  files.now = () => 1_800_000_000_000;
  const outcome = await update(host, { path: PATH, edit: (old) => old!, keepBackup: true });
  assert.deepEqual(outcome, { ...DONE, changed: false });
  assert.deepEqual(host.read.stat(PATH), before);
  assert.deepEqual(host.read.list("/home/me/.kube"), ["config", "config.atmos-lock"]);
});

Deno.test("a given mode is set, written or not", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n", { mode: 0o644 });
  const ino = host.read.stat(PATH)?.ino;
  await update(host, { path: PATH, edit: (old) => old!, mode: 0o600 });
  assert.deepEqual([host.read.stat(PATH)?.mode, host.read.stat(PATH)?.ino], [0o600, ino]);
  await update(host, { path: PATH, edit: append("two"), mode: 0o640 });
  assert.equal(host.read.stat(PATH)?.mode, 0o640);
});

Deno.test("the temporary file is private while it is filled", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n", { mode: 0o700 });
  const modes: (number | undefined)[] = [];
  const open: typeof host.write.open = (path, options) => {
    if (path.endsWith("-tmp")) modes.push(options.mode);
    return host.write.open(path, options);
  };
  await update({ ...host, write: { ...host.write, open } }, { path: PATH, edit: append("two") });
  assert.deepEqual(modes, [0o600]);
});

Deno.test("a backup has the old bytes, and is not wider open than the new file", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n", { mode: 0o644 });
  const outcome = await update(host, { path: PATH, edit: append("two"), keepBackup: true, mode: 0o600 });
  assert.equal(outcome.backup, `${PATH}.bak`);
  assert.equal(files.text(`${PATH}.bak`), "one\n");
  assert.equal(host.read.stat(`${PATH}.bak`)?.mode, 0o600);
});

Deno.test("a new file has no backup", async () => {
  const { host } = fakeStore();
  assert.equal((await update(host, { path: PATH, edit: append("one"), keepBackup: true })).backup, undefined);
});

Deno.test("other names of the file keep the old content, and the outcome says so", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n");
  files.hardLink(PATH, "/home/me/other");
  const outcome = await update(host, { path: PATH, edit: append("two") });
  assert.equal(outcome.brokeHardLink, true);
  assert.deepEqual([files.text(PATH), files.text("/home/me/other")], ["one\ntwo\n", "one\n"]);
});

Deno.test("a symbolic link stays, its target is replaced and locked", async () => {
  const { files, host } = fakeStore();
  files.put("/dotfiles/config", "one\n");
  files.symlink(PATH, { to: "../../../dotfiles/config" });
  const outcome = await update(host, { path: PATH, edit: append("two") });
  assert.equal(outcome.path, "/dotfiles/config");
  assert.equal(host.read.lstat(PATH)?.isSymlink, true);
  assert.deepEqual(host.read.list("/dotfiles"), ["config", "config.atmos-lock"]);
  assert.equal(files.text(PATH), "one\ntwo\n");
});

Deno.test("a dangling link's target is created where its directory is there", async () => {
  const { files, host } = fakeStore();
  files.directory("/dotfiles/kube");
  files.symlink(PATH, { to: "/dotfiles/kube/config" });
  const outcome = await update(host, { path: PATH, edit: append("one") });
  assert.deepEqual([outcome.path, outcome.created], ["/dotfiles/kube/config", true]);
});

Deno.test("an edit that refuses leaves the file and no lock", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n");
  const refusal = new Error("no");
  const edit = () => {
    throw refusal;
  };
  await assert.rejects(update(host, { path: PATH, edit }), (error) => error === refusal);
  assert.equal(files.text(PATH), "one\n");
  assert.deepEqual(host.read.list("/home/me/.kube"), ["config", "config.atmos-lock"]);
});

Deno.test("what a killed run left is cleared away", async () => {
  const { files, host, slept } = fakeStore();
  files.put(PATH, "one\n");
  files.put(`${PATH}.atmos-lock`, "");
  files.hardLink(`${PATH}.atmos-lock`, `${PATH}.lock`);
  files.put(`${PATH}.atmos-tmp`, "half", { mode: 0o644 });
  await update(host, { path: PATH, edit: append("two") });
  assert.equal(files.text(PATH), "one\ntwo\n");
  assert.deepEqual(host.read.list("/home/me/.kube"), ["config", "config.atmos-lock"]);
  assert.equal(slept(), 0);
});

Deno.test("the change of another writer that came first is kept", async () => {
  const meanwhile: Parameters<typeof fakeStore>[0] = {
    meanwhile(files) {
      files.put(PATH, "theirs\n");
      files.writer.remove(`${PATH}.lock`);
    },
  };
  const { files, host } = fakeStore(meanwhile);
  files.put(PATH, "old\n");
  files.put(`${PATH}.lock`, "");
  await update(host, { path: PATH, edit: append("ours") });
  assert.equal(files.text(PATH), "theirs\nours\n");
});

Deno.test("a directory, a pipe: refused before anything is made", async () => {
  const { files, host } = fakeStore();
  files.directory("/d/config");
  files.pipe("/p/config");
  const refused = (kind: string) => (error: unknown) => error instanceof RefusedFile && error.kind === kind;
  await assert.rejects(update(host, { path: "/d/config", edit: append("x") }), refused("is-a-directory"));
  await assert.rejects(update(host, { path: "/p/config", edit: append("x") }), refused("unsupported"));
  assert.deepEqual([host.read.list("/d"), host.read.list("/p")], [["config"], ["config"]]);
});

Deno.test("a link put in the file's place in the meantime is not followed", async () => {
  const { files, host } = fakeStore();
  files.put("/secret", "old\n");
  files.put(PATH, "one\n");
  const edit = (old: Uint8Array | undefined) => {
    host.write.remove(PATH);
    files.symlink(PATH, { to: "/secret" });
    return append("two")(old);
  };
  await assert.rejects(update(host, { path: PATH, edit }), RefusedFile);
  assert.equal(files.text("/secret"), "old\n");
});

Deno.test("the edit is done before kubectl is locked out, and once", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n");
  const locked: boolean[] = [];
  const edit = (old: Uint8Array | undefined) => {
    locked.push(host.read.lstat(`${PATH}.lock`) !== undefined);
    return append("two")(old);
  };
  await update(host, { path: PATH, edit });
  assert.deepEqual([locked, files.text(PATH)], [[false], "one\ntwo\n"]);
});

Deno.test("a change that comes between is edited again, under the lock", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n");
  const seen: string[] = [];
  const edit = (old: Uint8Array | undefined) => {
    if (seen.push(decode(old)) === 1) files.put(PATH, "kubectl's\n");
    return append("two")(old);
  };
  await update(host, { path: PATH, edit });
  assert.deepEqual([seen, files.text(PATH)], [["one\n", "kubectl's\n"], "kubectl's\ntwo\n"]);
});

Deno.test("no file in a closed directory: the system's own error, and no waiting", async () => {
  const { files, host, slept } = fakeStore();
  files.directory("/ro");
  files.close("/ro", "read-only");
  await assert.rejects(
    update(host, { path: "/ro/config", edit: () => encode("x") }),
    (error) => error instanceof FileError && error.kind === "read-only",
  );
  assert.equal(slept(), 0);
});

Deno.test("another user's file: written where it is, since its owner could not be kept", async () => {
  const { files, host } = fakeStore();
  files.put(PATH, "one\n", { mode: 0o660, uid: 1001 });
  const outcome = await update(host, { path: PATH, edit: append("two") });
  assert.equal(outcome.inPlace, true);
  assert.deepEqual([files.text(PATH), host.read.stat(PATH)?.uid], ["one\ntwo\n", 1001]);
});

Deno.test("a lock that another program has left fails no run that has nothing to write, and makes it wait no time", async () => {
  const { files, host, slept } = fakeStore();
  files.put(PATH, "one\n");
  files.put(`${PATH}.lock`, "");
  for (const mode of [{}, { mode: 0o600 }]) {
    const outcome = await update(host, { path: PATH, edit: (old) => old!, keepBackup: true, ...mode });
    assert.deepEqual(outcome, { ...DONE, changed: false });
  }
  assert.deepEqual([slept(), files.text(`${PATH}.lock`)], [0, ""]);
  await assert.rejects(update(host, { path: PATH, edit: (old) => old!, mode: 0o400 }), { code: "locked" });
  await assert.rejects(update(host, { path: PATH, edit: append("two") }), { code: "locked" });
  assert.deepEqual([files.text(PATH), host.read.stat(PATH)?.mode], ["one\n", 0o600]);
});

Deno.test("what may be the half of a file is not taken for one in which nothing is to be written", async () => {
  const { files, host } = fakeStore({ meanwhile: (made) => made.put(PATH, "one\ntwo\n") });
  files.put(PATH, "one");
  const edit = (old: Uint8Array | undefined) => old!;
  assert.equal((await update(host, { path: PATH, edit })).changed, false);
  assert.equal(files.text(PATH), "one\ntwo\n");
});
