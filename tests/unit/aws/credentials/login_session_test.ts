import { deepEqual, equal, rejects } from "node:assert/strict";
import { loginSessionCredentials } from "../../../../src/aws/credentials/login_session.ts";
import { sha256Hex } from "../../../../src/formats/text/sha256_hex.ts";
import { awsHost, SETTINGS } from "../aws_host.ts";

const NOW = Date.UTC(2026, 0, 2);
const SESSION = "arn:aws:iam::123456789012:user/alex";
const TOKEN = {
  accessToken: {
    accessKeyId: "ASIA1",
    secretAccessKey: "secret",
    sessionToken: "token",
    accountId: "123456789012",
    expiresAt: "2026-01-02T00:10:00Z",
  },
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "refresh",
  dpopKey: "-----BEGIN EC PRIVATE KEY-----",
};

async function get(text: string | undefined, env: Record<string, string> = {}) {
  const directory = env["AWS_LOGIN_CACHE_DIRECTORY"]?.replace("~", "/h") ?? "/h/.aws/login/cache";
  const path = `${directory}/${await sha256Hex(SESSION)}.json`;
  const host = awsHost({ env: { HOME: "/h", ...env }, files: text === undefined ? {} : { [path]: text }, now: NOW });
  return await loginSessionCredentials(host, {
    profile: "p",
    session: SESSION,
    settings: SETTINGS,
    region: "us-east-2",
  });
}

Deno.test("what aws login has left is used while it is valid, wherever it is kept", async () => {
  for (const env of [{}, { AWS_LOGIN_CACHE_DIRECTORY: "~/logins" }, { AWS_LOGIN_CACHE_DIRECTORY: "/var/logins" }]) {
    const found = await get(JSON.stringify(TOKEN), env);
    deepEqual([found.accessKeyId, found.secretAccessKey.reveal(), found.sessionToken?.reveal(), found.expiration], [
      ...["ASIA1", "secret", "token"],
      NOW + 600_000,
    ]);
  }
});

const { refreshToken: _, ...withoutRefresh } = TOKEN;
const unusable: readonly (readonly [says: string, text: string | undefined])[] = [
  ["no file", undefined],
  ["an empty file", ""],
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no keys", JSON.stringify({ ...TOKEN, accessToken: {} })],
  ["no key to renew with", JSON.stringify({ ...TOKEN, dpopKey: "" })],
  ["no refresh token", JSON.stringify(withoutRefresh)],
  ["no time", JSON.stringify({ ...TOKEN, accessToken: { ...TOKEN.accessToken, expiresAt: "soon" } })],
];
for (const [says, text] of unusable) {
  Deno.test(`a profile of aws login with ${says}: what to type, and no path`, async () => {
    await rejects(get(text), {
      code: "login-needed",
      message: 'Cannot get AWS credentials of profile "p": there is no session of aws login',
      hint: "Log in: aws login --profile p",
    });
  });
}

Deno.test("a session about to end that cannot be renewed is good until then", async () => {
  const soon = { ...TOKEN, accessToken: { ...TOKEN.accessToken, expiresAt: "2026-01-02T00:02:00Z" } };
  equal((await get(JSON.stringify(soon))).accessKeyId, "ASIA1");
  const over = { ...TOKEN, accessToken: { ...TOKEN.accessToken, expiresAt: "2026-01-01T00:02:00Z" } };
  await rejects(get(JSON.stringify(over)), {
    code: "login-needed",
    message: 'Cannot get AWS credentials of profile "p": its session of aws login has ended',
    hint: "Log in: aws login --profile p",
  });
});
