import { deepEqual } from "node:assert/strict";
import { isDirectoryThere, isFileThere, isRegularFile } from "../../../../src/config/files/file_checks.ts";
import { FileError, type FileErrorKind } from "../../../../src/host/files/file_error.ts";
import type { FileStat, Needs } from "../../../../src/host/host.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const { host } = configWorld({ files: { "/x/file": "" } });

/** What is said of a path: is a file there, an ordinary one, a directory. */
function answers(read: Needs<"read">["read"], path: string): readonly boolean[] {
  return [isFileThere, isRegularFile, isDirectoryThere].map((ask) => ask({ read }, path));
}

Deno.test("present: files, directories, and what is neither", () => {
  deepEqual(answers(host.read, "/x/file"), [true, true, false]);
  deepEqual(answers(host.read, "/x"), [false, false, true]);
  deepEqual(answers(host.read, "/x/none"), [false, false, false]);
  const pipe = { ...host.read.stat("/x/file")!, isFile: false } satisfies FileStat;
  deepEqual(answers({ ...host.read, stat: () => pipe }, "/x/pipe"), [true, false, false]);
});

Deno.test("present: what cannot be looked at is not there, whatever the reason", () => {
  const kinds: readonly FileErrorKind[] = ["denied", "not-allowed", "loop", "not-a-directory", "other"];
  for (const kind of kinds) {
    const stat = (path: string) => {
      throw new FileError(kind, path, "stat");
    };
    deepEqual(answers({ ...host.read, stat }, "/x/file"), [false, false, false]);
  }
});
