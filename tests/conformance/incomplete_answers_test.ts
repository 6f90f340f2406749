import { doesNotMatch, match, rejects } from "node:assert/strict";
import { getRoleCredentials } from "../../src/aws/sso/sso.ts";
import { registerClient, startDeviceAuthorization } from "../../src/aws/sso/sso_oidc.ts";
import { createTokenByDevice, createTokenByRefresh } from "../../src/aws/sso/sso_oidc_token.ts";
import { assumeRole, getCallerIdentity } from "../../src/aws/sts/sts.ts";
import { assumeRoleWithSaml, assumeRoleWithWebIdentity } from "../../src/aws/sts/sts_federation.ts";
import { assumeRoot } from "../../src/aws/sts/sts_root.ts";
import { getSessionToken } from "../../src/aws/sts/sts_session_token.ts";
import type { FakeHost } from "../support/host/fake_host.ts";
import { AppError } from "../../src/errors.ts";
import { Secret } from "../../src/secret.ts";
import { answer, awsHost, SETTINGS } from "../unit/aws/aws_host.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const secret = new Secret("a-secret-of-the-test");
const place = { region: "us-east-2", settings: SETTINGS };
const access = { ...place, credentials: { accessKeyId: "AKIA1", secretAccessKey: secret } };
const client = { clientId: "c", clientSecret: secret, expiresAt: Date.UTC(2030, 0) };
const role = { roleArn: "arn:aws:iam::123456789012:role/reader", sessionName: "me" };
const principalArn = "arn:aws:iam::123456789012:saml-provider/idp";
const HALF = "<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>x</SecretAccessKey></Credentials>";

/** Every call whose answer a login needs something of, with answers that lack it. */
const calls: Readonly<Record<string, readonly [call: (host: FakeHost) => Promise<unknown>, ...bodies: string[]]>> = {
  GetCallerIdentity: [(host) => getCallerIdentity(host, access), "", "<Arn>arn:aws:iam::123456789012:user/a</Arn>"],
  AssumeRole: [(host) => assumeRole(host, { ...access, ...role }), "", HALF],
  AssumeRoleWithWebIdentity: [
    (host) => assumeRoleWithWebIdentity(host, { ...place, ...role, token: secret }),
    "",
    HALF,
  ],
  AssumeRoleWithSAML: [
    (host) => assumeRoleWithSaml(host, { ...place, ...role, principalArn, assertion: secret }),
    "",
    HALF,
  ],
  AssumeRoot: [
    (host) =>
      assumeRoot(host, { ...access, targetPrincipal: "123456789012", taskPolicyArn: "arn:aws:iam::aws:policy/x" }),
    "",
    HALF,
  ],
  GetSessionToken: [(host) => getSessionToken(host, access), "", HALF],
  GetRoleCredentials: [
    (host) => getRoleCredentials(host, { ...place, accessToken: secret, accountId: "123456789012", roleName: "r" }),
    "{}",
    '{"roleCredentials": {}}',
    '{"roleCredentials": {"accessKeyId": "ASIA1", "secretAccessKey": "x"}}',
  ],
  RegisterClient: [(host) => registerClient(host, { ...place, startUrl: "https://x.awsapps.com/start" }), "{}"],
  StartDeviceAuthorization: [
    (host) => startDeviceAuthorization(host, { ...place, client, startUrl: "https://x.awsapps.com/start" }),
    "{}",
    '{"deviceCode": "d", "userCode": "u", "verificationUri": "https://x"}',
  ],
  "CreateToken for a device": [
    (host) => createTokenByDevice(host, { ...place, client, deviceCode: secret }),
    "{}",
    '{"accessToken": "t"}',
  ],
  "CreateToken for a refresh token": [
    (host) => createTokenByRefresh(host, { ...place, client, refreshToken: secret }),
    '{"expiresIn": 3600}',
  ],
};

for (const [action, [call, ...bodies]] of Object.entries(calls)) {
  for (const body of bodies) {
    Deno.test(`an answer to ${action} without what it must have is told: ${JSON.stringify(body)}`, async () => {
      const xml = `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`;
      const host = awsHost({ answer: () => answer(200, body.startsWith("{") ? body : xml) });
      await rejects(call(host), (error) => {
        match(
          String((error as Error).message),
          /^Cannot .*: the response to [a-z-]+:[A-Za-z]+ contains no [A-Za-z.]+$/,
        );
        return error instanceof AppError && error.exitStatus === 4 && /^Try again/.test(renderRemedy({}, error));
      });
    });
  }
}

const wrapped = (inner: string) => `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error></ErrorResponse>`;
/** Errors that hold something else than texts where the SDK takes their name and message from. */
const ERRORS: readonly string[] = [
  ...["message", "Message", "errorMessage", "__type", "code", "Code", "error", "error_description"].flatMap((name) =>
    [{ a: 1 }, ["a"], true].map((value) => JSON.stringify({ error: "invalid_grant", [name]: value }))
  ),
  ...["Code", "Message"].flatMap((name) => [
    wrapped(`<${name}><a>1</a></${name}>`),
    wrapped(`<${name}>a</${name}><${name}>b</${name}>`),
  ]),
];

for (const [action, [call]] of Object.entries(calls)) {
  Deno.test(`an error of ${action} without a text as name or message is told`, async () => {
    for (const body of ERRORS) {
      for (const status of [400, 500]) {
        await rejects(call(awsHost({ answer: () => answer(status, body) })), (error) => {
          const { message } = error as Error;
          match(message, /^Cannot [^\n]+$/, `${body}: ${message}`);
          doesNotMatch(message, /TypeError|is not a function|\[object|undefined/, `${body}: ${message}`);
          return error instanceof AppError && error.exitStatus >= 4;
        });
      }
    }
  });
}

for (const [action, [call]] of Object.entries(calls)) {
  Deno.test(`a refusal of ${action} that no AWS service words is not called one`, async () => {
    for (const status of [301, 307, 403, 404]) {
      await rejects(call(awsHost({ answer: () => answer(status, "") })), (error) => {
        const found =
          `: the response has status ${status}, and not what AWS says with it; is a proxy or captive portal`;
        match(String((error as Error).message), new RegExp(RegExp.escape(found)));
        return error instanceof AppError && error.exitStatus === 7 && /HTTPS_PROXY/.test(renderRemedy({}, error));
      });
    }
  });
}
