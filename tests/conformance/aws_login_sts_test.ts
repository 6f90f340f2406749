import assert from "node:assert/strict";
import { assumeRoleWithSaml, assumeRoleWithWebIdentity } from "../../src/aws/sts/sts_federation.ts";
import { assumeRoot } from "../../src/aws/sts/sts_root.ts";
import { getSessionToken } from "../../src/aws/sts/sts_session_token.ts";
import { assumeRole, getCallerIdentity } from "../../src/aws/sts/sts.ts";
import type { AppError, ErrorCode } from "../../src/errors.ts";
import { Secret } from "../../src/secret.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { access, realHost } from "../support/standin/access.ts";
import { EXPIRED_KEY, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import type { StandinRole } from "../support/standin/sts_refusals.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const host = realHost();
const ROLE = "arn:aws:iam::123456789012:role/team/reader";
const DEVICE = "arn:aws:iam::123456789012:mfa/dev";
const PROVIDER = "arn:aws:iam::123456789012:saml-provider/idp";
const SUBJECT = "repo:org/app:ref:refs/heads/main";

type Access = ReturnType<typeof access>;

function jwt(sub: string): Secret {
  const part = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: "base64url" });
  return new Secret(`${part({ alg: "RS256" })}.${part({ sub })}.canary`);
}

function saml(text: string): Secret {
  return new Secret(new TextEncoder().encode(`<Response>${text} canary</Response>`).toBase64());
}

const mfa = (code: string) => ({ serialNumber: DEVICE, tokenCode: new Secret(code) });
const role = (more: object = {}) => ({ roleArn: ROLE, sessionName: "me", ...more });
const web = (token: Secret, more: object = {}) => ({ ...role(more), token });
const assertion = (text: string, more: object = {}) => ({
  roleArn: ROLE,
  principalArn: PROVIDER,
  assertion: saml(text),
  ...more,
});
const ROOT = {
  targetPrincipal: "210987654321",
  taskPolicyArn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
};

Deno.test("assumeRole sends everything that narrows and marks a session", async () => {
  await using standin = await startStandin({ roles: { [ROLE]: { externalId: "x-1", mfa: true } } });
  const before = Date.now();
  const credentials = await assumeRole(host, {
    ...access(standin),
    ...role({ externalId: "x-1", sourceIdentity: "dev", policy: '{"Version":"2012-10-17"}', durationSeconds: 7200 }),
    policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/Billing"],
    tags: { team: "core", cost: "42" },
    transitiveTagKeys: ["team"],
    mfa: mfa("123456"),
  });
  assert.ok(Math.abs(credentials.expiration! - before - 7_200_000) < 60_000);
  const { Action: _action, Version: _version, ...sent } = standin.calls[0]!.parameters;
  assert.deepEqual(sent, {
    RoleArn: ROLE,
    RoleSessionName: "me",
    ExternalId: "x-1",
    SourceIdentity: "dev",
    Policy: '{"Version":"2012-10-17"}',
    DurationSeconds: "7200",
    "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "PolicyArns.member.2.arn": "arn:aws:iam::aws:policy/Billing",
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "core",
    "Tags.member.2.Key": "cost",
    "Tags.member.2.Value": "42",
    "TransitiveTagKeys.member.1": "team",
    SerialNumber: DEVICE,
    TokenCode: "123456",
  });
  const who = await getCallerIdentity(host, { ...access(standin), credentials });
  assert.equal(who.arn, "arn:aws:sts::123456789012:assumed-role/reader/me");
});

Deno.test("assumeRole sends no more than it is given", async () => {
  await using standin = await startStandin();
  await assumeRole(host, { ...access(standin), ...role() });
  const { Action: _action, Version: _version, ...sent } = standin.calls[0]!.parameters;
  assert.deepEqual(sent, { RoleArn: ROLE, RoleSessionName: "me" });
});

