import { deepEqual, equal, notEqual } from "node:assert/strict";
import { readSelector, selectorText } from "../../../../src/kube/kubectl/selector.ts";
import { forgetSelectors, openSelector, sweepSelectors } from "../../../../src/kube/kubectl/selector_files.ts";
import { findStoredSelector, storeSelector } from "../../../../src/kube/kubectl/stored_selector.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const ROOT = "/home/me/.local/state/atmos/kube/selectors";
const DIRECTORY = `${ROOT}/test/dev`;
const DEV = { directory: DIRECTORY, context: "dev" };
const DAY_MS = 24 * 3_600_000;

/** A computer on which these processes live; none where the system does not tell. */
function computer(living: readonly number[] = []) {
  const files = new MemoryFiles();
  files.directory("/home/me");
  if (living.length > 0) files.directory("/proc/self");
  for (const pid of living) files.directory(`/proc/${pid}`);
  const inShell = (ppid: number) =>
    fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer }, uid: 1000, ppid });
  files.now = () => inShell(1).clock.now();
  return { files, inShell };
}

Deno.test("stored selector: the same file each time in one shell, but for a choice that was made there", async () => {
  const { files, inShell } = computer();
  const host = inShell(10);
  const first = await storeSelector(host, DEV);
  const { ino } = host.read.stat(first)!;
  equal(await storeSelector(host, DEV), first);
  equal(host.read.stat(first)!.ino, ino);
  notEqual(await storeSelector(host, { ...DEV, context: "prod" }), first);
  files.put(first, selectorText("prod", { file: undefined, shell: { pid: 10, machine: undefined } }));
  const second = await findStoredSelector(host, DEV);
  equal(second, `${first}-2`);
  equal(await storeSelector(host, DEV), second);
  equal(readSelector(host, first)!.context, "prod");
  openSelector(host, DEV);
  const added = selectorText("prod", { file: undefined }).replace("users: []", "users: [{name: mine, user: {}}]");
  files.put(first, added);
  forgetSelectors(host, DIRECTORY);
  deepEqual(host.read.list(DIRECTORY), [`added-${first.split("/env-")[1]}`]);
});

const withUser = (text: string, name: string) => text.replace("users: []", `users: [{name: ${name}, user: {}}]`);

Deno.test("stored selector: what programs have added stays in it, and is no other shell's", async () => {
  const { files, inShell } = computer([10]);
  const path = await storeSelector(inShell(10), DEV);
  const added = withUser(files.text(path)!, "mine");
  files.put(path, added);
  await storeSelector(inShell(10), { ...DEV, context: "prod" });
  equal(await storeSelector(inShell(10), DEV), path);
  equal(files.text(path), added);
  notEqual(await storeSelector(inShell(11), DEV), path, "though its shell may have ended");
  equal(files.text(path), added);
});

Deno.test("stored selector: the one that a shell has got stays its own, though a lower number is free by now", async () => {
  const { files, inShell } = computer([10, 11]);
  const first = await storeSelector(inShell(10), DEV);
  const second = await storeSelector(inShell(11), DEV);
  files.writer.remove(first);
  equal(await storeSelector(inShell(11), DEV), second);
});

Deno.test("stored selector: a shell of the same number in another container is another shell", async () => {
  const { files, inShell } = computer();
  files.put("/etc/hostname", "one\n");
  const path = await storeSelector(inShell(1), DEV);
  files.put("/etc/hostname", "other\n");
  const other = await storeSelector(inShell(1), DEV);
  notEqual(other, path);
  equal(await storeSelector(inShell(1), DEV), other);
  files.put("/etc/hostname", "one\n");
  equal(await storeSelector(inShell(1), DEV), path);
});

Deno.test("stored selector: what was kept once is kept whatever is kept later, and its place is told", async () => {
  const { files, inShell } = computer([10]);
  const kept: string[] = [];
  for (const name of ["first", "second", "third"]) {
    const path = await storeSelector(inShell(10), DEV);
    files.put(path, withUser(files.text(path)!, name));
    kept.push(...forgetSelectors(inShell(10), DIRECTORY));
  }
  deepEqual(kept.map((path) => /name: (\w+), user/.exec(files.text(path)!)![1]), ["first", "second", "third"]);
});

for (const living of [[], [10, 11]]) {
  Deno.test(`stored selector: none is another living shell's, ${living.length} processes known`, async () => {
    const { inShell } = computer(living);
    const paths = await Promise.all([10, 11].map((shell) => storeSelector(inShell(shell), DEV)));
    equal(new Set(paths).size, 2);
    deepEqual([await storeSelector(inShell(10), DEV), await storeSelector(inShell(11), DEV)], paths);
  });
}

Deno.test("stored selector: what has evaluated it may pass it on, so one of a shell that has ended stays for long", async () => {
  const { files, inShell } = computer([10]);
  const ended = await storeSelector(inShell(11), DEV);
  notEqual(await storeSelector(inShell(10), DEV), ended);
  const all = new Set<string>();
  for (let shell = 100; shell < 300; shell++) all.add(await storeSelector(inShell(shell), DEV));
  equal(all.size, 64);
  const list = () => inShell(10).read.list(DIRECTORY).length;
  sweepSelectors(inShell(10), ROOT);
  equal(list(), 65);
  files.now = () => inShell(1).clock.now() - 8 * DAY_MS;
  for (const path of inShell(10).read.list(DIRECTORY).map((name) => `${DIRECTORY}/${name}`)) {
    files.put(path, files.text(path)!);
  }
  sweepSelectors(inShell(10), ROOT);
  equal(list(), 1);
});

Deno.test("stored selector: one of an earlier version, which knew no shells, is used again and never swept", async () => {
  const { files, inShell } = computer([10]);
  const path = await findStoredSelector(inShell(10), DEV);
  files.put(path, selectorText("dev", { file: undefined }));
  notEqual(await storeSelector(inShell(10), DEV), path);
  sweepSelectors(inShell(10), ROOT);
  equal(inShell(10).read.stat(path)?.isFile, true);
});
