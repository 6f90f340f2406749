import { isInside } from "../../../../src/store/paths.ts";
import { deepEqual, equal } from "node:assert/strict";
import { isBeyondTree } from "../../../../src/config/files/tree.ts";
import { configWorld, type ConfigWorldOptions } from "../../../support/config/config_files.ts";

const HOME = "/home/me";
const REPO = `${HOME}/repo`;

interface World extends ConfigWorldOptions {
  readonly links?: Readonly<Record<string, string>>;
  readonly from?: string;
}

/** Those of the paths that lead out of the tree of a file. */
function beyond(paths: readonly string[], { links = {}, from = `${REPO}/atmos.yaml`, ...options }: World = {}) {
  const { host, disk } = configWorld(options);
  for (const [path, to] of Object.entries(links)) disk.symlink(path, { to });
  return paths.filter((path) => isBeyondTree(host, { file: from, path }));
}

const paths = (...names: readonly string[]) => names.map((name) => name.startsWith("/") ? name : `${REPO}/${name}`);

Deno.test("a repository is a tree, from every file in it", () => {
  const files = { [`${REPO}/.git/HEAD`]: "", [`${REPO}/a/b/atmos.yaml`]: "", [`${REPO}/x`]: "" };
  const outside = paths("/etc/passwd", "/home/me/.aws/credentials", "/home/me/repository/x", "/home/me");
  for (const from of [`${REPO}/atmos.yaml`, `${REPO}/a/b/atmos.yaml`, `${REPO}/a/other.yaml`]) {
    deepEqual(beyond([...paths("x", "a/b/y", "new/file"), ...outside], { files, from }), outside, from);
  }
});

Deno.test("what Git keeps in the repository is beyond it", () => {
  const files = { [`${REPO}/.git/config`]: "", [`${REPO}/sub/.git/config`]: "", [`${REPO}/.github/x`]: "" };
  const kept = paths(".git/config", ".git", "sub/.git/config");
  deepEqual(beyond([...kept, ...paths(".github/x", "a.git/x", ".gitignore")], { files }), kept);
  deepEqual(beyond(paths("in"), { files, links: { [`${REPO}/in`]: ".git/config" } }), paths("in"));
});

Deno.test("files in the tree that are usually the user's own are beyond it, also under another name", () => {
  const own = paths(
    ".env",
    ".env.local",
    "a/.env",
    ".ENV",
    "terraform.tfstate",
    "a/x.tfstate",
    "x.tfstate.backup",
    "in",
  );
  const directories = { [`${REPO}/.env.d/x`]: "", [`${REPO}/terraform.tfstate.d/dev/x.tf`]: "" };
  const files = { [`${REPO}/.git/HEAD`]: "", [`${REPO}/a/.env`]: "", [`${REPO}/kept`]: "", ...directories };
  const links = { [`${REPO}/in`]: "a/.env", [`${REPO}/.env.linked`]: "kept" };
  const others = paths(
    ".envrc",
    "env",
    "x.env",
    "tfstate",
    "x.tfstate2",
    ".env.d",
    ".env.d/x",
    "terraform.tfstate.d/dev/x.tf",
  );
  const found = beyond([...own, ...paths(".env.linked"), ...others], { files, links });
  deepEqual(found, [...own, ...paths(".env.linked")]);
});

Deno.test("links count as the system follows them, also on the way and in circles", () => {
  const files = { [`${REPO}/.git/HEAD`]: "", [`${REPO}/in/x`]: "", "/srv/deep/x": "" };
  const links = {
    [`${REPO}/out`]: "/srv/deep",
    [`${REPO}/rel`]: "../../../srv/deep/x",
    [`${REPO}/none`]: "/srv/none",
    [`${REPO}/loop`]: "loop",
    [`${REPO}/near`]: "in/x",
    "/home/me/back": REPO,
  };
  const outside = paths("out/x", "rel", "none", "loop", "loop/x");
  deepEqual(beyond([...outside, ...paths("near", "in/x", "/home/me/back/in/x")], { files, links }), outside);
});

Deno.test("a file that is reached through a link is in the tree where it really lies", () => {
  const files = { "/srv/other/.git/HEAD": "", "/srv/other/atmos.yaml": "", "/srv/other/x": "", [`${REPO}/x`]: "" };
  const links = { [`${REPO}/atmos.yaml`]: "/srv/other/atmos.yaml" };
  deepEqual(beyond(paths("x", "/srv/other/x"), { files, links }), paths("x"));
});

Deno.test("HOME, and what holds it, is never a tree, though it be a repository or have an atmos.yaml", () => {
  const secrets = ["/home/me/.aws/credentials", "/home/me/.ssh/id", "/etc/passwd"];
  for (const top of ["/home/me", "/home", ""]) {
    const files = { [`${top}/.git/HEAD`]: "", [`${top}/atmos.yaml`]: "" };
    deepEqual(beyond([...secrets, ...paths("x")], { files }), secrets, top);
    const own = ["/home/me/stacks/x.yaml", "/home/me/notes"];
    deepEqual(beyond([...secrets, ...own], { files, from: "/home/me/atmos.yaml" }), secrets, top);
  }
  const linked = { files: { "/home/me/.git/HEAD": "" }, links: { "/h": HOME }, env: { HOME: "/h" } };
  deepEqual(beyond([...secrets, ...paths("x")], linked), secrets);
});

Deno.test("without a repository the tree begins at the nearest atmos.yaml, else at the directory itself", () => {
  const from = `${REPO}/a/b/c.yaml`;
  for (const name of ["atmos.yaml", ".atmos.yaml", "atmos.yml", ".atmos.yml"]) {
    const files = { [`${REPO}/a/${name}`]: "" };
    deepEqual(beyond(paths("a/x", "a/b/x", "x"), { files, from }), paths("x"), name);
  }
  deepEqual(beyond(paths("a/x", "a/b/x", "a/b/c/x", "x"), { from }), paths("a/x", "x"));
});

Deno.test("inside: the directory itself and what is below, no neighbor of a longer name", () => {
  equal(isInside("/a", "/a"), true);
  equal(isInside("/a", "/a/b"), true);
  equal(isInside("/a", "/ab"), false);
  equal(isInside("/", "/ab"), true);
  equal(isInside("/a/b", "/a"), false);
});
