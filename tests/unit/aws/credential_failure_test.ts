import assert from "node:assert/strict";
import { credentialFailure } from "../../../src/aws/credential_failure.ts";
import type { Profile } from "../../../src/aws/profile.ts";
import { NetError } from "../../../src/host/net_error.ts";
import { awsHost } from "./aws_host.ts";

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

const PROVIDER = "CredentialsProviderError";
const cases: readonly (readonly [Error, string, RegExp, RegExp])[] = [
  [
    named(PROVIDER, "Could not load credentials from any providers"),
    "login-needed",
    /names no way/,
    /sso login --profile dev/,
  ],
  [
    named(PROVIDER, "Could not resolve credentials using profile: [dev] in x"),
    "login-needed",
    /names no way/,
    /Log in/,
  ],
  [named("TimeoutError", "x"), "login-needed", /names no way/, /AWS_ACCESS_KEY_ID/],
  [named("NotCapable", 'Requires net access to "169.254.169.254:80"'), "login-needed", /names no way/, /Log in/],
  [
    named(PROVIDER, "The SSO session associated with this profile has expired. To refresh …"),
    "login-needed",
    /SSO session associated with this profile has expired/,
    /Log in again: .*--profile dev/,
  ],
  [
    named(PROVIDER, "UnauthorizedException: Session token not found or invalid"),
    "login-needed",
    /not found/,
    /Log in again/,
  ],
  [
    named(PROVIDER, "Profile dev requires multi-factor authentication"),
    "login-needed",
    /multi-factor/,
    /aws configure/,
  ],
  [
    named("AccessDenied", "User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole"),
    "aws-denied",
    /sts:AssumeRole/,
    /identity/,
  ],
  [new NetError("refused", "sts:443", "connection refused"), "unreachable", /sts:443/, /network/],
];

for (const [error, code, message, hint] of cases) {
  Deno.test(`credentials fail with ${error.name} ${error.message}: ${code}`, async () => {
    const profile: Profile = { name: "dev", namedBy: "flag", section: new Map() };
    const found = await credentialFailure(awsHost(), { error, profile });
    assert.equal(found.code, code);
    assert.match(found.message, message);
    assert.match(found.hint ?? "", hint);
  });
}

Deno.test("nothing found, and nobody named a profile", async () => {
  const profile: Profile = { name: "default", namedBy: "none", section: new Map() };
  const error = named(PROVIDER, "Could not load credentials from any providers");
  const found = await credentialFailure(awsHost(), { error, profile });
  assert.match(found.message, /none in the environment, in ~\/\.aws, nor from a container or instance/);
  assert.match(found.hint ?? "", /aws sso login, or set/);
});
