import assert from "node:assert/strict";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { isOwnDirectory, makeOwnDirectory, resolveOwnTarget } from "../../../src/store/own_directories.ts";
import { writePrivate } from "../../../src/store/keep_private.ts";
import { readPrivate } from "../../../src/store/private_cache.ts";
import { update } from "../../../src/store/replace.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";
import { append, encode, type FakeStore, fakeStore } from "./store_host.ts";

const OTHER = 1001;
const PATH = "/shared/atmos/kube/records/file";
const DIRECTORIES = ["/shared/atmos", "/shared/atmos/kube", "/shared/atmos/kube/records"];

interface Case {
  readonly uid?: number;
  readonly mode?: number;
  readonly gid?: number;
  readonly me?: number;
  /** What is found; undefined: it is used. */
  readonly found?: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  "ours": {},
  "root's": { uid: 0 },
  "ours, that the user's own group may write to": { mode: 0o775 },
  "ours, that another group may write to": {
    mode: 0o775,
    gid: 50,
    found: /^other users may write to .* \(mode 0775\)$/,
  },
  "ours, that all may write to": { mode: 0o777, found: /^other users may write to .* \(mode 0777\)$/ },
  "another user's": { uid: OTHER, mode: 0o700, found: /belongs to another user \(uid 1001\)$/ },
  "another user's, that all may write to": { uid: OTHER, mode: 0o777, found: /belongs to another user \(uid 1001\)$/ },
  "a user's, for root": { me: 0, uid: OTHER, found: /belongs to another user \(uid 1001\)$/ },
  "any, without user ids": { me: -1, uid: OTHER, mode: 0o777 },
};

function prepared(directory: string, { uid, mode = 0o700, gid, me = 1000 }: Case): FakeStore {
  const store = fakeStore({ uid: me });
  store.files.directory("/shared", { mode: 0o777, uid: OTHER });
  const given = { mode, ...(uid === undefined ? {} : { uid }) };
  for (const one of DIRECTORIES) store.files.directory(one, one === directory ? given : { mode: 0o700 });
  if (gid !== undefined) store.files.everything().get(directory)!.gid = gid;
  return store;
}

/** All ways to a file of this program's own; "refused" where a way says so by what it gives. */
const WAYS: Readonly<Record<string, (store: FakeStore) => unknown>> = {
  "a file is read": ({ host }) => resolveOwnTarget(host, PATH),
  "a cached file is read": ({ files, host }) => {
    files.put(PATH, "x");
    const found = readPrivate(host, PATH);
    if (found !== undefined && "fault" in found) {
      throw new RefusedFile({ kind: "denied", path: PATH, found: found.fault });
    }
  },
  "a file is written": ({ host }) => update(host, { path: PATH, isOwn: true, edit: append("one") }),
  "a directory is made": ({ host }) => makeOwnDirectory(host, "/shared/atmos/kube/records/below"),
};

for (const [what, row] of Object.entries(CASES)) {
  for (const directory of DIRECTORIES) {
    for (const [way, use] of Object.entries(WAYS)) {
      Deno.test(`${way} below ${directory}, ${what}: ${row.found === undefined ? "done" : "refused"}`, async () => {
        const store = prepared(directory, row);
        const before = [...store.files.everything().keys()].filter((path) => path !== PATH);
        const work = Promise.try(() => use(store));
        if (row.found === undefined) return void await work;
        await assert.rejects(work, (error) => {
          assert.ok(error instanceof RefusedFile);
          const start = "its directory is not yours alone: ";
          assert.ok(error.found.startsWith(start) && error.found.includes(` ${directory} `.trim()), error.found);
          assert.match(error.found.slice(start.length), row.found!);
          return true;
        });
        assert.deepEqual([...store.files.everything().keys()].filter((path) => path !== PATH), before);
      });
    }
  }
  Deno.test(`what is kept where it can be, ${what}`, async () => {
    const store = prepared(DIRECTORIES[1]!, row);
    await writePrivate(store.host, { path: PATH, bytes: encode("x") });
    assert.equal(store.files.text(PATH), row.found === undefined ? "x" : undefined);
    assert.equal(isOwnDirectory(store.host, DIRECTORIES[1]!), row.found === undefined);
  });
}

Deno.test("of a file that is kept elsewhere the directory that it lies in counts", () => {
  const { files, host } = fakeStore();
  files.directory("/team", { mode: 0o777, uid: OTHER });
  files.directory("/team/mine", { mode: 0o700 });
  assert.equal(resolveOwnTarget(host, "/team/mine/file"), "/team/mine/file");
  assert.throws(() => resolveOwnTarget(host, "/team/file"), RefusedFile);
});

Deno.test("a directory of another user that a link of ours names is refused, and another user's link to ours", () => {
  const { files, host } = fakeStore();
  files.directory("/theirs", { uid: OTHER });
  files.directory("/mine");
  files.symlink("/home/me/.config/atmos", { to: "/theirs" });
  files.symlink("/home/me/.cache/atmos", { to: "/mine", uid: OTHER });
  for (const one of ["/home/me/.config/atmos", "/home/me/.cache/atmos"]) {
    assert.equal(isOwnDirectory(host, one), false, one);
    assert.throws(() => makeOwnDirectory(host, `${one}/down`), RefusedFile);
  }
  assert.deepEqual([...host.read.list("/mine"), ...host.read.list("/theirs")], []);
});

Deno.test("a directory that another user makes at the same moment is not used", () => {
  const { files, host } = fakeStore();
  files.beforeEffect(1, () => files.directory("/shared/atmos", { mode: 0o777, uid: OTHER }));
  assert.throws(() => makeOwnDirectory(host, "/shared/atmos/kube"), RefusedFile);
});

Deno.test("the refusal says what to do", () => {
  const hints: readonly (readonly [Case, RegExp])[] = [
    [{ mode: 0o777 }, /^Check it, then: chmod go-w \/shared\/atmos$/],
    [{ uid: OTHER }, /^Check it and remove it, or choose another place with XDG_CONFIG_HOME, /],
  ];
  for (const [row, hint] of hints) {
    assert.throws(() => resolveOwnTarget(prepared(DIRECTORIES[0]!, row).host, PATH), (error) => {
      assert.match(error instanceof RefusedFile ? renderRemedy({}, error) ?? "" : "", hint);
      return true;
    });
  }
});
