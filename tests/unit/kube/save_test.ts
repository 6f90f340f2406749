import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { type KubeconfigChange, previewKubeconfig, saveKubeconfig } from "../../../src/kube/save.ts";
import { DEV_ARN, devFacts } from "../../support/kubeconfig/entry_facts.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

const PATH = "/home/me/k";

function world(text?: string) {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  if (text !== undefined) files.put(PATH, text);
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  return { files, host };
}

function change(more: Partial<KubeconfigChange> = {}): KubeconfigChange {
  return {
    place: { path: PATH, mode: undefined },
    facts: devFacts(),
    update: "merge",
    switchContext: "always",
    ...more,
  };
}

async function failure(work: () => unknown): Promise<AppError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

Deno.test("a new file is private and says what a preview said", async () => {
  const { files, host } = world();
  const preview = previewKubeconfig(host, change());
  assert.equal(preview.before, undefined);
  const saved = await saveKubeconfig(host, change());
  assert.equal(files.text(PATH), preview.text);
  assert.equal(host.read.stat(PATH)!.mode, 0o600);
  assert.deepEqual([saved.action, saved.written.created, saved.entry.cluster.name], ["added", true, DEV_ARN]);
  assert.equal((await saveKubeconfig(host, change())).written.changed, false);
});

Deno.test("a file that cannot be edited: its place, and nothing written", async () => {
  const { files, host } = world("clusters:\n- a\n");
  for (const work of [() => saveKubeconfig(host, change()), () => previewKubeconfig(host, change())]) {
    const error = await failure(work);
    assert.equal(error.code, "kubeconfig-merge");
    assert.deepEqual(error.place, { file: PATH, line: 2, column: 3 });
    assert.match(error.message, /^Cannot edit kubeconfig "\/home\/me\/k": an entry of clusters must be a mapping/);
  }
  assert.equal(files.text(PATH), "clusters:\n- a\n");
});

Deno.test("replace needs no readable file and keeps it", async () => {
  const { files, host } = world("clusters: [");
  const saved = await saveKubeconfig(host, change({ update: "replace" }));
  assert.equal(saved.written.backup, `${PATH}.bak`);
  assert.equal(files.text(`${PATH}.bak`), "clusters: [");
  assert.match(files.text(PATH)!, /^apiVersion: v1\n/);
});

Deno.test("what the disk refuses is kubeconfig-write, and what is no file is named", async () => {
  const { files, host } = world();
  files.pipe("/home/me/pipe");
  const pipe = { path: "/home/me/pipe", mode: undefined };
  assert.equal((await failure(() => saveKubeconfig(host, change({ place: pipe })))).code, "kubeconfig-write");
  assert.equal((await failure(() => previewKubeconfig(host, change({ place: pipe })))).code, "kubeconfig-path");
  const directory = { path: "/home/me", mode: undefined };
  assert.match((await failure(() => previewKubeconfig(host, change({ place: directory })))).message, /directory/);
});

Deno.test("whichever effect fails, the file is old or new, whole", async () => {
  const old = "# mine\napiVersion: v1\n";
  const dry = world(old);
  const wanted = (await saveKubeconfig(dry.host, change())).text;
  for (let n = 1; n <= dry.files.effects; n++) {
    const { files, host } = world(old);
    files.failAt(n, "no-space");
    await saveKubeconfig(host, change()).catch((error) => assert.ok(error instanceof AppError, String(error)));
    assert.ok([old, wanted].includes(files.text(PATH)!), `effect ${n}`);
    files.restart();
    assert.equal((await saveKubeconfig(host, change())).text, wanted, `the run after effect ${n} failed`);
  }
});
