import assert from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { FileError } from "../../../src/host/files/file_error.ts";
import { RefusedFile } from "../../../src/store/explain_file_error.ts";
import { update } from "../../../src/store/replace.ts";
import { append, decode, encode, type FakeStore, fakeStore } from "./store_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const PATH = "/mnt/config";
const STATE = "/home/me/.local/state/atmos";

/** A file that is a mount point of its own. */
function mounted(text: string): FakeStore {
  const store = fakeStore();
  store.files.put(PATH, text);
  store.files.pin(PATH);
  return store;
}

/** A file in a directory that takes no new ones. */
function enclosed(text: string): FakeStore {
  const store = fakeStore();
  store.files.put(PATH, text);
  store.files.close("/mnt", "read-only");
  return store;
}

Deno.test("a mounted file keeps its inode and leaves no copy behind", async () => {
  const { files, host } = mounted("one\n");
  const ino = host.read.stat(PATH)?.ino;
  const outcome = await update(host, { path: PATH, edit: append("two") });
  assert.deepEqual(outcome, { path: PATH, created: false, changed: true, inPlace: true, brokeHardLink: false });
  assert.deepEqual([files.text(PATH), host.read.stat(PATH)?.ino], ["one\ntwo\n", ino]);
  assert.deepEqual(host.read.list("/mnt"), ["config", "config.atmos-lock"]);
});

Deno.test("a shorter content is cut to length", async () => {
  const { files, host } = mounted("a long line\n");
  await update(host, { path: PATH, edit: () => encode("short\n") });
  assert.equal(files.text(PATH), "short\n");
});

Deno.test("equal bytes are not written, a given mode is set", async () => {
  const { host } = enclosed("one\n");
  const { changed } = await update(host, { path: PATH, edit: (old) => old!, mode: 0o640 });
  assert.deepEqual([changed, host.read.stat(PATH)?.mode], [false, 0o640]);
  assert.deepEqual(host.read.list("/mnt"), ["config"]);
});

Deno.test("in a closed directory the copies go to the state directory, which is private", async () => {
  const { files, host } = enclosed("one\n");
  const outcome = await update(host, { path: PATH, edit: append("two"), stateDirectory: STATE, keepBackup: true });
  assert.equal(files.text(PATH), "one\ntwo\n");
  assert.equal(outcome.backup, `${STATE}/%2Fmnt%2Fconfig.bak`);
  assert.equal(files.text(outcome.backup!), "one\n");
  assert.deepEqual(host.read.list(STATE), ["%2Fmnt%2Fconfig.bak"]);
  assert.deepEqual(host.read.stat(STATE)?.mode, 0o700);
});

Deno.test("no place for a copy: refused, and the file is untouched", async () => {
  const { files, host } = enclosed("one\n");
  await assert.rejects(
    update(host, { path: PATH, edit: append("two") }),
    (error) =>
      error instanceof RefusedFile && error.kind === "read-only" &&
      /old content could not be backed up/.test(error.message),
  );
  assert.equal(files.text(PATH), "one\n");
});

Deno.test("in a closed directory the file itself is locked, and read again when the lock is had", async () => {
  const { files, host } = fakeStore({
    meanwhile() {
      other.rewind();
      other.write(encode("theirs\n"));
      other.close();
    },
  });
  files.put(PATH, "old\n");
  files.close("/mnt", "denied");
  const other = host.write.open(PATH, { how: "existing", mode: 0o600 });
  assert.equal(other.tryLock(), true);
  await update(host, { path: PATH, edit: append("ours"), stateDirectory: STATE });
  assert.equal(files.text(PATH), "theirs\nours\n");
});

Deno.test("a lock on the file that is not given up: locked", async () => {
  const { host, slept } = enclosed("one\n");
  host.write.open(PATH, { how: "existing", mode: 0o600 }).tryLock();
  await assert.rejects(
    update(host, { path: PATH, edit: append("two"), stateDirectory: STATE, timeoutMs: 1000 }),
    (error) => error instanceof AppError && error.code === "locked",
  );
  assert.ok(slept() >= 1000 && slept() < 1100, `${slept()}`);
});

Deno.test("a full disk in the middle: the old content is put back and nothing is left over", async () => {
  for (const text of ["one\n", "a long old content\n"]) {
    const { files, host } = mounted(text);
    const { write } = host;
    const open: typeof write.open = (path, options) => {
      const file = write.open(path, options);
      let full = path === PATH;
      const put: typeof file.write = (bytes) => {
        file.write(full ? bytes.subarray(0, 2) : bytes);
        if (!full) return;
        full = false;
        throw new FileError("no-space", path, "write");
      };
      return { ...file, write: put };
    };
    await assert.rejects(
      update({ ...host, write: { ...write, open } }, { path: PATH, edit: () => encode("NEW CONTENT\n") }),
      (error) => error instanceof FileError && error.kind === "no-space",
    );
    assert.equal(files.text(PATH), text);
    assert.deepEqual(host.read.list("/mnt"), ["config", "config.atmos-lock"]);
  }
});