const given: readonly (readonly [string, (to: Access) => Promise<unknown>, string])[] = [
  [
    "AssumeRoleWithWebIdentity",
    (to) => assumeRoleWithWebIdentity(host, { ...to, ...web(jwt(SUBJECT)) }),
    "arn:aws:sts::123456789012:assumed-role/reader/me",
  ],
  [
    "AssumeRoleWithSAML",
    (to) => assumeRoleWithSaml(host, { ...to, ...assertion("ok") }),
    "arn:aws:sts::123456789012:assumed-role/reader/saml-user",
  ],
  ["AssumeRoot", (to) => assumeRoot(host, { ...to, ...ROOT }), "arn:aws:iam::210987654321:root"],
  ["GetSessionToken", (to) => getSessionToken(host, { ...to, mfa: mfa("123456") }), USER_KEY.principal],
];

for (const [action, get, arn] of given) {
  Deno.test(`${action} gives keys that work`, async () => {
    await using standin = await startStandin({ expects: [action, "GetCallerIdentity"] });
    const credentials = await get(access(standin)) as Access["credentials"];
    assert.ok(credentials.sessionToken && credentials.expiration! > Date.now());
    assert.equal((await getCallerIdentity(host, { ...access(standin), credentials })).arn, arn);
    assert.equal(standin.calls[0]?.principal, action.includes("With") ? "anonymous" : USER_KEY.principal);
    standin.assertDone();
  });
}

