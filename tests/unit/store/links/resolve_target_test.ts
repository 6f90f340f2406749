import assert from "node:assert/strict";
import { RefusedFile } from "../../../../src/store/explain_file_error.ts";
import { refuseForeignWay, resolveTarget, resolveWriteTarget } from "../../../../src/store/links/resolve_target.ts";
import { type FakeStore, fakeStore } from "../store_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

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
  /** The same where the link is a directory's; whoever owns what lies there was not chosen by it alone. */
  readonly allowedAbove?: boolean;
}

const ME = 1000;
const OTHER = 1001;
const CASES: readonly Case[] = [
  { says: "our link to our file", me: ME, maker: ME, owner: ME, allowed: true },
  { says: "root's link to our file", me: ME, maker: 0, owner: ME, allowed: true },
  { says: "another's link to our file", me: ME, maker: OTHER, owner: ME, allowed: false },
  { says: "our link to another's file", me: ME, maker: ME, owner: OTHER, allowed: false, allowedAbove: true },
  { says: "our link to root's file", me: ME, maker: ME, owner: 0, allowed: false, allowedAbove: true },
  { says: "another's link to their own file", me: ME, maker: OTHER, owner: OTHER, allowed: false },
  { says: "root by root's link to a user's file", me: 0, maker: 0, owner: OTHER, allowed: true },
  { says: "root by a user's link to that user's file", me: 0, maker: OTHER, owner: OTHER, allowed: true },
  { says: "root by a user's link to root's file", me: 0, maker: OTHER, owner: 0, allowed: false },
  { says: "root by a user's link to another user's file", me: 0, maker: OTHER, owner: ME, allowed: false },
  { says: "a system without user ids", me: -1, maker: -1, owner: -1, allowed: true },
];

/** Where a link may be on the way to a file. */
const PLACES: Readonly<Record<string, { readonly link: string; readonly to: string; readonly isFile?: true }>> = {
  "the file": { link: "/way/down/file", to: "/real/down/file", isFile: true },
  "its directory": { link: "/way/down", to: "/real/down" },
  "a directory above, by a relative link": { link: "/way", to: "real" },
  "a directory that a link of ours leads through": { link: "/behind", to: "/real" },
};
const PATH = "/way/down/file";

function linked({ me, maker, owner }: Case, { link, to }: { readonly link: string; readonly to: string }): FakeStore {
  const store = fakeStore({ uid: me });
  store.files.put("/real/down/file", "x", { uid: owner });
  store.files.symlink(link, { to, uid: maker });
  if (link === "/behind") store.files.symlink("/way", { to: "/behind" });
  return store;
}

for (const [where, place] of Object.entries(PLACES)) {
  for (const row of CASES) {
    const allowed = place.isFile ? row.allowed : row.allowedAbove ?? row.allowed;
    Deno.test(`${row.says}, of ${where}: ${allowed ? "followed" : "refused"}`, () => {
      const { files, host } = linked(row, place);
      const [read, write] = [() => resolveTarget(host, PATH), () => resolveWriteTarget(host, PATH)];
      for (const work of [read, write]) {
        if (allowed) assert.equal(work(), "/real/down/file");
        else assert.throws(work, refused);
      }
      if (place.isFile) return;
      const look = () => refuseForeignWay(host, "/way/down");
      // A directory has no one's file in it yet: for root the owner of the directory counts.
      files.directory("/real/down", { uid: row.owner });
      if (allowed) look();
      else assert.throws(look, refused);
    });
  }
}

Deno.test("the refusal names the target and the way round", () => {
  const { host } = linked({ says: "", me: ME, maker: ME, owner: OTHER, allowed: false }, PLACES["the file"]!);
  assert.throws(() => resolveTarget(host, PATH), (error) => {
    assert.ok(error instanceof RefusedFile);
    assert.match(
      error.message,
      /^Cannot write file "\/way\/down\/file": it is a symbolic link to \/real\/down\/file, and /,
    );
    assert.match(renderRemedy({}, error), /\/real\/down\/file$/);
    return true;
  });
  assert.equal(resolveTarget(host, "/real/down/file"), "/real/down/file");
});

Deno.test("the refusal of a directory's link names the link, who made it, and the way round", () => {
  const row = { says: "", me: ME, maker: OTHER, owner: ME, allowed: false };
  const { host } = linked(row, { link: "/way", to: "/real" });
  assert.throws(() => resolveTarget(host, PATH), (error) => {
    assert.ok(error instanceof RefusedFile);
    const found = "another user (uid 1001) made the symbolic link /way, through which it is /real/down/file";
    assert.deepEqual([error.path, error.found], [PATH, found]);
    assert.match(renderRemedy({}, error), /: \/real\/down\/file$/);
    return true;
  });
});

Deno.test("a circle of directories' links is an error of that name", () => {
  const { files, host } = fakeStore();
  files.symlink("/a", { to: "/b/c" });
  files.symlink("/b", { to: "/a" });
  assert.throws(() => resolveTarget(host, "/a/file"), { kind: "loop" });
});

Deno.test("a path without links is looked at in a few steps, however deep it is", () => {
  const { files, host } = fakeStore();
  const path = "/one/two/three/four/five/six/file";
  files.put(path, "x");
  let looks = 0;
  const counted = new Proxy(host.read, { get: (read, name) => (looks++, Reflect.get(read, name)) });
  resolveTarget({ ...host, read: counted }, path);
  assert.ok(looks <= 6, `${looks} looks`);
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
