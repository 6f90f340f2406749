import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { LoginHost, LoginUi } from "../../../../src/auth/flow/login_host.ts";
import { isAmbient } from "../../../../src/auth/model/chain.ts";
import { makeSessionName } from "../../../../src/auth/kinds/identities/aws_assume_role/credentials.ts";
import { credentials as credentialsUnder } from "../../../../src/auth/login/credentials.ts";
import { type IdentityTarget, locateIdentity } from "../../../../src/auth/login/identity.ts";
import { HAND_OUT, INSPECT, LOG_IN, STORED_ONLY } from "../../../../src/auth/login/policies.ts";
import { writeSsoSession } from "../../../../src/auth/files/sso_session_file.ts";
import { ssoLogin } from "../../../../src/auth/sso/sso_login.ts";
import { callSettings } from "../../../../src/auth/flow/call_settings.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import type { AppError } from "../../../../src/errors.ts";
import { Secret } from "../../../../src/secret.ts";
import { fingerprintLine } from "../../../support/config/fingerprint.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { TRUSTS_ALL } from "../../../support/config/trust.ts";
import { loginPlace, recordedUi } from "./login_place.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const NAME = { startUrl: "https://x/start", region: "us-east-2", endpointUrl: undefined };
const model = await modelOf(`
realm: test
providers:
  sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://x/start}
  github: {kind: github/oidc, region: us-east-2}
  okta: {kind: aws/saml, region: us-east-2, url: https://idp.example.com/app}
identities:
  Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  wrong: {kind: aws/permission-set, via: {provider: github}, principal: {name: Admin, account: "123456789012"}}
  odd: {kind: aws/assume-role, via: {provider: sso}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
  keyless: {kind: aws/user, region: eu-west-1}
  saml: {kind: aws/assume-role, via: {provider: okta}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
  mfa:
    kind: aws/user
    credentials: {access_key_id: AKIA, secret_access_key: s, mfa_arn: "arn:aws:iam::123456789012:mfa/m"}
  runner: {kind: aws/ambient}
`);

async function modelOf(yaml: string) {
  return { ...(await readAuth(locatedFrom(yaml))).model, trust: TRUSTS_ALL };
}

const target = (identity: string) => ({ model, directory: undefined, identity });
interface Asked {
  readonly target: IdentityTarget;
  readonly ui: LoginUi;
  readonly minTtlMs: number;
}

/** As a login gets them. */
async function logIn(host: LoginHost, { target, ui, minTtlMs }: Asked) {
  return await credentialsUnder(host, { target, ui }, { ...LOG_IN, minTtlMs });
}

const FILE = "/h/.config/atmos/test/aws/sso/credentials";

const FINGERPRINT = await fingerprintLine(model, { identity: "dev", accessKeyId: "ASIA1" });

function keptUntil(expiration: number | undefined): string {
  const mark = expiration === undefined ? "" : `; atmos: expiration=${new Date(expiration).toISOString()}\n`;
  return `${mark}[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n${FINGERPRINT}`;
}

Deno.test("credentials: stored ones that are valid are used without asking AWS; name and case as written", async () => {
  const { host, files } = loginPlace();
  files.put(FILE, keptUntil(host.clock.now() + 60_000));
  const input = { target: target("dEV"), ui: recordedUi(), minTtlMs: 60_000 };
  const { name, credentials, renewed, source, region } = await logIn(host, input);
  deepEqual([name, credentials.accessKeyId, renewed, source.kind, region], [
    "Dev",
    "ASIA1",
    false,
    "files",
    "us-east-2",
  ]);
  equal(host.seen.requests.length, 0);
});

Deno.test("credentials: no terminal and nothing valid: login-needed with the command, and no call", async () => {
  const { host, files } = loginPlace();
  const input = { target: target("dev"), ui: recordedUi({ interactive: false }), minTtlMs: 60_000 };
  const needed = refusal({ code: "login-needed", hint: "Log in at a terminal: atmos auth login Dev" });
  await rejects(logIn(host, input), needed);
  for (const end of [undefined, host.clock.now() + 59_000]) {
    files.put(FILE, keptUntil(end));
    await rejects(logIn(host, input), needed);
  }
  equal(host.seen.requests.length, 0);
});

