import assert from "node:assert/strict";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { resolveTarget } from "../../../src/store/resolve_target.ts";
import { type FakeStore, fakeStore } from "./store_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const refused = (error: unknown) => error instanceof RefusedFile && error.kind === "denied";

Deno.test("links of directories and of the file are followed, relative to where they lie", () => {
  const { files, host } = fakeStore();
  files.put("/real/sub/file", "x");
  files.symlink("/real/link", { to: "sub/../sub/file" });
  files.symlink("/way", { to: "real" });
  assert.equal(resolveTarget(host, "/way/link"), "/real/sub/file");
});

Deno.test("`..` in a link means the parent of the real directory", () => {
  const { files, host } = fakeStore();
  files.put("/deep/config", "x");
  files.directory("/deep/down");
  files.symlink("/short", { to: "/deep/down" });
  files.symlink("/link", { to: "/short/../config" });
  assert.equal(resolveTarget(host, "/link"), "/deep/config");
});

Deno.test("directories that are not there yet stay in the path", () => {
  const { files, host } = fakeStore();
  files.directory("/real");
  files.symlink("/way", { to: "/real" });
  assert.equal(resolveTarget(host, "/way/a/b/file"), "/real/a/b/file");
});

Deno.test("a circle of links is an error of that name", () => {
  const { files, host } = fakeStore();
  files.symlink("/a", { to: "b" });
  files.symlink("/b", { to: "/a" });
  assert.throws(() => resolveTarget(host, "/a"), { kind: "loop", path: "/a" });
});

Deno.test("a file where a directory should be", () => {
  const { files, host } = fakeStore();
  files.put("/a", "x");
  assert.throws(() => resolveTarget(host, "/a/b"), { kind: "not-a-directory" });
});

interface Case {
  readonly says: string;
  readonly me: number;
  readonly maker: number;
  readonly owner: number;
  readonly allowed: boolean;
}

const ME = 1000;
const OTHER = 1001;
const CASES: readonly Case[] = [
  { says: "our link to our file", me: ME, maker: ME, owner: ME, allowed: true },
  { says: "root's link to our file", me: ME, maker: 0, owner: ME, allowed: true },
  { says: "another's link to our file", me: ME, maker: OTHER, owner: ME, allowed: false },
  { says: "our link to another's file", me: ME, maker: ME, owner: OTHER, allowed: false },
  { says: "our link to root's file", me: ME, maker: ME, owner: 0, allowed: false },
  { says: "another's link to their own file", me: ME, maker: OTHER, owner: OTHER, allowed: false },
  { says: "root by root's link to a user's file", me: 0, maker: 0, owner: OTHER, allowed: true },
  { says: "root by a user's link to that user's file", me: 0, maker: OTHER, owner: OTHER, allowed: true },
  { says: "root by a user's link to root's file", me: 0, maker: OTHER, owner: 0, allowed: false },
  { says: "root by a user's link to another user's file", me: 0, maker: OTHER, owner: ME, allowed: false },
  { says: "a system without user ids", me: -1, maker: -1, owner: -1, allowed: true },
];

function linked({ me, maker, owner }: Case): FakeStore {
  const store = fakeStore({ uid: me });
  store.files.put("/target", "x", { uid: owner });
  store.files.symlink("/link", { to: "/target", uid: maker });
  return store;
}

for (const row of CASES) {
  Deno.test(`${row.says}: ${row.allowed ? "followed" : "refused"}`, () => {
    const { host } = linked(row);
    if (row.allowed) assert.equal(resolveTarget(host, "/link"), "/target");
    else assert.throws(() => resolveTarget(host, "/link"), refused);
  });
}

Deno.test("the refusal names the target and the way round", () => {
  const { host } = linked({ says: "", me: ME, maker: ME, owner: OTHER, allowed: false });
  assert.throws(() => resolveTarget(host, "/link"), (error) => {
    assert.ok(error instanceof RefusedFile);
    assert.match(error.message, /^Cannot write file "\/link": it is a symbolic link to \/target, and /);
    assert.match(renderRemedy({}, error), /\/target$/);
    return true;
  });
  assert.equal(resolveTarget(host, "/target"), "/target");
});

Deno.test("every link on the way counts", () => {
  const { files, host } = fakeStore();
  files.put("/target", "x");
  files.symlink("/middle", { to: "/target", uid: OTHER });
  files.symlink("/link", { to: "/middle" });
  assert.throws(() => resolveTarget(host, "/link"), refused);
});

Deno.test("root by a user's dangling link: only into that user's directories", () => {
  const { files, host } = fakeStore({ uid: 0 });
  files.directory("/etc/cron.d", { uid: 0 });
  files.directory("/home/other", { uid: OTHER });
  files.symlink("/bad", { to: "/etc/cron.d/job", uid: OTHER });
  files.symlink("/good", { to: "/home/other/sub/file", uid: OTHER });
  assert.throws(() => resolveTarget(host, "/bad"), refused);
  assert.equal(resolveTarget(host, "/good"), "/home/other/sub/file");
});

Deno.test("another's dangling link is refused, ours is followed", () => {
  const { files, host } = fakeStore();
  files.symlink("/bad", { to: "/target", uid: OTHER });
  files.symlink("/good", { to: "/target" });
  assert.throws(() => resolveTarget(host, "/bad"), refused);
  assert.equal(resolveTarget(host, "/good"), "/target");
});

Deno.test("a file that is too large to be read as a whole is refused, and says how large it is", () => {
  const { files, host } = fakeStore();
  files.put("/large", "x");
  for (const [size, isRefused] of [[128 * 2 ** 20, false], [128 * 2 ** 20 + 1, true]] as const) {
    const lstat = (path: string) => ({ ...host.read.lstat(path)!, size });
    const work = () => resolveTarget({ ...host, read: { ...host.read, lstat } }, "/large");
    if (isRefused) assert.throws(work, /it has 129 MiB, and the limit is 128 MiB$/);
    else assert.equal(work(), "/large");
  }
});
