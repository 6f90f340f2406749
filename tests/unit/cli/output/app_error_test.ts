import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import { toAppError } from "../../../../src/cli/output/app_error.ts";
import { AppError } from "../../../../src/errors.ts";
import { CURRENT_DIRECTORY, FileError } from "../../../../src/host/files/file_error.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

function seen(thrown: unknown): [string, string] {
  const { code, message } = toAppError(thrown);
  return [code, message];
}

function notCapable(message: string): Error {
  return Object.assign(new Error(message), { name: "NotCapable" });
}

Deno.test("app error: an AppError is what it is", () => {
  const error = new AppError("locked", "Cannot lock");
  equal(toAppError(error), error);
});

Deno.test("app error: files and networks", () => {
  deepEqual(seen(new FileError("no-space", "/f", "write")), ["internal", 'Cannot write "/f": no space']);
  deepEqual(seen(new NetError("timeout", "h:443", "no response in time")), [
    "timeout",
    'Cannot reach "h:443": no response in time',
  ]);
  deepEqual(seen(new NetError("dns", "h", "no such name"))[0], "unreachable");
  deepEqual(seen(new NetError("not-allowed", "h", "x"))[0], "host-not-allowed");
  deepEqual(seen(new NetError("aborted", "h", "x"))[0], "interrupted");
});

Deno.test("app error: the runtime's refusal, however deep, is said in our words", () => {
  const net = notCapable('Requires net access to "idp.example:443", run again with the --allow-net flag');
  const { code, message, hint } = toAppError(new Error("outer", { cause: new Error("middle", { cause: net }) }));
  equal(code, "host-not-allowed");
  equal(message, 'Cannot reach "idp.example:443": this build of atmos is not allowed to connect to that host');
  equal(hint, "Build one that may: deno task compile --allow-host idp.example:443");
  const read = toAppError(notCapable('Requires read access to "/f", run again with the --allow-read flag'));
  equal(read.message, 'Cannot use the permission "read" for "/f": this process does not have it');
  equal(toAppError(notCapable("something new")).message, "Cannot use a permission: this process does not have it");
});

Deno.test("app error: anything else is a bug, and says so", () => {
  const error = toAppError(new TypeError("x is undefined"));
  const { code, message } = error;
  deepEqual([code, message], ["internal", "Cannot continue: TypeError: x is undefined"]);
  equal(renderRemedy({}, error).startsWith("This is a bug in atmos"), true);
  deepEqual(seen("text"), ["internal", "Cannot continue: a thrown string"]);
  deepEqual(seen(undefined), ["internal", "Cannot continue: a thrown undefined"]);
});

Deno.test("app error: a parser's message is not repeated, it quotes its input", () => {
  let thrown: unknown;
  try {
    JSON.parse("AKIASECRET");
  } catch (error) {
    thrown = error;
  }
  doesNotMatch(toAppError(thrown).message, /SECRET/);
});

Deno.test("app error: what is wrong with the current directory, and a way out", () => {
  const cause = Object.assign(new Error("not valid UTF-8"), { name: "InvalidData" });
  const cases: readonly (readonly [FileError, string])[] = [
    [new FileError("other", CURRENT_DIRECTORY, "find", { cause }), "its path is not UTF-8"],
    [new FileError("not-found", CURRENT_DIRECTORY, "find"), "it does not exist any more"],
    [new FileError("denied", CURRENT_DIRECTORY, "find"), "denied"],
  ];
  for (const [error, found] of cases) {
    const { code, message, hint } = toAppError(error);
    deepEqual([code, message, hint], [
      "usage",
      `Cannot use the current directory: ${found}`,
      "Change to another directory first",
    ]);
  }
});
