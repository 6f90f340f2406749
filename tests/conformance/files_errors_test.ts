import assert from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
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

/** What a lock fails with on NFS without a lock daemon, full disks and other odd file systems. */
const OF_LOCKS = {
  ENOLCK: "unsupported",
  EOPNOTSUPP: "unsupported",
  ENOSYS: "unsupported",
  EDQUOT: "no-space",
  ENOSPC: "no-space",
  EIO: "other",
};

for (const [name, kind] of Object.entries(OF_LOCKS)) {
  Deno.test({
    name: `a lock that fails with ${name} is "${kind}"`,
    ignore: !hasProgram("strace", "strace to have system calls fail"),
    async fn() {
      const path = Deno.makeTempFileSync();
      const files = new URL("../../src/host/files/files.ts", import.meta.url);
      const script = `import { writer } from ${JSON.stringify(files)};
        try { writer.open(${JSON.stringify(path)}, { how: "existing", mode: 0 }).tryLock(); }
        catch (error) { console.log(error.kind); }`;
      const fail = ["-f", "-o", "/dev/null", "-e", "trace=flock", "-e", `inject=flock:error=${name}`];
      const args = [...fail, Deno.execPath(), "eval", "--ext=ts", script];
      const { stdout } = await new Deno.Command("strace", { args, stderr: "inherit" }).output();
      Deno.removeSync(path);
      assert.equal(new TextDecoder().decode(stdout), `${kind}\n`);
    },
  });
}
