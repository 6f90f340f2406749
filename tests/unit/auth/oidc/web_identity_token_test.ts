import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { webIdentityToken } from "../../../../src/auth/oidc/web_identity_token.ts";
import type { AppError, ErrorCode } from "../../../../src/errors.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { type Answer, jsonAnswer } from "../../../support/host/fake_host.ts";
import { loginPlace } from "../login/login_place.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const URL = "https://pipelines.actions.githubusercontent.com/t?api-version=2.0";
const GITHUB = { ACTIONS_ID_TOKEN_REQUEST_URL: URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer" };
const AUDIENCE = { audience: "sts.amazonaws.com" };

Deno.test("OIDC token: GitHub is asked with the audience and the job's own token", async () => {
  const { host } = loginPlace({
    env: { ...GITHUB, AWS_WEB_IDENTITY_TOKEN_FILE: "/none" },
    net: [jsonAnswer(200, { value: "jwt" })],
  });
  equal((await webIdentityToken(host, AUDIENCE)).reveal(), "jwt");
  const [{ url, method, headers }] = host.seen.requests as [(typeof host.seen.requests)[0]];
  deepEqual([url, method], [`${URL}&audience=sts.amazonaws.com`, "GET"]);
  equal(headers["authorization"], "Bearer bearer");
});

const refusals: readonly (readonly [string, Record<string, string>, Answer[], ErrorCode, RegExp, RegExp])[] = [
  [
    "no URL",
    { ...GITHUB, ACTIONS_ID_TOKEN_REQUEST_URL: "x" },
    [],
    "login-denied",
    /is not a URL$/,
    /see what has changed it/,
  ],
  ["403", GITHUB, [jsonAnswer(403, {})], "login-denied", /answered with status 403$/, /id-token: write/],
  [
    "no token",
    GITHUB,
    [jsonAnswer(200, { value: "" })],
    "unreachable",
    /the response from GitHub contains no value$/,
    /GitHub/,
  ],
  [
    "no JSON",
    GITHUB,
    [{ status: 200, headers: {}, body: new Uint8Array([0xff]) }],
    "unreachable",
    /the response from GitHub contains no value$/,
    /GitHub/,
  ],
  [
    "no network",
    GITHUB,
    Array(3).fill(new NetError("dns", "x:443", "no such host")),
    "unreachable",
    /no such host$/,
    /network/,
  ],
  [
    "too slow",
    GITHUB,
    Array(2).fill(new NetError("timeout", "x:443", "no answer")),
    "timeout",
    /no answer$/,
    /network/,
  ],
  [
    "a closed host",
    GITHUB,
    [new NetError("not-allowed", "x:443", "not allowed", { remedy: "Compile it in." })],
    "host-not-allowed",
    /not allowed$/,
    /^Compile it in\.$/,
  ],
  ["nothing", {}, [], "login-needed", /the job does not provide one$/, /AWS_WEB_IDENTITY_TOKEN_FILE/],
];

for (const [says, env, net, code, message, hint] of refusals) {
  Deno.test(`OIDC token: ${says}: ${code}`, async () => {
    const { host } = loginPlace({ env, net });
    await rejects(webIdentityToken(host, AUDIENCE), (error: AppError) => {
      equal(error.code, code);
      match(error.message, message);
      match(renderRemedy({}, error), hint);
      equal(error.message.includes("bearer"), false);
      return true;
    });
  });
}

Deno.test("OIDC token: of a file, without its line break", async () => {
  const { host, files } = loginPlace({ env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" } });
  await rejects(webIdentityToken(host, AUDIENCE), {
    code: "login-needed",
    message: /"\/t": it does not exist or is empty$/,
  });
  files.put("/t", "jwt\n");
  equal((await webIdentityToken(host, AUDIENCE)).reveal(), "jwt");
  files.put("/t", "\n");
  await rejects(webIdentityToken(host, AUDIENCE), { message: /does not exist or is empty$/ });
  const bytes = { ...host.read, bytes: () => new Uint8Array([0xff]) };
  await rejects(webIdentityToken({ ...host, read: bytes }, AUDIENCE), { code: "login-needed", message: /no token$/ });
});

Deno.test("OIDC token: the configured file comes before what the job has", async () => {
  const { host, files } = loginPlace({ env: { ...GITHUB, HOME: "/home/ci" } });
  files.put("/home/ci/jwt", "configured\n");
  equal((await webIdentityToken(host, { ...AUDIENCE, file: "~/jwt" })).reveal(), "configured");
  await rejects(webIdentityToken(host, { ...AUDIENCE, file: "/gone" }), {
    code: "login-needed",
    hint: "Correct spec.token_file of the provider",
  });
});
