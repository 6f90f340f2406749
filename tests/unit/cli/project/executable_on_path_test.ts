import { deepEqual, equal } from "node:assert/strict";
import { isOnPath } from "../../../../src/cli/project/executable_on_path.ts";
import { isRegularFile } from "../../../../src/config/files/file_checks.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import type { Host } from "../../../../src/host/host.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

function machine(PATH: string, os: Host["sys"]["os"] = "linux") {
  const files = new MemoryFiles();
  files.put("/opt/tools/aws", "");
  return fakeHost({ env: { PATH }, files: { read: files.reader, write: files.writer }, os });
}

Deno.test("on PATH: in any of its directories, under any of the names", () => {
  equal(isOnPath(machine("/bin::/opt/tools"), "aws.exe", "aws"), true);
  deepEqual([isOnPath(machine("/bin"), "aws"), isOnPath(machine(""), "aws")], [false, false]);
  equal(isOnPath(machine("/bin;/opt/tools", "windows"), "aws"), true);
  equal(isOnPath(machine("/opt"), "tools"), false);
});

Deno.test("on PATH: what cannot be looked at is no file", () => {
  const host = machine("/opt/tools");
  for (const kind of ["denied", "not-allowed", "loop", "not-a-directory", "other"] as const) {
    const stat = (path: string) => {
      throw new FileError(kind, path, "stat");
    };
    const read = { ...host.read, stat };
    deepEqual([isRegularFile({ read }, "/opt/tools/aws"), isOnPath({ ...host, read }, "aws")], [false, false]);
  }
  equal(isRegularFile(host, "/opt/tools/aws"), true);
});
