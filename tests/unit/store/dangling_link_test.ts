import assert from "node:assert/strict";
import { editCredentialFile } from "../../../src/auth/files/credential_file_edit.ts";
import type { Writer } from "../../../src/host/host.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { isFree, previewUpdate } from "../../../src/store/preview_update.ts";
import { update } from "../../../src/store/replace.ts";
import { append, type FakeStore, fakeStore } from "./store_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const PATH = "/home/me/.kube/config";

interface Dangling {
  /** Links and where they lead. */
  readonly links: Readonly<Record<string, string>>;
  readonly found: string;
  readonly directory: string;
}

const linked = (target: string, directory: string) =>
  `it is a symbolic link to ${target}, and the directory ${directory} does not exist`;
const under = (directory: string, target: string) =>
  `its directory ${directory} is a symbolic link to ${target}, which does not exist`;

const CASES: Readonly<Record<string, Dangling>> = {
  "a link": {
    links: { [PATH]: "/dotfiles/kube/config" },
    found: linked("/dotfiles/kube/config", "/dotfiles/kube"),
    directory: "/dotfiles/kube",
  },
  "a relative link": {
    links: { [PATH]: "../dotfiles/config" },
    found: linked("/home/me/dotfiles/config", "/home/me/dotfiles"),
    directory: "/home/me/dotfiles",
  },
  "a link to a link": {
    links: { [PATH]: "/home/me/next", "/home/me/next": "/dotfiles/config" },
    found: linked("/dotfiles/config", "/dotfiles"),
    directory: "/dotfiles",
  },
  "a link into a link": {
    links: { [PATH]: "/home/me/next/config", "/home/me/next": "/dotfiles" },
    found: linked("/dotfiles/config", "/dotfiles"),
    directory: "/dotfiles",
  },
  "a link of its directory": {
    links: { "/home/me/.kube": "/dotfiles/kube" },
    found: under("/home/me/.kube", "/dotfiles/kube"),
    directory: "/dotfiles/kube",
  },
  "a link further up": {
    links: { "/home/me": "/mnt/home" },
    found: under("/home/me", "/mnt/home"),
    directory: "/mnt/home",
  },
};

/** Any use of it fails the test. */
const NO_WRITER = new Proxy({}, { get: (_, name) => assert.fail(String(name)) }) as Writer;

const WRITES: Readonly<Record<string, (store: FakeStore) => Promise<unknown>>> = {
  "update": ({ host }) => update(host, { path: PATH, edit: append("one") }),
  "preview": ({ host }) => Promise.try(() => previewUpdate(host, { path: PATH, edit: append("one") })),
  "credentials": ({ host }) => editCredentialFile(host, { path: PATH, edit: () => "[one]\n" }),
};

for (const [what, { links, found, directory }] of Object.entries(CASES)) {
  for (const [verb, write] of Object.entries(WRITES)) {
    Deno.test(`a target without a directory is named and nothing is made: ${what}, ${verb}`, async () => {
      const made = fakeStore();
      for (const [from, to] of Object.entries(links)) made.files.symlink(from, { to });
      const store = { ...made, host: { ...made.host, write: NO_WRITER } };
      await assert.rejects(write(store), (error) => {
        assert.ok(error instanceof RefusedFile);
        const hint = `Create that directory: mkdir -p ${directory}`;
        assert.deepEqual([error.kind, error.path, error.found, renderRemedy({}, error)], [
          "not-found",
          PATH,
          found,
          hint,
        ]);
        return true;
      });
      assert.equal(isFree(store.host, PATH), false);
    });
  }
}

Deno.test("below a link to a directory that is there, directories are made as anywhere", async () => {
  const { files, host } = fakeStore();
  files.directory("/dotfiles");
  files.symlink("/home/me", { to: "/dotfiles" });
  assert.equal((await update(host, { path: PATH, edit: append("one") })).path, "/dotfiles/.kube/config");
});
