import assert from "node:assert/strict";
import { FileError } from "../../../src/host/files/file_error.ts";
import { explainFileError, RefusedFile } from "../../../src/store/explain_file_error.ts";

Deno.test("the path is named when it is not the one that was asked for", () => {
  const error = new FileError("no-space", "/a/config.atmos-tmp", "write");
  assert.equal(explainFileError(error, "/a/config"), "no space is left on the device (write /a/config.atmos-tmp)");
  assert.equal(explainFileError(error, "/a/config.atmos-tmp"), "no space is left on the device");
});

Deno.test("a refusal says it in its own words", () => {
  const error = new RefusedFile({ kind: "busy", path: "/a", found: "it is a door" });
  assert.equal(explainFileError(error, "/b"), "it is a door");
});

Deno.test("errors without a kind of their own are quoted from the system, without paths and numbers", () => {
  const cause = new Error("File name too long (os error 36): open '/a/b'");
  assert.equal(explainFileError(new FileError("other", "/a", "open", { cause }), "/a"), "file name too long");
  assert.equal(explainFileError(new FileError("other", "/a", "open"), "/a"), "the system reported an error");
});