const JOURNAL = `${STATE}/%2Fmnt%2Fconfig`;

interface Interrupted {
  readonly old: string;
  readonly bytes: string;
  readonly found: string;
}

/** What a killed run leaves: its journal, and the file in some state. */
function interrupted({ old, bytes, found }: Interrupted, place = JOURNAL): FakeStore {
  const store = mounted(found);
  store.files.put(`${place}.atmos-old`, old);
  store.files.put(`${place}.atmos-new`, bytes);
  return store;
}

const LONG = "aaaaaaaa\n";
const SHORT = "bbb\n";
const FINISHED: readonly (readonly [string, Interrupted, string])[] = [
  ["not begun", { old: LONG, bytes: SHORT, found: LONG }, LONG],
  ["begun, to be longer", { old: SHORT, bytes: LONG, found: "aabb".replace(/b.$/, "b\n") }, LONG],
  ["nearly done, to be longer", { old: SHORT, bytes: LONG, found: "aaaaaa" }, LONG],
  ["begun, to be shorter", { old: LONG, bytes: SHORT, found: "bbaaaaaa\n" }, SHORT],
  ["not yet cut to length", { old: LONG, bytes: SHORT, found: "bbb\naaaa\n" }, SHORT],
  ["done but not cleared away", { old: LONG, bytes: SHORT, found: SHORT }, SHORT],
];
for (const [name, states, expected] of FINISHED) {
  Deno.test(`a killed run's write is finished: ${name}`, async () => {
    const { files, host } = interrupted(states);
    const edit = (old: Uint8Array | undefined) => {
      assert.equal(decode(old), expected);
      return append("more")(old);
    };
    await update(host, { path: PATH, edit, stateDirectory: STATE });
    assert.equal(files.text(PATH), `${expected}more\n`);
    assert.deepEqual(host.read.list("/mnt"), ["config", "config.atmos-lock"]);
    assert.deepEqual(host.read.list(STATE), []);
  });

  const isCut = states.found !== states.old && states.found !== states.bytes;
  Deno.test(`files of a repository say that a write was cut short: ${isCut ? "refused" : "removed"}, ${name}`, async () => {
    for (const more of [{}, { stateDirectory: STATE }]) {
      const { files, host } = interrupted(states, PATH);
      const writing = update(host, { path: PATH, edit: append("more"), ...more });
      if (!isCut) {
        await writing;
        assert.equal(files.text(PATH), `${expected}more\n`);
        continue;
      }
      await assert.rejects(
        writing,
        (error) =>
          error instanceof RefusedFile && renderRemedy({}, error).endsWith(`: rm ${PATH}.atmos-old ${PATH}.atmos-new`),
      );
      assert.equal(files.text(PATH), states.found);
      assert.deepEqual(host.read.list("/mnt").filter((one) => /old|new/.test(one)), [
        "config.atmos-new",
        "config.atmos-old",
      ]);
    }
  });
}

Deno.test("a killed run's write of a file of our own is finished from what lies beside it", async () => {
  const { files, host } = interrupted({ old: LONG, bytes: SHORT, found: "bbaaaaaa\n" }, PATH);
  await update(host, { path: PATH, edit: append("more"), isOwn: true });
  assert.equal(files.text(PATH), `${SHORT}more\n`);
});

Deno.test("a file that somebody changed after the cut is left alone, with the way out", async () => {
  for (const place of [JOURNAL, PATH]) {
    const { files, host } = interrupted({ old: LONG, bytes: SHORT, found: "mended by hand\n" }, place);
    const change = { path: PATH, edit: append("more"), stateDirectory: STATE };
    await assert.rejects(
      update(host, change),
      (error) => error instanceof RefusedFile && /: rm \S+\.atmos-old$/.test(renderRemedy({}, error)),
    );
    assert.equal(files.text(PATH), "mended by hand\n");
    host.write.remove(`${place}.atmos-old`);
    await update(host, change);
    assert.equal(files.text(PATH), "mended by hand\nmore\n");
  }
});

Deno.test("a journal that somebody else planted is not ours to finish", async () => {
  const { files, host } = mounted("bbaaaaaa\n");
  for (const place of [PATH, JOURNAL]) {
    files.put(`${place}.atmos-old`, LONG, { uid: 1001 });
    files.put(`${place}.atmos-new`, SHORT, { uid: 1001 });
  }
  await update(host, { path: PATH, edit: append("more"), stateDirectory: STATE });
  assert.equal(files.text(PATH), "bbaaaaaa\nmore\n");
});

Deno.test("a file system without flock will do where lock files beside the file are held", async () => {
  const { files, host } = mounted("one\n");
  files.flock = false;
  await update(host, { path: PATH, edit: append("two") });
  assert.equal(files.text(PATH), "one\ntwo\n");
  const closed = enclosed("one\n");
  closed.files.flock = false;
  await assert.rejects(
    update(closed.host, { path: PATH, edit: append("two"), stateDirectory: STATE }),
    (error) => error instanceof FileError && error.kind === "unsupported",
  );
});