interface Refused {
  readonly role?: StandinRole;
  readonly key?: typeof SESSION_KEY;
  readonly call: (to: Access) => Promise<unknown>;
  readonly code: ErrorCode;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const assume = (more: object) => (to: Access) => assumeRole(host, { ...to, ...role(more) });
const withWeb = (token: Secret, more: object = {}) => (to: Access) =>
  assumeRoleWithWebIdentity(host, { ...to, ...web(token, more) });
const withSaml = (text: string) => (to: Access) => assumeRoleWithSaml(host, { ...to, ...assertion(text) });

const refused: Readonly<Record<string, Refused>> = {
  "a role that is closed": {
    role: { closed: true },
    call: assume({}),
    code: "aws-denied",
    message:
      /^Cannot assume role "arn:\S+": arn:\S+user\/dev may not perform sts:AssumeRole on arn:\S+role\/team\/reader$/,
    hint: /have sts:AssumeRole allowed/,
  },
  "a wrong external id": {
    role: { externalId: "x-1" },
    call: assume({ externalId: "x-2" }),
    code: "aws-denied",
    message: /may not perform sts:AssumeRole on/,
    hint: /allowed/,
  },
  "a trust policy without sts:TagSession": {
    role: { forgets: ["sts:TagSession"] },
    call: assume({ tags: { team: "core" } }),
    code: "aws-denied",
    message: /user\/dev may not perform sts:TagSession on arn:\S+reader/,
    hint: /have sts:TagSession allowed/,
  },
  "a trust policy without sts:SetSourceIdentity": {
    role: { forgets: ["sts:SetSourceIdentity"] },
    call: assume({ sourceIdentity: "dev" }),
    code: "aws-denied",
    message: /may not perform sts:SetSourceIdentity/,
    hint: /allowed/,
  },
  "a wrong MFA code": {
    call: assume({ mfa: mfa("000000") }),
    code: "login-denied",
    message: /^Cannot assume role "\S+": AWS rejected the MFA code/,
    hint: /next code/,
  },
  "a chained role for longer than an hour": {
    key: SESSION_KEY,
    call: assume({ durationSeconds: 7200 }),
    code: "config-invalid",
    message: /^Cannot assume role "\S+" for 2 h: AWS caps the session of a role that another role assumes at 1 hour$/,
    hint: /1 hour at most/,
  },
  "a role for longer than its MaxSessionDuration": {
    role: { maxSeconds: 3600 },
    call: assume({ durationSeconds: 5400 }),
    code: "config-invalid",
    message: / for 90 min: that is more than the role's MaxSessionDuration$/,
    hint: /aws iam update-role --role-name reader --max-session-duration 5400$/,
  },
  "a role for a minute": {
    call: assume({ durationSeconds: 60 }),
    code: "config-invalid",
    message: / for 1 min: AWS takes at least 15 min$/,
    hint: /^Ask for at least 15 min$/,
  },
  "a session policy that is no JSON": {
    call: assume({ policy: "{" }),
    code: "config-invalid",
    message: /rejected the session policy \(The policy is not in the valid JSON format\.\)/,
    hint: /./,
  },
  "an OIDC token that the role does not trust": {
    role: { closed: true },
    call: withWeb(jwt(SUBJECT)),
    code: "aws-denied",
    message: /with the OIDC token: "repo:org\/app:ref:refs\/heads\/main" may not perform sts:AssumeRoleWithWebIdentity/,
    hint: /trust policy must allow sts:AssumeRoleWithWebIdentity to it: aws iam get-role --role-name reader$/,
  },
  "an OIDC token that has expired": {
    call: withWeb(new Secret("expired canary")),
    code: "login-needed",
    message: /the OIDC token has expired$/,
    hint: /atmos auth login/,
  },
  "an OIDC token of a provider that IAM does not know": {
    call: withWeb(new Secret("foreign canary")),
    code: "login-denied",
    message: /AWS rejected it: No provider found/,
    hint: /IAM of account 123456789012/,
  },
  "an OIDC token for too long": {
    role: { maxSeconds: 3600 },
    call: withWeb(jwt(SUBJECT), { durationSeconds: 7200 }),
    code: "config-invalid",
    message: / for 2 h: that is more than the role's MaxSessionDuration/,
    hint: /update-role/,
  },
  "a SAML assertion that the role does not trust": {
    role: { closed: true },
    call: withSaml("ok"),
    code: "aws-denied",
    message: /arn:\S+saml-provider\/idp may not perform sts:AssumeRoleWithSAML/,
    hint: /trust policy/,
  },
  "a SAML assertion that has expired": {
    call: withSaml("expired"),
    code: "login-needed",
    message: /the SAML assertion has expired$/,
    hint: /atmos auth login/,
  },
  "root of what is no account": {
    call: (to) => assumeRoot(host, { ...to, ...ROOT, targetPrincipal: "12" }),
    code: "usage",
    message: /Cannot use account "12"/,
    hint: /12 digits/,
  },
  "root for an hour": {
    call: (to) => assumeRoot(host, { ...to, ...ROOT, durationSeconds: 3600 }),
    code: "config-invalid",
    message: /assume root of account "210987654321" for task policy "\S+" for 1 h: AWS takes at most 15 min$/,
    hint: /at most 15 min/,
  },
  "a session of a session": {
    key: SESSION_KEY,
    call: (to) => getSessionToken(host, to),
    code: "aws-denied",
    message:
      /assumed-role\/dev\/session may not perform sts:GetSessionToken \(Cannot call GetSessionToken with session/,
    hint: /another identity/,
  },
  "a session with a wrong MFA code": {
    call: (to) => getSessionToken(host, { ...to, mfa: mfa("000000") }),
    code: "login-denied",
    message: /^Cannot get a session of the access key's user: AWS rejected the MFA code/,
    hint: /next code/,
  },
  "a session for two days": {
    call: (to) => getSessionToken(host, { ...to, durationSeconds: 172_800 }),
    code: "config-invalid",
    message: / for 48 h: AWS takes at most 36 h/,
    hint: /36 h/,
  },
  "a session with keys that have expired": {
    key: EXPIRED_KEY,
    call: (to) => getSessionToken(host, to),
    code: "login-needed",
    message: /have expired/,
    hint: /Log in again/,
  },
};

for (const [says, one] of Object.entries(refused)) {
  Deno.test(`STS refuses ${says}: ${one.code}`, async () => {
    await using standin: Standin = await startStandin(one.role === undefined ? {} : { roles: { [ROLE]: one.role } });
    const call = one.call(access(standin, one.key === undefined ? {} : { key: one.key }));
    await assert.rejects(call, (error: AppError) => {
      assert.equal(error.code, one.code, error.message);
      assert.match(error.message, one.message);
      assert.match(renderRemedy({}, error), one.hint);
      assert.ok(!`${error.message}${renderRemedy({}, error)}${JSON.stringify(error.facts)}`.includes("canary"));
      return true;
    });
    standin.assertDone();
  });
}

Deno.test("a call without a signature is one for the test to know when it comes signed", async () => {
  await using standin = await startStandin();
  const body = new URLSearchParams({ Action: "AssumeRoleWithSAML" });
  const answer = await fetch(standin.url, { method: "POST", body, headers: { authorization: "AWS4-HMAC-SHA256 x" } });
  await answer.body?.cancel();
  assert.throws(() => standin.assertDone(), /AssumeRoleWithSAML came signed/);
});
