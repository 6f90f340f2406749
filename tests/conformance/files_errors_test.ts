import assert from "node:assert/strict";
import { reader, writer } from "../../src/host/files/files.ts";

Deno.test({
  name: "errors of the real system come with their kind and path",
  ignore: Deno.build.os === "windows",
  fn() {
    const root = Deno.makeTempDirSync();
    try {
      const missing = `${root}/none/a`;
      assert.throws(() => reader.bytes(missing), { kind: "not-found", path: missing, operation: "read" });
      assert.throws(() => writer.rename(missing, `${root}/b`), { kind: "not-found", path: `${root}/b` });
      assert.equal(reader.stat(missing), undefined);
      assert.equal(reader.lstat(missing), undefined);
      writer.syncDirectory(root);
      assert.throws(() => writer.syncDirectory(missing), { kind: "not-found" });
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  },
});
