import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { lasts } from "../../../../src/auth/flow/lasts.ts";
import { sessionNameOf } from "../../../../src/auth/login/steps/aws_assume_role.ts";
import { isAmbient, locateIdentity, obtainCredentials } from "../../../../src/auth/login/obtain.ts";
import { writeSsoSession } from "../../../../src/auth/files/sso_session_file.ts";
import { ssoLogin } from "../../../../src/auth/sso/sso_login.ts";
import { callSettings } from "../../../../src/auth/flow/call_settings.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { keepSecret } from "../../../../src/aws/client/credentials.ts";
import { Secret } from "../../../../src/secret.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { loginPlace, recordedUi } from "./login_place.ts";

const NAME = { startUrl: "https://x/start", region: "us-east-2" };
const model = await modelOf(`
realm: test
providers:
  sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://x/start}
  github: {kind: github/oidc, region: us-east-2}
identities:
  Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  wrong: {kind: aws/permission-set, via: {provider: github}, principal: {name: Admin, account: "123456789012"}}
  odd: {kind: aws/assume-role, via: {provider: sso}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
  keyless: {kind: aws/user, region: eu-west-1}
  mfa:
    kind: aws/user
    credentials: {access_key_id: AKIA, secret_access_key: s, mfa_arn: "arn:aws:iam::123456789012:mfa/m"}
  runner: {kind: aws/ambient}
`);

async function modelOf(yaml: string) {
  return (await readAuth(locatedFrom(yaml))).model;
}

const target = (identity: string) => ({ model, directory: undefined, identity });
const FILE = "/h/.config/atmos/test/aws/sso/credentials";

function keptUntil(expiration: number | undefined): string {
  const mark = expiration === undefined ? "" : `; atmos: expiration=${new Date(expiration).toISOString()}\n`;
  return `${mark}[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n`;
}

Deno.test("lasts: how long, and what nobody knows the end of", () => {
  const keys = { accessKeyId: "AKIA", secretAccessKey: "s" };
  const until = (ms: number) => keepSecret({ ...keys, sessionToken: "t", expiration: new Date(ms) });
  equal(lasts(undefined, { now: 0, ms: 0 }), false);
  equal(lasts(until(1000), { now: 0, ms: 1000 }), true);
  equal(lasts(until(1000), { now: 1, ms: 1000 }), false);
  equal(lasts(keepSecret(keys), { now: 0, ms: 1000 }), true);
  equal(lasts(keepSecret(keys), { now: 0, ms: Infinity }), false);
  equal(lasts(keepSecret({ ...keys, sessionToken: "t" }), { now: 0, ms: 0 }), false);
});

Deno.test("obtain: kept credentials that last are used without asking anybody; name and case as written", async () => {
  const { host, files } = loginPlace();
  files.put(FILE, keptUntil(host.clock.now() + 60_000));
  const input = { target: target("dEV"), ui: recordedUi(), minTtlMs: 60_000 };
  const { name, credentials, renewed, source, region } = await obtainCredentials(host, input);
  deepEqual([name, credentials.accessKeyId, renewed, source.kind, region], [
    "Dev",
    "ASIA1",
    false,
    "files",
    "us-east-2",
  ]);
  equal(host.seen.requests.length, 0);
});

Deno.test("obtain: nobody there and nothing that lasts: login-needed with the command, and no call", async () => {
  const { host, files } = loginPlace();
  const input = { target: target("dev"), ui: recordedUi({ interactive: false }), minTtlMs: 60_000 };
  const needed = { code: "login-needed", hint: "Log in at a terminal: atmos auth login Dev" };
  await rejects(obtainCredentials(host, input), needed);
  for (const end of [undefined, host.clock.now() + 59_000]) {
    files.put(FILE, keptUntil(end));
    await rejects(obtainCredentials(host, input), needed);
  }
  equal(host.seen.requests.length, 0);
});

