import assert from "node:assert/strict";
import { readOrdinaryFile } from "../../../../src/aws/shared_config/configured_file.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

/** A reader that fails the test when anything but a regular file is opened. */
function disk() {
  const files = new MemoryFiles();
  files.put("/d/file", "text");
  files.symlink("/d/link", { to: "/d/file" });
  files.symlink("/d/loop", { to: "/d/loop" });
  files.pipe("/d/pipe");
  files.symlink("/d/to-pipe", { to: "/d/pipe" });
  files.pipe("/dev/null");
  files.symlink("/d/to-null", { to: "/dev/null" });
  const bytes = (path: string) => {
    if (!["/d/file", "/d/link", "/d"].includes(path)) throw new Error(`${path} was opened`);
    return files.reader.bytes(path);
  };
  return { read: { ...files.reader, bytes } };
}

for (const path of ["/d/file", "/d/link"]) {
  Deno.test(`a regular file is read: ${path}`, () => {
    assert.equal(new TextDecoder().decode(readOrdinaryFile(disk(), path) as Uint8Array), "text");
  });
}

for (const path of ["/dev/null", "/d/to-null"]) {
  Deno.test(`${path} holds nothing, and is not opened for it`, () => {
    assert.deepEqual(readOrdinaryFile(disk(), path), new Uint8Array());
  });
}

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["/d/none", "not-found", /^it does not exist$/],
  ["/d", "is-a-directory", /^it is a directory$/],
  ["/d/loop", "loop", /^its symbolic links form a loop$/],
  ["/d/pipe", "special", /^it is a pipe, a socket or a device, not a regular file$/],
  ["/d/to-pipe", "special", /^it is a pipe/],
];
for (const [path, kind, found] of refused) {
  Deno.test(`what is no ordinary file is told, not opened: ${path}`, () => {
    const read = readOrdinaryFile(disk(), path);
    assert.ok(!(read instanceof Uint8Array));
    assert.equal(read.kind, kind);
    assert.match(read.found, found);
  });
}

Deno.test("a folder that may not be looked into", () => {
  const { read } = disk();
  const stat = (path: string) => {
    throw new FileError("denied", path, "stat");
  };
  assert.deepEqual(readOrdinaryFile({ read: { ...read, stat } }, "/d/file"), {
    kind: "denied",
    found: "permission denied",
  });
});
