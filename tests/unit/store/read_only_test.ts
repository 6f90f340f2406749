import assert from "node:assert/strict";
import { editCredentialFile } from "../../../src/auth/files/credential_file_edit.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { isReadOnly } from "../../../src/store/file_mode.ts";
import { previewUpdate } from "../../../src/store/preview_update.ts";
import { update } from "../../../src/store/replace.ts";
import { append, decode, encode, type FakeStore, fakeStore } from "./store_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const PATH = "/home/me/.kube/config";
const OLD = "old\n";

/** The ways to write into a file, all of which leave a read-only one alone. */
const WRITES: Readonly<Record<string, (store: FakeStore) => Promise<unknown>>> = {
  "a replacement": ({ host }) => update(host, { path: PATH, edit: append("new") }),
  "a replacement with a mode": ({ host }) => update(host, { path: PATH, edit: append("new"), mode: 0o600 }),
  "a replacement with a backup": ({ host }) => update(host, { path: PATH, edit: append("new"), keepBackup: true }),
  "a mounted file": ({ host, files }) => {
    files.pin(PATH);
    return update(host, { path: PATH, edit: append("new"), mode: 0o600 });
  },
  "a closed directory": ({ host, files }) => {
    files.close("/home/me/.kube", "denied");
    return update(host, { path: PATH, edit: append("new") });
  },
  "a preview": ({ host }) => Promise.try(() => previewUpdate(host, { path: PATH, edit: append("new") })),
  "credentials": ({ host }) => editCredentialFile(host, { path: PATH, edit: (old) => `${old}[new]\n` }),
  "the last credentials": ({ host }) => editCredentialFile(host, { path: PATH, edit: () => "" }),
};

function readOnly(mode: number, { uid = 1000, text = OLD } = {}): FakeStore {
  const store = fakeStore({ uid });
  store.files.directory("/home/me/.kube", { mode: 0o700 });
  store.files.put(PATH, text, { mode });
  return store;
}

for (const [what, write] of Object.entries(WRITES)) {
  Deno.test(`a file that its owner has made read-only is refused, also to root: ${what}`, async () => {
    for (const mode of [0o400, 0o444, 0o500]) {
      for (const uid of [1000, 0]) {
        const store = readOnly(mode, { uid, text: what.includes("credentials") ? "[old]\n" : OLD });
        const text = store.files.text(PATH);
        await assert.rejects(write(store), (error) => {
          assert.ok(error instanceof RefusedFile);
          assert.deepEqual([error.found, renderRemedy({}, error)], [
            `it is read-only (mode 0${mode.toString(8)})`,
            `To change it anyway: chmod u+w ${PATH}`,
          ]);
          return true;
        });
        assert.deepEqual([store.files.text(PATH), store.host.read.stat(PATH)?.mode], [text, mode]);
        assert.deepEqual(
          store.host.read.list("/home/me/.kube").filter((name) => !/^config(?:|\.atmos-lock)$/.test(name)),
          what.includes("credentials") ? ["config.lock"] : [],
        );
      }
    }
  });
}

Deno.test("where nothing is to be written, a read-only file is fine; its mode gets narrower, never writable", async () => {
  for (const [before, after] of [[0o400, 0o400], [0o444, 0o400]] as const) {
    for (const isPinned of [false, true]) {
      const { files, host } = readOnly(before);
      if (isPinned) files.pin(PATH);
      assert.equal((await update(host, { path: PATH, edit: () => encode(OLD), mode: 0o600 })).changed, false);
      assert.equal(host.read.stat(PATH)?.mode, after);
    }
    const { host } = readOnly(before, { text: "[old]\n" });
    await editCredentialFile(host, { path: PATH, edit: (old) => old });
    assert.equal(host.read.stat(PATH)?.mode, after);
  }
  const { host } = readOnly(0o444);
  await update(host, { path: PATH, edit: (old) => old! });
  assert.equal(host.read.stat(PATH)?.mode, 0o444);
});

Deno.test("the target of a link is what is refused, and what the command names", async () => {
  const { files, host } = fakeStore();
  files.put("/dotfiles/config", OLD, { mode: 0o400 });
  files.symlink(PATH, { to: "/dotfiles/config" });
  const refused = (error: RefusedFile) => renderRemedy({}, error) === "To change it anyway: chmod u+w /dotfiles/config";
  await assert.rejects(update(host, { path: PATH, edit: append("new") }), refused);
  assert.throws(() => previewUpdate(host, { path: PATH, edit: append("new") }), refused);
});

Deno.test("what atmos itself keeps read-only it replaces", async () => {
  const { files, host } = readOnly(0o400);
  assert.equal((await update(host, { path: PATH, edit: append("new"), mode: 0o400 })).changed, true);
  assert.deepEqual([decode(host.read.bytes(PATH)), host.read.stat(PATH)?.mode], ["old\nnew\n", 0o400]);
  assert.equal(files.text(`${PATH}.atmos-tmp`), undefined);
});

Deno.test("a system without modes has no read-only files", () => {
  assert.deepEqual([-1, 1000].map((uid) => isReadOnly({ mode: 0, uid })), [false, true]);
});
