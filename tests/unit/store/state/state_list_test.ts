import { deepEqual, equal, match } from "node:assert/strict";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import type { Warning } from "../../../../src/host/log_port.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { readState, updateState } from "../../../../src/store/state/state_list.ts";
import { fakeStore } from "../store_host.ts";

const PATH = "/home/me/.local/state/atmos/a/list.json";
const LIST = {
  name: "a/list.json",
  read: (value: unknown) => Array.isArray(value) ? value.map(String) : undefined,
};

function world() {
  const { files, host } = fakeStore();
  const warned: Warning[] = [];
  const env = { get: (name: string) => name === "HOME" ? "/home/me" : undefined, all: () => ({}) };
  files.directory("/home/me");
  return { files, warned, host: { ...host, env, warn: (warning: Warning) => void warned.push(warning) } };
}

Deno.test("a record is read as it was written, and is nothing where it is none", async () => {
  const { files, host, warned } = world();
  deepEqual(readState(host, LIST), []);
  await updateState(host, { ...LIST, edit: (known) => [...known, "one"] });
  deepEqual([readState(host, LIST), host.read.stat(PATH)?.mode], [["one"], 0o600]);
  for (const text of ["", "{", '{"a": 1}', "\xff"]) {
    files.put(PATH, text);
    deepEqual(readState(host, LIST), []);
  }
  files.put(PATH, '["root"]', { uid: 0 });
  deepEqual(readState(host, LIST), ["root"]);
  deepEqual(warned, []);
});

Deno.test("a record that another user has, or may write to, is neither read nor written, and the user is warned", async () => {
  for (
    const [options, found, hint] of [
      [{ uid: 2000 }, "it belongs to another user (uid 2000)", `Check it, then: rm ${PATH}`],
      [{ mode: 0o666 }, "other users may write to it (mode 0666)", `Check it, then: chmod 600 ${PATH}`],
    ] as const
  ) {
    const { files, host, warned } = world();
    files.put(PATH, '["theirs"]', options);
    deepEqual(readState(host, LIST), []);
    await updateState(host, { ...LIST, edit: (known) => [...known, "mine"] });
    equal(files.text(PATH), '["theirs"]');
    equal(warned.length, 2);
    for (const warning of warned) {
      equal(warning.message, `Cannot use record "${PATH}": ${found}`);
      equal(renderRemedy({}, warning), hint);
    }
  }
});

Deno.test("a record behind another user's link is none", () => {
  const { files, host, warned } = world();
  files.put("/home/me/other.json", '["theirs"]');
  files.symlink(PATH, { to: "/home/me/other.json", uid: 2000 });
  deepEqual(readState(host, LIST), []);
  match(warned[0]!.message, /symbolic link/);
});

Deno.test("a record that cannot be read is none, and the user is warned: it may name what is to be removed", () => {
  const { files, host, warned } = world();
  files.put(PATH, '["mine"]');
  const read = { ...host.read, bytes: (path: string): never => fail(path), open: (path: string): never => fail(path) };
  deepEqual(readState({ ...host, read }, LIST), []);
  match(warned[0]!.message, /^Cannot read record ".*list\.json": permission denied$/);
  const none = world();
  deepEqual(readState({ ...none.host, read: { ...none.host.read, bytes: read.bytes } }, LIST), []);
  deepEqual(none.warned, []);
});

Deno.test("a record that cannot be written is said, but for where none can ever be", async () => {
  for (const [kind, times] of [["no-space", 1], ["other", 1], ["read-only", 0], ["denied", 0]] as const) {
    const { host, warned } = world();
    const open = (path: string): never => {
      throw new FileError(kind, path, "open");
    };
    await updateState({ ...host, write: { ...host.write, open } }, { ...LIST, edit: (known) => [...known, "one"] });
    deepEqual(
      warned.map(({ message }) => message.split(":")[0]),
      Array(times).fill(`Cannot write record "${PATH}"`),
      kind,
    );
  }
});

function fail(path: string): never {
  throw new FileError("denied", path, "read");
}
