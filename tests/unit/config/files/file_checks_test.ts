import { deepEqual, equal, throws } from "node:assert/strict";
import {
  isConfigThere,
  isDirectoryThere,
  isFileThere,
  isRegularFile,
} from "../../../../src/config/files/file_checks.ts";
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

Deno.test("present: a configuration that the disk does not give is told, one in a closed place is not there", () => {
  const failing = (kind: FileErrorKind) => {
    const stat = (path: string) => {
      throw new FileError(kind, path, "stat");
    };
    return { read: { ...host.read, stat, lstat: stat } };
  };
  for (const kind of ["other", "busy", "no-space"] as const) {
    throws(() => isConfigThere(failing(kind), "/x/atmos.yaml"), {
      code: "config-invalid",
      message: /"\/x\/atmos\.yaml"/,
    });
  }
  for (const kind of ["denied", "not-allowed", "loop", "not-a-directory", "read-only"] as const) {
    equal(isConfigThere(failing(kind), "/x/atmos.yaml"), false);
  }
});
