import assert from "node:assert/strict";
import { FileError } from "../../../src/host/files/file_error.ts";
import { explainFileError } from "../../../src/store/explain_file_error.ts";
import { ordinaryBytes } from "../../../src/store/current_file.ts";
import { fakeStore } from "./store_host.ts";

Deno.test("what a file holds; nothing when there is none", () => {
  const { host, files } = fakeStore();
  files.put("/d/config", "text");
  assert.deepEqual(ordinaryBytes(host, "/d/config"), new TextEncoder().encode("text"));
  assert.equal(ordinaryBytes(host, "/d/other"), undefined);
});

Deno.test("a directory is no file", () => {
  const { host, files } = fakeStore();
  files.put("/d/config", "text");
  assert.throws(
    () => ordinaryBytes(host, "/d"),
    (error) => error instanceof FileError && error.kind === "is-a-directory",
  );
});

Deno.test("a pipe is not opened, which would wait for ever, and is called what it is", () => {
  const { host, files } = fakeStore();
  files.put("/d/pipe", "never read");
  const read = { ...host.read, stat: (path: string) => ({ ...host.read.stat(path)!, isFile: false }) };
  assert.throws(
    () => ordinaryBytes({ read }, "/d/pipe"),
    (error) => error instanceof FileError && explainFileError(error, "/d/pipe").endsWith(", not a regular file"),
  );
});
