import assert from "node:assert/strict";
import { isFileError } from "../../src/host/files/file_error.ts";
import { append, storeHost } from "./store_child.ts";
import { update } from "../../src/store/replace.ts";
import { mountFailure, mustRun, runChild, skip, tempFolder } from "./store_process.ts";

const NO_MOUNT = mountFailure();

function names(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test({
  name: "a full disk: the error says so, the old content stays and nothing is left over",
  ignore: skip("full disk", NO_MOUNT),
  async fn() {
    using folder = tempFolder();
    mustRun("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder.path]);
    try {
      const path = `${folder.path}/config`;
      Deno.writeTextFileSync(path, "old\n", { mode: 0o600 });
      const big = append({ path, line: "x".repeat(100_000) });
      await assert.rejects(big, (error) => isFileError(error, "no-space") && error.path === `${path}.atmos-tmp`);
      assert.equal(Deno.readTextFileSync(path), "old\n");
      assert.deepEqual(names(folder.path), ["config", "config.atmos-lock"]);
      await append({ path, line: "small" });
      assert.equal(Deno.readTextFileSync(path), "old\nsmall\n");
    } finally {
      mustRun("umount", [folder.path]);
    }
  },
});

Deno.test({
  name: "a mounted single file on a full disk: the old content is put back",
  ignore: skip("mounted file on a full disk", NO_MOUNT),
  async fn() {
    using folder = tempFolder();
    const [disk, path] = [`${folder.path}/disk`, `${folder.path}/config`];
    Deno.mkdirSync(disk);
    Deno.writeTextFileSync(path, "");
    mustRun("mount", ["-t", "tmpfs", "-o", "size=64k", "none", disk]);
    try {
      Deno.writeTextFileSync(`${disk}/config`, "old\n");
      mustRun("mount", ["--bind", `${disk}/config`, path]);
      try {
        await assert.rejects(append({ path, line: "x".repeat(100_000) }), (error) => isFileError(error, "no-space"));
        assert.equal(Deno.readTextFileSync(`${disk}/config`), "old\n");
        assert.deepEqual(names(folder.path), ["config", "config.atmos-lock", "disk"]);
      } finally {
        mustRun("umount", [path]);
      }
    } finally {
      mustRun("umount", [disk]);
    }
  },
});

Deno.test({
  name: "a mounted single file is written where it is, by 8 processes at once",
  ignore: skip("mounted file", NO_MOUNT),
  async fn() {
    using folder = tempFolder();
    const [source, path] = [`${folder.path}/source`, `${folder.path}/config`];
    Deno.writeTextFileSync(source, "first\n");
    Deno.writeTextFileSync(path, "");
    mustRun("mount", ["--bind", source, path]);
    try {
      const results = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => runChild(["append", path, `${n}`])));
      assert.deepEqual(
        results.map(({ status, stdout }) => [status, JSON.parse(stdout).inPlace]),
        Array(8).fill([0, true]),
      );
      assert.deepEqual(Deno.readTextFileSync(source).trimEnd().split("\n").sort(), [..."12345678", "first"]);
      assert.deepEqual(names(folder.path), ["config", "config.atmos-lock", "source"]);
    } finally {
      mustRun("umount", [path]);
    }
  },
});

Deno.test({
  name: "a read-only file system: the error says so at once, unless nothing has to change",
  ignore: skip("read-only file system", NO_MOUNT),
  async fn() {
    using folder = tempFolder();
    const path = `${folder.path}/config`;
    mustRun("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder.path]);
    try {
      Deno.writeTextFileSync(path, "old\n");
      mustRun("mount", ["-o", "remount,ro", folder.path]);
      const stateDirectory = Deno.makeTempDirSync({ prefix: "atmos-state-" });
      await assert.rejects(append({ path, line: "x", stateDirectory }), (error) => isFileError(error, "read-only"));
      await assert.rejects(
        append({ path: `${folder.path}/new`, line: "x" }),
        (error) => isFileError(error, "read-only"),
      );
      const same = await update(storeHost, { path, edit: (old) => old!, stateDirectory });
      assert.equal(same.changed, false);
      Deno.removeSync(stateDirectory);
      assert.equal(Deno.readTextFileSync(path), "old\n");
    } finally {
      mustRun("umount", [folder.path]);
    }
  },
});