Deno.test("credentials: a file that cannot be read is a warning", async () => {
  const { host, files } = loginPlace();
  files.put(FILE, "[dev\n");
  const ui = recordedUi({ interactive: false });
  await rejects(logIn(host, { target: target("dev"), ui, minTtlMs: 0 }), { code: "login-needed" });
  match(ui.warned[0]?.message ?? "", /^Cannot read .*\/sso\/credentials": line 1: /);
});

Deno.test("credentials: the environment's own are not stored", async () => {
  const env = { HOME: "/h", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
  const { host } = loginPlace({ env });
  const input = { target: target("runner"), ui: recordedUi(), minTtlMs: Infinity };
  const { credentials, source, renewed, chain } = await logIn(host, input);
  deepEqual([credentials.accessKeyId, source.kind, renewed, isAmbient(chain)], ["AKIAENV", "ambient", false, true]);
  equal(host.read.stat("/h/.config"), undefined);
});

Deno.test("credentials: what takes a user or a keyring is needed first in a dry run, and nobody is asked", async () => {
  for (const name of ["Dev", "saml", "keyless", "mfa"]) {
    const { host } = loginPlace();
    const ui = recordedUi({ mfaCode: "123456" });
    await rejects(credentialsUnder(host, { target: target(name), ui }, INSPECT), { code: "login-needed" }, name);
    deepEqual([host.seen.requests.length, host.seen.runs.length], [0, 0], name);
  }
});

Deno.test("credentials: nothing valid is stored: why, with the command that gets them", async () => {
  const needed = async (policy: typeof HAND_OUT, minutes: number | undefined, message: RegExp) => {
    const { host, files } = loginPlace();
    const end = minutes === Infinity ? undefined : host.clock.now() + (minutes ?? 0) * 60_000;
    const text = minutes === undefined ? "" : keptUntil(end);
    files.put(FILE, minutes === 60 ? text.replace(FINGERPRINT, "") : text);
    const ui = recordedUi({ interactive: false });
    await rejects(credentialsUnder(host, { target: target("dev"), ui }, policy), (error: AppError) => {
      match(error.message, message);
      match(renderRemedy({}, error), /: atmos auth login Dev$/);
      return error.code === "login-needed";
    });
  };
  await needed(STORED_ONLY, undefined, /"Dev": it is not logged in$/);
  await needed(STORED_ONLY, 0, /"Dev": its credentials have expired$/);
  await needed(STORED_ONLY, Infinity, /"Dev": the expiry of its credentials is unknown$/);
  await needed(STORED_ONLY, 60, /"Dev": its credentials are of an earlier configuration$/);
  await needed(HAND_OUT, undefined, /there is none, or it has expired$/);
  await needed(HAND_OUT, 0, /there is none, or it has expired$/);
});

const refusals = [
  [
    "wrong",
    "config-invalid",
    /aws\/permission-set needs a provider of kind aws\/iam-identity-center, not provider "github"/,
  ],
  [
    "odd",
    "config-invalid",
    /aws\/assume-role needs another identity or .* aws\/saml, not provider "sso"/,
  ],
  ["keyless", "login-needed", /Cannot log in as "keyless" with the browser: no code of the browser was typed/],
  ["mfa", "login-needed", /"mfa": it needs a code from its MFA device/],
  ["Dve", "identity-not-found", /did you mean "Dev"/],
] as const;

for (const [name, code, message] of refusals) {
  Deno.test(`credentials: ${name}: ${code}`, async () => {
    // secret-tool, which has nothing.
    const { host } = loginPlace({ run: [{ status: 1, stdout: "", stderr: "" }] });
    await rejects(logIn(host, { target: target(name), ui: recordedUi(), minTtlMs: 0 }), { code, message });
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
  equal(makeSessionName("dev/admin é", 1_700_000_000_999), "atmos-dev-admin---1700000000");
  const long = makeSessionName("x".repeat(100), 1_700_000_000_000);
  deepEqual([long.length, long.endsWith("x-1700000000")], [64, true]);
});
