import { equal, match, throws } from "node:assert/strict";
import { CONFIG_HOME_VARIABLE } from "../../../../src/auth/files/credential_file.ts";
import { fileProblem, readIfUsable } from "../../../../src/auth/files/file_problem.ts";
import { AppError } from "../../../../src/errors.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";

const ATTEMPTED = { verb: "read credentials", path: "/f", variable: CONFIG_HOME_VARIABLE } as const;

Deno.test("file problems: what is a file's fault is told, or nothing is read; anything else is thrown", () => {
  const faults = [
    new FileError("denied", "/f", "read"),
    new YamlError("odd", { line: 3, column: 1 }),
    new RangeError("no name of a profile"),
    new AppError("locked", "Cannot lock it"),
    new AppError("config-invalid", "Cannot read it"),
  ];
  const failing = (error: unknown) => () => {
    throw error;
  };
  for (const error of faults) {
    match(fileProblem(error, ATTEMPTED).message, /^Cannot /);
    equal(readIfUsable(failing(error)), undefined);
  }
  for (const error of [new Error("a bug"), new TypeError("a bug"), new AppError("internal", "a bug")]) {
    throws(() => fileProblem(error, ATTEMPTED), error);
    throws(() => readIfUsable(failing(error)), error);
  }
  equal(readIfUsable(() => "text"), "text");
});
