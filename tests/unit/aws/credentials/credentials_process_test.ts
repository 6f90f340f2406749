import assert from "node:assert/strict";
import { parseAnswer, processCredentials } from "../../../../src/aws/credentials/credentials_process.ts";
import type { RunResult } from "../../../../src/host/host.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const NOW = Date.UTC(2026, 0, 1);
const GOOD = { Version: 1, AccessKeyId: "K", SecretAccessKey: "S" };

Deno.test("credentials with token and expiration", () => {
  const found = parseAnswer(JSON.stringify({ ...GOOD, SessionToken: "T", Expiration: "2026-01-01T01:00:00Z" }), NOW);
  assert.ok(typeof found !== "string");
  assert.deepEqual([found.accessKeyId, found.secretAccessKey.reveal(), found.sessionToken?.reveal()], ["K", "S", "T"]);
  assert.equal(found.expiration, NOW + 3_600_000);
  assert.ok(typeof parseAnswer(JSON.stringify({ ...GOOD, Expiration: null }), NOW) !== "string");
});

const faults: readonly (readonly [unknown, RegExp])[] = [
  ["canary", /^printed something that is not JSON$/],
  [["canary"], /^printed no Version 1$/],
  [{ ...GOOD, Version: 2 }, /^printed Version 2, not 1$/],
  [{ ...GOOD, Version: "canary" }, /^printed no Version 1$/],
  [{ Version: 1, SecretAccessKey: "canary" }, /^printed no AccessKeyId$/],
  [{ Version: 1, AccessKeyId: "canary", SecretAccessKey: "" }, /^printed no SecretAccessKey$/],
  [{ ...GOOD, AccessKeyId: 5 }, /^printed an unusable number as AccessKeyId$/],
  [{ ...GOOD, SessionToken: "canary\n[default]" }, /^printed an unusable text of 16 characters as SessionToken$/],
  [{ ...GOOD, Expiration: "canary" }, /^printed an Expiration that is not a timestamp$/],
  [{ ...GOOD, Expiration: "2020-01-01T00:00:00Z" }, /^printed credentials that expired at 2020-01-01T00:00:00Z$/],
];
for (const [answer, fault] of faults) {
  Deno.test(`what a credential_process must not print: ${JSON.stringify(answer)}`, () => {
    const found = parseAnswer(typeof answer === "string" ? answer : JSON.stringify(answer), NOW);
    assert.ok(typeof found === "string");
    assert.match(found, fault);
  });
}

async function run(result: Partial<RunResult>, profile = "p", env: Record<string, string> = {}) {
  const host = fakeHost({ run: [{ status: 0, stdout: JSON.stringify(GOOD), stderr: "", ...result }], env, now: NOW });
  return { found: await processCredentials(host, { profile, command: "tool --secret canary" }), runs: host.seen.runs };
}

Deno.test("the command is one for a shell", async () => {
  const rest = { env: { ATMOS_CREDENTIAL_PROCESS: "1" }, timeoutMs: 600_000, maxBytes: 1_048_576 };
  assert.deepEqual((await run({})).runs, [
    { command: "/bin/sh", args: ["-c", "tool --secret canary"], cwd: "/", ...rest },
  ]);
  const { runs } = await run({}, "p", { OS: "Windows_NT", ComSpec: "C:\\cmd.exe" });
  assert.deepEqual(runs, [
    {
      command: "C:\\cmd.exe",
      args: ["/d", "/s", "/c", "tool --secret canary"],
      ...rest,
    },
  ]);
});

const failures: readonly (readonly [Partial<RunResult>, RegExp])[] = [
  [{ status: 3, stdout: "canary", stderr: "boom\n" }, /: its credential_process failed with exit status 3: boom$/],
  [{ status: 1, stdout: "canary" }, /: its credential_process failed with exit status 1$/],
  [{ status: 137 }, /: its credential_process was ended by signal 9$/],
  [{ status: 137, stopped: "timeout" }, /: its credential_process took more than 10 minutes and was ended$/],
  [{ stopped: "output" }, /: its credential_process printed more than 1 MiB and was ended$/],
  [{ stdout: "canary" }, /: its credential_process printed something that is not JSON$/],
];
for (const [result, message] of failures) {
  Deno.test(`a credential_process that gives nothing: ${JSON.stringify(result)}`, async () => {
    await assert.rejects(run(result), (error: Error & { code: string; hint: string }) => {
      assert.equal(error.code, "login-needed");
      assert.match(error.message, /^Cannot get AWS credentials of profile "p": /);
      assert.match(error.message, message);
      assert.match(renderRemedy({}, error), /aws configure get credential_process --profile p$/);
      return !`${error.message}${renderRemedy({}, error)}`.includes("canary");
    });
    await assert.rejects(run(result, "default"), { hint: /get credential_process$/ });
  });
}

Deno.test("a credential_process that a run refuses to start", async () => {
  await assert.rejects(run({ status: 126, stdout: "", stopped: "refused" }), {
    code: "login-needed",
    message: 'Cannot get AWS credentials of profile "p": its credential_process was not run',
    hint: "A dry run starts no programs",
  });
});
