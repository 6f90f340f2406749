import assert from "node:assert/strict";
import { FileError, type FileErrorKind } from "../../../../src/host/files/file_error.ts";
import { toFileError } from "../../../../src/host/files/to_file_error.ts";
import { reader, writer } from "../../../../src/host/files/files.ts";

const FOUND = {
  ...{ isFile: true, isDirectory: false, isSymlink: false, size: 0, mtime: 0, ctime: 0, mode: 0o644 },
  ...{ uid: 0, gid: 0, ino: 1, dev: 1, nlink: 1 },
};

function systemError(code: string): Error {
  return Object.assign(new Error(`${code} (os error 1)`), { code });
}

const KINDS: readonly (readonly [Error, FileErrorKind])[] = [
  [systemError("ENOENT"), "not-found"],
  [systemError("EEXIST"), "exists"],
  [systemError("EACCES"), "denied"],
  [systemError("EPERM"), "denied"],
  [systemError("EROFS"), "read-only"],
  [systemError("ENOSPC"), "no-space"],
  [systemError("EDQUOT"), "no-space"],
  [systemError("EBUSY"), "busy"],
  [systemError("EXDEV"), "cross-device"],
  [systemError("ELOOP"), "loop"],
  [systemError("ENOTDIR"), "not-a-directory"],
  [systemError("EISDIR"), "is-a-directory"],
  [systemError("ENOLCK"), "unsupported"],
  [systemError("EIO"), "other"],
  [new Error("No locks available (os error 37): lock '/a'"), "unsupported"],
  [new Error("Function not implemented (os error 38)"), "unsupported"],
  [new Error("Too many links (os error 31): link '/a' -> '/b'"), "unsupported"],
  [new Error("Disk quota exceeded (os error 122)"), "no-space"],
  [new Error("Disc quota exceeded (os error 69)"), "no-space"],
  [new Error("Text file busy (os error 26)"), "busy"],
  [new Error("cannot lock: No locks available (os error 37)"), "other"],
  [new Deno.errors.NotFound("x"), "not-found"],
  [new Deno.errors.AlreadyExists("x"), "exists"],
  [new Deno.errors.PermissionDenied("x"), "denied"],
  [new Deno.errors.NotCapable("x"), "not-allowed"],
  [new Deno.errors.FilesystemLoop("x"), "loop"],
  [new Deno.errors.NotADirectory("x"), "not-a-directory"],
  [new Deno.errors.IsADirectory("x"), "is-a-directory"],
  [new Deno.errors.NotSupported("x"), "unsupported"],
  [new Error("x"), "other"],
];

for (const [error, kind] of KINDS) {
  Deno.test(`${error.constructor.name} ${error.message} is "${kind}"`, () => {
    const translated = toFileError({ operation: "open", path: "/a", error });
    assert.deepEqual([translated.kind, translated.path, translated.operation], [kind, "/a", "open"]);
    assert.equal(translated.cause, kind === "not-allowed" ? undefined : error);
  });
}

Deno.test("a FileError is passed on as it is", () => {
  const error = new FileError("busy", "/a", "open");
  assert.equal(toFileError({ operation: "write", path: "/b", error }), error);
});

Deno.test({
  name: "without permission: not-allowed, and no word of the runtime's flags",
  permissions: { read: false, write: false },
  fn() {
    const acts = [
      () => reader.bytes("/nowhere"),
      () => reader.stat("/nowhere"),
      () => reader.lstat("/nowhere"),
      () => reader.realPath("/nowhere"),
      () => reader.readLink("/nowhere"),
      () => reader.list("/nowhere"),
      () => writer.open("/nowhere", { how: "create", mode: 0o600 }),
      () => writer.mkdir("/nowhere", 0o700),
      () => writer.rename("/nowhere", "/nowhere2"),
      () => writer.link("/nowhere", "/nowhere2"),
      () => writer.remove("/nowhere"),
      () => writer.chmod("/nowhere", { mode: 0o600, found: FOUND }),
    ];
    for (const act of acts) {
      assert.throws(act, (error) => {
        assert.ok(error instanceof FileError);
        assert.equal(error.kind, "not-allowed");
        assert.doesNotMatch(Deno.inspect(error), /--allow/);
        return true;
      });
    }
  },
});
