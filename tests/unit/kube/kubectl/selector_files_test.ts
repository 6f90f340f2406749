import { deepEqual, equal, match } from "node:assert/strict";
import { isFileError } from "../../../../src/host/files/file_error.ts";
import {
  isSelector,
  readSelector,
  selectorDirectory,
  selectorRoot,
  selectorText,
} from "../../../../src/kube/kubectl/selector.ts";
import { endedSelector, openSelector, sweepSelectors } from "../../../../src/kube/kubectl/selector_files.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const ROOT = "/home/me/.local/state/atmos/kube/selectors";
const DIRECTORY = `${ROOT}/test/dev`;
const NO_FILE = { file: undefined };
const DAY_MS = 24 * 3_600_000;

function world(os: "linux" | "windows" = "linux") {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  const host = fakeHost({
    env: { HOME: "/home/me" },
    files: { read: files.reader, write: files.writer },
    uid: 1000,
    os,
  });
  files.now = () => host.clock.now();
  const names = () => host.read.stat(DIRECTORY) === undefined ? [] : host.read.list(DIRECTORY);
  return { files, host, names };
}

Deno.test("selector: where it is, and that its path is known as one", () => {
  const { host } = world();
  equal(selectorRoot(host), ROOT);
  equal(selectorRoot(fakeHost({ env: {} })), undefined);
  equal(selectorDirectory(ROOT, { realm: "test", identity: "Dev" }), DIRECTORY);
  for (const identity of ["..", ".", "a/b", "a:b", "a*'", "ä"]) {
    match(selectorDirectory(ROOT, { realm: "test", identity }).slice(`${ROOT}/test/`.length), /^[a-z0-9%]+$/i);
  }
  for (
    const path of [`${DIRECTORY}/run-1-2`, `${ROOT}/ended`, "C:\\s\\atmos\\kube\\selectors\\x", `/a:${ROOT}/ended`]
  ) {
    equal(isSelector(path), true, path);
  }
  for (const path of ["/home/me/.config/atmos/kube/config", "/home/me/.kube/config", ""]) {
    equal(isSelector(path), false);
  }
});

Deno.test("selector: a name is read back as it is, whatever it looks like", () => {
  const { files, host } = world();
  for (
    const name of ["dev", "08", "yes", "none chosen: use --context a, b", 'a"b\\c', "# x", "arn:aws:eks:r:1:cluster/x"]
  ) {
    files.put("/home/me/s", selectorText(name, NO_FILE));
    deepEqual(readSelector(host, "/home/me/s"), {
      context: name,
      hasEntries: false,
      file: undefined,
      shell: undefined,
      isPinned: false,
    });
  }
  match(selectorText("dev", NO_FILE), /^current-context: dev$/m);
  files.put("/home/me/s", "clusters: null\ncontexts: [{name: a, context: {}}]\n");
  deepEqual(readSelector(host, "/home/me/s"), {
    context: undefined,
    hasEntries: true,
    file: undefined,
    shell: undefined,
    isPinned: false,
  });
  files.put("/home/me/s", "{");
  equal(readSelector(host, "/home/me/s"), undefined);
  equal(readSelector(host, "/home/me/none"), undefined);
});

Deno.test("selector: of a process: private, and gone when it is closed, with a lock that kubectl has left", () => {
  const { files, host, names } = world();
  const { path, close } = openSelector(host, { directory: DIRECTORY, context: "dev" });
  equal(host.read.stat(path)!.mode, 0o600);
  for (const directory of [DIRECTORY, ROOT]) equal(host.read.stat(directory)!.mode, 0o700);
  equal(readSelector(host, path)!.context, "dev");
  files.put(`${path}.lock`, "");
  equal(close(), undefined);
  deepEqual(names(), []);
  equal(close(), undefined);
});

Deno.test("selector: what was added to it is kept when it is closed", () => {
  const { files, host, names } = world();
  const { path, close } = openSelector(host, { directory: DIRECTORY, context: "dev" });
  files.put(path, "clusters: [{name: kind, cluster: {}}]\n");
  const kept = close()!;
  deepEqual(names(), [kept.slice(DIRECTORY.length + 1)]);
  match(kept, /\/added-/);
  sweepSelectors(host, ROOT);
  deepEqual(names().length, 1);
});

Deno.test("selector: each step of making one fails without leaving any", () => {
  for (let effect = 1;; effect++) {
    const { files, host, names } = world();
    files.failAt(effect, "denied");
    const open = () => openSelector(host, { directory: DIRECTORY, context: "dev" });
    try {
      open().close();
      if (files.effects < effect) return;
    } catch (error) {
      equal(isFileError(error), true);
      deepEqual(names(), [], `effect ${effect}`);
    }
  }
});

Deno.test("selector: those of killed processes are swept, those in use are not", () => {
  const { files, host, names } = world();
  openSelector(host, { directory: DIRECTORY, context: "dev" });
  files.put(`${DIRECTORY}/new-1-2`, "");
  files.put(`${DIRECTORY}/env-0`, "");
  sweepSelectors(host, ROOT);
  equal(names().length, 3);
  files.restart();
  files.now = () => host.clock.now() - DAY_MS;
  files.put(`${DIRECTORY}/new-1-2`, "");
  sweepSelectors(host, ROOT);
  deepEqual(names(), ["env-0"]);
  sweepSelectors(host, "/nowhere");
});

Deno.test("selector: what cannot be examined is not swept, and keeps no command from its work", () => {
  for (let effect = 1;; effect++) {
    const { files, host, names } = world();
    openSelector(host, { directory: DIRECTORY, context: "dev" });
    files.failAt(effect, "denied");
    const before = files.effects;
    sweepSelectors(host, ROOT);
    if (files.effects - before < effect) return;
    equal(names().length, 1);
  }
});

Deno.test("selector: one that a program has replaced, so that the lock is lost, is still in use", () => {
  const { files, host, names } = world();
  const { path, close } = openSelector(host, { directory: DIRECTORY, context: "dev" });
  files.writer.remove(path);
  files.put(path, selectorText("prod", NO_FILE));
  sweepSelectors(host, ROOT);
  equal(names().length, 1);
  close();
  deepEqual(names(), []);
});

Deno.test("selector: without a lock that tells, only an old one is swept", () => {
  for (const os of ["windows", "linux"] as const) {
    const { files, host, names } = world(os);
    files.flock = false;
    openSelector(host, { directory: DIRECTORY, context: "dev" });
    sweepSelectors(host, ROOT);
    equal(names().length, 1, os);
    files.now = () => host.clock.now() - 8 * DAY_MS;
    files.put(`${DIRECTORY}/run-1-2-3`, "");
    sweepSelectors(host, ROOT);
    deepEqual(names().filter((name) => name === "run-1-2-3"), [], os);
    equal(names().length, 1, os);
  }
});

Deno.test("selector: the one that is left when others are gone selects nothing, and is put right", async () => {
  const { files, host } = world();
  const { path } = await endedSelector(host, ROOT);
  const text = files.text(path)!;
  match(text, /^current-context: "none: /m);
  equal(host.read.stat(path)!.mode, 0o400);
  files.put(path, selectorText("dev", NO_FILE));
  deepEqual(await endedSelector(host, ROOT), { path, kept: [] });
  equal(files.text(path), text);
  const added = selectorText("dev", NO_FILE).replace("users: []", "users: [{name: mine, user: {}}]");
  files.put(path, added);
  deepEqual(await endedSelector(host, ROOT), { path, kept: [`${ROOT}/added-ended`] });
  deepEqual([files.text(path), files.text(`${ROOT}/added-ended`)], [text, added]);
});