Deno.test("obtain: a file that cannot be read is told of", async () => {
  const { host, files } = loginPlace();
  files.put(FILE, "[dev\n");
  const ui = recordedUi({ interactive: false });
  await rejects(obtainCredentials(host, { target: target("dev"), ui, minTtlMs: 0 }), { code: "login-needed" });
  match(ui.warned[0]?.message ?? "", /^Cannot read .*\/sso\/credentials": line 1: /);
});

Deno.test("obtain: the environment's own credentials are nobody's to keep", async () => {
  const env = { HOME: "/h", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
  const { host } = loginPlace({ env });
  const input = { target: target("runner"), ui: recordedUi(), minTtlMs: Infinity };
  const { credentials, source, renewed, chain } = await obtainCredentials(host, input);
  deepEqual([credentials.accessKeyId, source.kind, renewed, isAmbient(chain)], ["AKIAENV", "ambient", false, true]);
  equal(host.read.stat("/h/.config"), undefined);
});

const refusals = [
  [
    "wrong",
    "config-invalid",
    /aws\/permission-set is reached through a provider of kind aws\/iam-identity-center, not provider "github"/,
  ],
  [
    "odd",
    "config-invalid",
    /aws\/assume-role is reached through another identity or .* aws\/saml, not provider "sso"/,
  ],
  ["keyless", "login-needed", /"keyless": neither atmos\.yaml nor the keyring has access keys of it/],
  ["mfa", "login-needed", /"mfa": it needs a code of its MFA device/],
  ["Dve", "identity-not-found", /did you mean "Dev"/],
] as const;

for (const [name, code, message] of refusals) {
  Deno.test(`obtain: ${name}: ${code}`, async () => {
    // secret-tool, which has nothing.
    const { host } = loginPlace({ run: [{ status: 1, stdout: "", stderr: "" }] });
    await rejects(obtainCredentials(host, { target: target(name), ui: recordedUi(), minTtlMs: 0 }), { code, message });
  });
}

Deno.test("locate: without a home there is no place; a region nobody says is none", async () => {
  const { host } = loginPlace({ env: {} });
  const dev = await locateIdentity(host, target("dev"));
  deepEqual([dev.place, dev.stored, dev.region], [undefined, undefined, "us-east-2"]);
  equal((await locateIdentity(loginPlace().host, target("mfa"))).region, undefined);
  equal((await locateIdentity(loginPlace().host, target("keyless"))).region, "eu-west-1");
});

Deno.test("SSO login: a fresh session is used as it is, unless AWS takes it no longer", async () => {
  const { host, files } = loginPlace();
  const expiresAt = host.clock.now() + 3_600_000;
  await writeSsoSession(host, { ...NAME, accessToken: new Secret("good"), expiresAt, refresh: undefined });
  const settings = callSettings(host, { endpointUrl: "http://127.0.0.1:1" });
  deepEqual(
    [settings.endpoints.sso, settings.endpoints.sso_oidc, settings.endpoints.sts],
    Array(3).fill("http://127.0.0.1:1"),
  );
  const input = { ...NAME, settings, ui: recordedUi({ interactive: false }), refused: undefined };
  equal((await ssoLogin(host, input)).accessToken.reveal(), "good");
  equal((await ssoLogin(host, { ...input, refused: new Secret("older") })).accessToken.reveal(), "good");
  await rejects(ssoLogin(host, { ...input, refused: new Secret("good") }), { code: "login-needed" });
  const left = "/h/.cache/atmos/aws-sso/sessions";
  deepEqual(files.reader.list(left).filter((name) => name.endsWith(".json")), []);
});

Deno.test("a session's name: safe letters, at most 64, the time whole", () => {
  equal(sessionNameOf("dev/admin é", 1_700_000_000_999), "atmos-dev-admin---1700000000");
  const long = sessionNameOf("x".repeat(100), 1_700_000_000_000);
  deepEqual([long.length, long.endsWith("x-1700000000")], [64, true]);
});
