import { equal, match, rejects } from "node:assert/strict";
import { getRoleCredentials } from "../../src/aws/sso/sso.ts";
import { assumeRole, getCallerIdentity } from "../../src/aws/sts/sts.ts";
import { assumeRoleWithSaml, assumeRoleWithWebIdentity } from "../../src/aws/sts/sts_federation.ts";
import { assumeRoot } from "../../src/aws/sts/sts_root.ts";
import { getSessionToken } from "../../src/aws/sts/sts_session_token.ts";
import type { AwsSettings } from "../../src/aws/shared_config/settings.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";
import { AppError } from "../../src/errors.ts";
import type { NetResponse } from "../../src/host/host.ts";
import { Secret } from "../../src/secret.ts";
import type { FakeHost } from "../support/host/fake_host.ts";
import { answer, awsHost, SETTINGS } from "../unit/aws/aws_host.ts";

const NOW = Date.UTC(2026, 0, 2, 12);
const HOUR_MS = 3_600_000;
const secret = new Secret("a-secret-of-the-test");
const place = { region: "us-east-2", settings: SETTINGS };
const access = { ...place, credentials: { accessKeyId: "AKIA1", secretAccessKey: secret } };
const role = { roleArn: "arn:aws:iam::123456789012:role/team/Reader", sessionName: "me" };
const saml = { principalArn: "arn:aws:iam::123456789012:saml-provider/idp", assertion: secret };
const ROOT = { targetPrincipal: "123456789012", taskPolicyArn: "arn:aws:iam::aws:policy/x" };

type Call = (host: FakeHost, more?: { readonly settings: AwsSettings }) => Promise<unknown>;

const ROLE_CALLS: Readonly<Record<string, Call>> = {
  AssumeRole: (host, more) => assumeRole(host, { ...access, ...role, ...more }),
  AssumeRoleWithWebIdentity: (host, more) =>
    assumeRoleWithWebIdentity(host, { ...place, ...role, token: secret, ...more }),
  AssumeRoleWithSAML: (host, more) => assumeRoleWithSaml(host, { ...place, ...role, ...saml, ...more }),
};
const STAND_IN = { settings: { ...SETTINGS, endpoints: { sts: "http://localhost:5000" } } };
const CALLS: Readonly<Record<string, Call>> = {
  ...ROLE_CALLS,
  AssumeRoot: (host) => assumeRoot(host, { ...access, ...ROOT }),
  GetSessionToken: (host) => getSessionToken(host, access),
  GetRoleCredentials: (host) =>
    getRoleCredentials(host, { ...place, accessToken: secret, accountId: "123456789012", roleName: "r" }),
};

interface Issued {
  readonly user?: string;
  readonly expiration?: number;
  /** The service's time; undefined: the answer does not say it. */
  readonly date?: number;
}

const RIGHT = "<Arn>arn:aws:sts::123456789012:assumed-role/reader/me</Arn>";

function issued(action: string, { user = RIGHT, expiration = NOW + HOUR_MS, date }: Issued): NetResponse {
  const keys = { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t" };
  const xml = "<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>" +
    `<SessionToken>t</SessionToken><Expiration>${new Date(expiration).toISOString()}</Expiration></Credentials>` +
    `<AssumedRoleUser>${user}</AssumedRoleUser>`;
  const body = action === "GetRoleCredentials"
    ? JSON.stringify({ roleCredentials: { ...keys, expiration } })
    : `<${action}Response><${action}Result>${xml}</${action}Result></${action}Response>`;
  const { headers, ...rest } = answer(200, body);
  return { ...rest, headers: { ...headers, ...(date === undefined ? {} : { date: new Date(date).toUTCString() }) } };
}

const OTHERS: Readonly<Record<string, string>> = {
  "another account": "<Arn>arn:aws:sts::999999999999:assumed-role/Reader/me</Arn>",
  "another role": "<Arn>arn:aws:sts::123456789012:assumed-role/admin/me</Arn>",
  "another partition": "<Arn>arn:aws-cn:sts::123456789012:assumed-role/Reader/me</Arn>",
  "a user": "<Arn>arn:aws:iam::123456789012:user/Reader</Arn>",
  "the role, not its session": "<Arn>arn:aws:iam::123456789012:role/team/Reader</Arn>",
  "no role": "",
};

for (const [action, call] of Object.entries(ROLE_CALLS)) {
  for (const [what, user] of Object.entries(OTHERS)) {
    Deno.test(`credentials of another role than was asked for are refused: ${action}, ${what}`, async () => {
      await rejects(call(awsHost({ now: NOW, answer: () => issued(action, { user }) })), (error) => {
        const found = user === "" ? "contains no AssumedRoleUser\\S*" : "is about another role: it names arn:\\S+";
        match((error as Error).message, new RegExp(`^Cannot .*: the response to sts:${action} ${found}$`));
        return error instanceof AppError && error.exitStatus === 4;
      });
    });

    Deno.test(`an endpoint of the user's own names its roles as it likes, unless it is AWS's: ${action}, ${what}`, async () => {
      await call(awsHost({ now: NOW, answer: () => issued(action, { user }) }), STAND_IN);
      const named = { settings: { ...SETTINGS, endpoints: { sts: "https://sts.us-east-2.amazonaws.com" } } };
      await rejects(call(awsHost({ now: NOW, answer: () => issued(action, { user }) }), named), { name: "AppError" });
    });
  }
}

for (const [action, call] of Object.entries(CALLS)) {
  const ask = (input: Issued) => call(awsHost({ now: NOW, answer: () => issued(action, input) }));

  Deno.test(`credentials that have expired when they come are refused: ${action}`, async () => {
    for (const input of [{ expiration: NOW - HOUR_MS }, { expiration: NOW - 1000, date: NOW }]) {
      await rejects(ask(input), (error) => {
        match((error as Error).message, /^Cannot .*: the response to \S+ contains credentials that have expired$/);
        if (!(error instanceof AppError)) return false;
        match(renderRemedy({}, error), /^Set this machine's clock/);
        return error.exitStatus === 4;
      });
    }
  });

  Deno.test(`this machine's clock decides no login where AWS says its own time: ${action}`, async () => {
    const then = NOW - 24 * HOUR_MS;
    await ask({ expiration: then + HOUR_MS, date: then });
    await ask({ expiration: NOW - 60_000 });
  });
}

Deno.test("a caller's account and ARN say the same; a user's path may hold any character", async () => {
  const who = (account: string, user: string) =>
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><UserId>AIDA</UserId>` +
    `<Arn>arn:aws:iam::123456789012:user/${user}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const ask = (account: string, user = "dev") =>
    getCallerIdentity(awsHost({ answer: () => answer(200, who(account, user)) }), access);
  equal((await ask("123456789012")).account, "123456789012");
  equal((await ask("123456789012", "team#1/(a)~b/dev")).arn, "arn:aws:iam::123456789012:user/team#1/(a)~b/dev");
  await rejects(ask("999999999999"), /names account 999999999999, and a principal of another one: arn:\S+user\/dev$/);
});
