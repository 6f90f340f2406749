import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { getSigninToken } from "../../../../src/aws/console/signin_token.ts";
import { webIdentityToken } from "../../../../src/auth/oidc/web_identity_token.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { AppError } from "../../../../src/errors.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { Secret } from "../../../../src/secret.ts";
import { type FakeHost, jsonAnswer } from "../../../support/host/fake_host.ts";
import { awsHost, SETTINGS } from "../aws_host.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: new Secret("s"), sessionToken: new Secret("t") };
const settings = { ...SETTINGS, maxAttempts: 3 };
const JOB = { ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.example/t", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer" };

/** The services that no SDK asks. */
const SERVICES: Readonly<Record<string, (host: FakeHost) => Promise<Secret>>> = {
  AWS: (host) => getSigninToken(host, { region: "us-east-2", settings, credentials, durationSeconds: undefined }),
  GitHub: (host) => webIdentityToken(host, { audience: "sts.amazonaws.com" }),
};
const GOOD = jsonAnswer(200, { SigninToken: "given", value: "given" });
const PAGE = new TextEncoder().encode("\n<!DOCTYPE html><html>");

Deno.test("AWS's own page, with which it refuses credentials, is its answer", async () => {
  const refused = { ...jsonAnswer(400, {}), body: PAGE };
  await rejects(SERVICES["AWS"]!(awsHost({ answer: () => refused })), { code: "login-denied", exitStatus: 4 });
});

for (const [service, ask] of Object.entries(SERVICES)) {
  for (const status of [429, 500, 502, 503, 504]) {
    Deno.test(`${service} with status ${status} is asked again, and then said to be in trouble`, async () => {
      const answers = [jsonAnswer(status, {}), jsonAnswer(status, {}), GOOD];
      equal((await ask(awsHost({ env: JOB, answer: () => answers.shift()! }))).reveal(), "given");
      const host = awsHost({ env: JOB, answer: () => jsonAnswer(status, {}) });
      await rejects(ask(host), (error) => {
        if (!(error instanceof AppError)) return false;
        match(error.message, new RegExp(`: ${service} answered with status ${status}, 3 times$`));
        match(renderRemedy({}, error), new RegExp(`^Try again in a minute; the problem is at ${service}`));
        return error.exitStatus === 7;
      });
      deepEqual(host.seen.requests.length, 3);
    });
  }

  Deno.test(`${service} is asked again after one silence, whatever it answered before`, async () => {
    const answers = [jsonAnswer(503, {}), undefined, GOOD];
    const answer = () => {
      const next = answers.shift();
      if (next === undefined) throw new NetError("timeout", "h:443", "it is away");
      return next;
    };
    equal((await ask(awsHost({ env: JOB, answer }))).reveal(), "given");
  });

  for (const [kind, times] of [["reset", 3], ["dns", 3], ["timeout", 2], ["tls", 1], ["not-allowed", 1]] as const) {
    Deno.test(`${service} out of reach (${kind}) is asked ${times} times in all`, async () => {
      const lost = () => {
        throw new NetError(kind, "h:443", "it is away");
      };
      const host = awsHost({ env: JOB, answer: lost });
      await rejects(ask(host), (error) => error instanceof AppError && error.exitStatus === 7);
      equal(host.seen.requests.length, times);
      if (times === 1) return;
      let count = 0;
      equal((await ask(awsHost({ env: JOB, answer: () => ++count === times ? GOOD : lost() }))).reveal(), "given");
    });
  }

  for (const answer of [jsonAnswer(302, {}), { ...GOOD, body: PAGE }, { ...jsonAnswer(403, {}), body: PAGE }]) {
    Deno.test(`what answers in place of ${service} is told as such: ${answer.status}`, async () => {
      await rejects(ask(awsHost({ env: JOB, answer: () => answer })), (error) => {
        if (!(error instanceof AppError)) return false;
        match(error.message, /is a proxy or captive portal in between\?$/);
        match(renderRemedy({}, error), /HTTPS_PROXY/);
        return error.exitStatus === 7;
      });
    });
  }
}
