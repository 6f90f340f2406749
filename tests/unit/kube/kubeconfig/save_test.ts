import assert from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import type { EntryOutcome } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryEdit } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { type KubeconfigChanges, previewEntries, saveEntries } from "../../../../src/kube/kubeconfig/save.ts";
import { previewRemoval, removeFromFile } from "../../../../src/kube/kubeconfig/remove_from_file.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { DEV_ARN, devFacts } from "../../../support/kubeconfig/entry_facts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const PATH = "/home/me/k";

function world(text?: string) {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  if (text !== undefined) files.put(PATH, text);
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  return { files, host };
}

function change({ location, ...edit }: Partial<EntryEdit & KubeconfigChanges> = {}): KubeconfigChanges {
  return {
    location: location ?? { path: PATH, mode: undefined },
    edits: [{ facts: devFacts(), update: "merge", switchContext: "always", ...edit }],
  };
}

function sound(outcome: EntryOutcome | AppError | undefined): EntryOutcome {
  if (outcome === undefined || outcome instanceof AppError) throw outcome;
  return outcome;
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
  const preview = previewEntries(host, change());
  assert.equal(preview.before, undefined);
  const { written, outcomes: [outcome] } = await saveEntries(host, change());
  assert.equal(files.text(PATH), preview.text);
  assert.equal(host.read.stat(PATH)!.mode, 0o600);
  const { action, entry } = sound(outcome);
  assert.deepEqual([action, written!.created, entry.cluster.name], ["added", true, DEV_ARN]);
  assert.equal((await saveEntries(host, change())).written!.changed, false);
});

const DEFAULTS = ["/home/me/.kube/config", "/home/me/.config/atmos/kube/config"];

Deno.test("another user's file that others may write to is refused: everyone's anywhere, a group's in a default place", async () => {
  for (const path of [PATH, ...DEFAULTS]) {
    const isDefault = path !== PATH;
    for (
      const [uid, mode, isRefused] of [
        [2000, 0o666, true],
        [2000, 0o602, true],
        [2000, 0o660, isDefault],
        [2000, 0o644, false],
        [1000, 0o666, false],
        [0, 0o666, false],
      ] as const
    ) {
      const { files, host } = world();
      files.put(path, "contexts: []\n", { uid, mode });
      const location = { path, mode: undefined };
      const works = [
        () => previewEntries(host, change({ location })),
        () => previewRemoval(host, { location, contexts: () => [] }),
        () => removeFromFile(host, { location, contexts: () => [] }),
        () => saveEntries(host, change({ location })),
      ];
      for (const work of works) {
        if (!isRefused) {
          await work();
          continue;
        }
        const error = await failure(work);
        const octal = mode.toString(8).padStart(4, "0");
        assert.equal(
          error.message,
          `Cannot write kubeconfig "${path}": it belongs to another user (uid 2000), and others may write to it (mode ${octal})`,
        );
        assert.match(renderRemedy({}, error), /--kubeconfig PATH, .*: chmod go-w \S+$/);
        assert.equal(files.text(path), "contexts: []\n");
      }
    }
  }
});

Deno.test("a file that cannot be edited: its position, and nothing written", async () => {
  const { files, host } = world("clusters:\n- a\n");
  for (const work of [() => saveEntries(host, change()), () => previewEntries(host, change())]) {
    const error = await failure(work);
    assert.equal(error.code, "kubeconfig-merge");
    assert.deepEqual(error.place, { file: PATH, line: 2, column: 3 });
    assert.match(error.message, /^Cannot edit kubeconfig "\/home\/me\/k": an entry of clusters must be a mapping/);
  }
  assert.equal(files.text(PATH), "clusters:\n- a\n");
});

Deno.test("replace needs no readable file and leaves a backup", async () => {
  const { files, host } = world("clusters: [");
  const saved = await saveEntries(host, change({ update: "replace" }));
  assert.equal(saved.written!.backup, `${PATH}.bak`);
  assert.equal(files.text(`${PATH}.bak`), "clusters: [");
  assert.match(files.text(PATH)!, /^apiVersion: v1\n/);
});

Deno.test("what the disk refuses is kubeconfig-write, for a preview as well, and what is no file is named", async () => {
  const { files, host } = world();
  files.pipe("/home/me/pipe");
  for (const [path, found] of [["/home/me/pipe", /pipe/], ["/home/me", /directory/]] as const) {
    for (const work of [saveEntries, previewEntries]) {
      const error = await failure(() => work(host, change({ location: { path, mode: undefined } })));
      assert.equal(error.code, "kubeconfig-write");
      assert.match(error.message, found);
    }
  }
});

Deno.test("whichever effect fails, the file is old or new, whole", async () => {
  const old = "# mine\napiVersion: v1\n";
  const dry = world(old);
  const wanted = previewEntries(dry.host, change()).text;
  await saveEntries(dry.host, change());
  for (let n = 1; n <= dry.files.effects; n++) {
    const { files, host } = world(old);
    files.failAt(n, "no-space");
    await saveEntries(host, change()).catch((error) => assert.ok(error instanceof AppError, String(error)));
    assert.ok([old, wanted].includes(files.text(PATH)!), `effect ${n}`);
    files.restart();
    await saveEntries(host, change());
    assert.equal(files.text(PATH), wanted, `the run after effect ${n} failed`);
  }
});

Deno.test("where every entry is refused, nothing is touched, not even the mode", async () => {
  const refused = "contexts:\n- name: dev-eks\n  context: {cluster: minikube}\n";
  const { files, host } = world();
  files.put(PATH, refused, { mode: 0o644 });
  const other = change().edits.map((edit) => ({ ...edit, facts: devFacts({ userAlias: "other" }) }));
  for (const edits of [change().edits, [...change().edits, ...other]]) {
    const { outcomes, written } = await saveEntries(host, { location: { path: PATH, mode: 0o600 }, edits });
    assert.deepEqual(outcomes.map((one) => one instanceof AppError && one.code), edits.map(() => "kubeconfig-merge"));
    assert.equal(written, undefined);
    assert.equal(files.text(PATH), refused);
    assert.equal(host.read.stat(PATH)!.mode, 0o644);
  }
});

Deno.test("one that is refused holds no other back", async () => {
  const { files, host } = world("contexts:\n- name: dev-eks\n  context: {cluster: minikube}\n");
  const { edits: [edit] } = change();
  const edits = [edit!, { ...edit!, facts: devFacts({ alias: "free" }) }];
  const { outcomes: [refused, added], written } = await saveEntries(host, {
    location: { path: PATH, mode: 0o600 },
    edits,
  });
  assert.ok(refused instanceof AppError);
  assert.equal(sound(added).action, "added");
  assert.equal(written!.changed, true);
  assert.match(files.text(PATH)!, /- name: free\n/);
});
