import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { ssoProfileCredentials } from "../../src/aws/credentials/sso_profile.ts";
import type { NetRequest } from "../../src/host/host.ts";
import { narrowHost } from "../../src/host/refusing_ports.ts";
import { answer, awsHost, SETTINGS } from "../unit/aws/aws_host.ts";
import { refusal } from "../support/terminal/refusal.ts";

const NOW = Date.UTC(2026, 0, 2);
const SSO = {
  session: "corp",
  startUrl: "https://corp.awsapps.com/start",
  region: "us-east-2",
  accountId: "123456789012",
  roleName: "Admin",
};

const REGISTERED = {
  refreshToken: "refresh",
  clientId: "id",
  clientSecret: "client-secret",
  registrationExpiresAt: "2026-02-01T00:00:00Z",
};

interface Given {
  readonly token?: Readonly<Record<string, string>>;
  /** What the token service says to a refresh token; it must not be asked when absent. */
  readonly renewal?: readonly [status: number, body: Readonly<Record<string, unknown>>];
  readonly portal?: readonly [status: number, body: Readonly<Record<string, unknown>>];
  /** Whether nothing may be written. */
  readonly isDry?: boolean;
}

const GOOD = {
  roleCredentials: { accessKeyId: "ASIA1", secretAccessKey: "role-secret", sessionToken: "t", expiration: NOW + 1 },
};

async function get({ token, renewal, portal = [200, GOOD], isDry = false }: Given) {
  const requests: NetRequest[] = [];
  const host = awsHost({
    env: { HOME: "/h" },
    files: token === undefined ? {} : { [await filePath()]: JSON.stringify(token) },
    now: NOW,
    answer(request) {
      requests.push(request);
      const [status, body] = request.url.includes("/token") ? renewal! : portal;
      const { name, ...rest } = body as { readonly name?: string };
      const found = answer(status, JSON.stringify(rest));
      return name === undefined ? found : { ...found, headers: { ...found.headers, "x-amzn-errortype": name } };
    },
  });
  const input = { profile: "p", sso: SSO, settings: SETTINGS };
  const unneeded = isDry ? ["write"] as const : [];
  const given = narrowHost(host, { needs: ["net", "read", "write", "env", "clock", "random"], unneeded, onSkip() {} });
  return { host, requests, credentials: await ssoProfileCredentials(given, input) };
}

async function filePath(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode("corp"));
  return `/h/.aws/sso/cache/${new Uint8Array(digest).toHex()}.json`;
}

function sent(requests: readonly NetRequest[]): string | undefined {
  return requests.at(-1)?.headers["x-amz-sso_bearer_token"];
}

Deno.test("a token of aws sso login gives credentials of the profile's permission set", async () => {
  const { credentials, requests } = await get({ token: { accessToken: "good", expiresAt: "2026-01-02T08:00:00UTC" } });
  equal(credentials.accessKeyId, "ASIA1");
  equal(sent(requests), "good");
  match(requests[0]!.url, /^https:\/\/portal\.sso\.us-east-2\.amazonaws\.com\/federation\/credentials\?/);
});

Deno.test("a token about to expire is renewed where it can be, and kept with all else that the file has", async () => {
  const token = { accessToken: "old", expiresAt: "2026-01-02T00:04:00Z", startUrl: SSO.startUrl, ...REGISTERED };
  const renewal = [200, { accessToken: "new", refreshToken: "next", expiresIn: 3600 }] as const;
  const { requests, host } = await get({ token, renewal });
  equal(sent(requests), "new");
  const kept = JSON.parse(new TextDecoder().decode(host.read.bytes(await filePath())));
  deepEqual(kept, { ...token, accessToken: "new", refreshToken: "next", expiresAt: "2026-01-02T01:00:00Z" });
});

const REFUSED = [400, { name: "InvalidGrantException", error: "invalid_grant" }] as const;

Deno.test("a token that cannot be renewed is good until it expires", async () => {
  const token = { accessToken: "old", expiresAt: "2026-01-02T00:04:00Z" };
  for (
    const given of [
      { token },
      { token: { ...token, ...REGISTERED }, renewal: REFUSED },
      { token: { ...token, ...REGISTERED }, renewal: [500, { name: "InternalServerException" }] as const },
      { token: { ...token, ...REGISTERED, registrationExpiresAt: "2026-01-01T00:00:00Z" } },
    ]
  ) equal(sent((await get(given)).requests), "old");
});

Deno.test("a token that is good for a few minutes is not renewed where the new one could not be kept", async () => {
  const token = { accessToken: "old", expiresAt: "2026-01-02T00:04:00Z", ...REGISTERED };
  const { requests } = await get({ token, isDry: true });
  deepEqual([requests.length, sent(requests)], [1, "old"]);
});

const LOGIN = "Log in: aws sso login --profile p";
const over = { accessToken: "old", expiresAt: "2026-01-01T00:00:00Z" };
const faults: readonly (readonly [says: string, Given, code: string, message: RegExp, hint: RegExp])[] = [
  ["no file", {}, "login-needed", /: there is no session at https:\/\/corp\.awsapps\.com\/start$/, /^Log in/],
  ["an empty file", { token: {} }, "login-needed", /: there is no session at /, /^Log in/],
  ["an expired token", { token: over }, "login-needed", /: its session has expired at /, /^Log in/],
  [
    "a refresh token that is over",
    { token: { ...over, ...REGISTERED }, renewal: REFUSED },
    "login-needed",
    /: its session has expired at /,
    /^Log in/,
  ],
  [
    "a token that AWS has ended",
    { token: { ...over, expiresAt: "2026-01-03T00:00:00Z" }, portal: [401, { name: "UnauthorizedException" }] },
    "login-needed",
    /: AWS has ended its session at /,
    /^Log in/,
  ],
  [
    "a permission set that is not the user's",
    {
      token: { ...over, expiresAt: "2026-01-03T00:00:00Z" },
      portal: [403, { name: "ForbiddenException", message: "No access" }],
    },
    "aws-denied",
    /^Cannot use AWS profile "p": permission set "Admin" in account "123456789012": you may not use it \(No access\)$/,
    /permission sets are yours/,
  ],
];
for (const [says, given, code, message, hint] of faults) {
  Deno.test(`a profile of IAM Identity Center with ${says}: ${code}`, async () => {
    await rejects(get(given), refusal({ code, message, hint: code === "login-needed" ? LOGIN : hint }));
  });
}

Deno.test("a profile without sso_session takes the token of its start URL, and renews none", async () => {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(SSO.startUrl));
  const path = `/h/.aws/sso/cache/${new Uint8Array(digest).toHex()}.json`;
  const token = { accessToken: "old", expiresAt: "2026-01-02T00:04:00Z", ...REGISTERED };
  const requests: NetRequest[] = [];
  const host = awsHost({
    env: { HOME: "/h" },
    files: { [path]: JSON.stringify(token) },
    now: NOW,
    answer(request) {
      requests.push(request);
      return answer(200, JSON.stringify(GOOD));
    },
  });
  const { session: _, ...legacy } = SSO;
  await ssoProfileCredentials(host, { profile: "p", sso: { ...legacy, session: undefined }, settings: SETTINGS });
  equal(requests.length, 1);
  equal(sent(requests), "old");
});
