import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { RefusedFile } from "../../../../src/store/explain_file_error.ts";
import { previewUpdate } from "../../../../src/store/preview_update.ts";
import { update } from "../../../../src/store/replace.ts";
import { append, type FakeStore, fakeStore } from "../store_host.ts";

const REPOSITORY = "/home/me/src/clone";

/** A clone with a link in it, and the user's own files beside it. */
function clone(link: string, to: string): FakeStore {
  const store = fakeStore();
  store.files.directory(`${REPOSITORY}/.git/hooks`);
  store.files.directory(`${REPOSITORY}/sub`);
  store.files.put("/home/me/.bashrc", "# mine\n");
  store.files.put("/home/me/src/other/file", "other");
  store.files.symlink(`${REPOSITORY}/${link}`, { to });
  return store;
}

const OUT: readonly (readonly [link: string, to: string, path: string, end: string])[] = [
  ["out", "../../.bashrc", "out", "/home/me/.bashrc"],
  ["out", "/home/me/.zshenv", "out", "/home/me/.zshenv"],
  ["out", "../other/file", "out", "/home/me/src/other/file"],
  ["sub/dir", "../../../.config", "sub/dir/fish/config.fish", "/home/me/.config"],
  ["out", ".git/hooks/post-checkout", "out", `${REPOSITORY}/.git/hooks/post-checkout`],
];

for (const [link, to, path, end] of OUT) {
  Deno.test(`link out: ${path} of a clone where ${link} leads to ${to}`, async () => {
    const { host, files } = clone(link, to);
    const given = `${REPOSITORY}/${path}`;
    const isRefused = (error: unknown) => {
      equal(
        error instanceof RefusedFile && error.found,
        `the symbolic link ${REPOSITORY}/${link} leads out of its repository`,
      );
      equal((error as RefusedFile).hint, `If that is meant, name the file itself: ${end}`);
      return true;
    };
    const before = files.reader.stat("/home/me");
    throws(() => previewUpdate(host, { path: given, edit: append("x") }), isRefused);
    await rejects(update(host, { path: given, edit: append("x") }), isRefused);
    deepEqual([files.reader.stat("/home/me"), files.text("/home/me/.bashrc")], [before, "# mine\n"]);
  });
}

for (const mark of [".hg", ".jj", ".svn", ".bzr", "CVS", "atmos.yaml", ".atmos.yml"]) {
  Deno.test(`link out: a tree without Git, which has ${mark}`, async () => {
    const store = fakeStore();
    store.files.put("/home/me/.bashrc", "# mine\n");
    store.files.put(`/home/me/src/tree/${mark}${mark.includes("atmos") ? "" : "/x"}`, "");
    store.files.symlink("/home/me/src/tree/out", { to: "../../.bashrc" });
    store.files.symlink("/home/me/src/tree/own", { to: mark.includes("atmos") ? "../x" : `${mark}/hooks` });
    store.files.symlink("/home/me/src/tree/in", { to: "sub" });
    for (const name of ["out", "own"]) {
      await rejects(update(store.host, { path: `/home/me/src/tree/${name}`, edit: append("x") }), RefusedFile);
    }
    await update(store.host, { path: "/home/me/src/tree/in", edit: append("x") });
    equal(store.files.text("/home/me/.bashrc"), "# mine\n");
  });
}

Deno.test("link out: .git in any letters is outside", async () => {
  const { host } = clone("out", ".GIT/hooks/x");
  await rejects(update(host, { path: `${REPOSITORY}/out`, edit: append("x") }), RefusedFile);
});

Deno.test("link out: where everything is trusted, and in repositories of HOME's own hidden directories, links are followed", async () => {
  const { host, files } = clone("out", "../other/file");
  const trusting = {
    ...host,
    env: { ...host.env, get: (name: string) => name === "CI" ? "true" : host.env.get(name) },
  };
  await update(trusting, { path: `${REPOSITORY}/out`, edit: append("x") });
  equal(files.text("/home/me/src/other/file"), "otherx\n");
  for (const directory of ["/home/me/.config", "/home/me/.kube"]) {
    files.directory(`${directory}/.git`);
    files.directory(`/data${directory}`);
    files.symlink(`${directory}/config`, { to: `/data${directory}/config` });
    await update(host, { path: `${directory}/config`, edit: append("x") });
  }
});

Deno.test("link out: links within a clone, of HOME, of a HOME that is a repository, and to what is named itself", async () => {
  const within = clone("sub/in", "../file");
  await update(within.host, { path: `${REPOSITORY}/sub/in`, edit: append("x") });
  const home = clone("x", "file");
  home.files.directory("/data/kube");
  home.files.symlink("/home/me/.kube", { to: "/data/kube" });
  home.files.symlink("/data/kube/config", { to: "/data/real" });
  await update(home.host, { path: "/home/me/.kube/config", edit: append("x") });
  home.files.directory("/home/me/.git");
  await update(home.host, { path: "/home/me/.kube/config", edit: append("x") });
  // The user's own dotfiles, behind a link of HOME.
  home.files.directory("/home/me/dotfiles/.git");
  home.files.directory("/home/me/dotfiles/aws");
  home.files.symlink("/home/me/dotfiles/aws/config", { to: "/data/aws" });
  home.files.symlink("/home/me/.aws", { to: "dotfiles/aws" });
  await update(home.host, { path: "/home/me/.aws/config", edit: append("x") });
});
