import { equal, throws } from "node:assert/strict";
import { endWith } from "../../../../src/cli/ecr/exit_status.ts";
import { AppError } from "../../../../src/errors.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const globals = { verbose: false };

Deno.test("the last failure is thrown and the others are said, each once; an interruption comes after them all", () => {
  equal(endWith(fakeHost(), { errors: [], globals }), 0);
  const host = fakeHost();
  const [denied, stopped] = [new AppError("aws-denied", "no", { hint: "ask" }), new AppError("interrupted", "stopped")];
  const failed = new AppError("integration-failed", "broken");
  throws(() => endWith(host, { errors: [denied, stopped, denied, failed, stopped], globals }), stopped);
  equal(host.seen.err, "Error: no\nHint: ask\nError: broken\n");
  throws(() => endWith(fakeHost(), { errors: [denied, failed], globals }), failed);
});
