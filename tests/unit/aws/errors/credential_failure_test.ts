import assert from "node:assert/strict";
import { credentialFailure } from "../../../../src/aws/errors/credential_failure.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { awsHost } from "../aws_host.ts";

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

const PROVIDER = "CredentialsProviderError";
const cases: readonly (readonly [Error, string, RegExp, RegExp])[] = [
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
  [named(PROVIDER, "odd"), "login-needed", /of profile "dev": odd/, /aws configure list --profile dev/],
  [
    named("AccessDenied", "User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole"),
    "aws-denied",
    /sts:AssumeRole/,
    /identity/,
  ],
  [new NetError("refused", "sts:443", "connection refused"), "unreachable", /sts:443/, /network/],
  [
    new Error("x", { cause: new Error("y", { cause: new NetError("refused", "sts:443", "connection refused") }) }),
    "unreachable",
    /sts:443/,
    /network/,
  ],
];

for (const [error, code, message, hint] of cases) {
  Deno.test(`credentials fail with ${error.name} ${error.message}: ${code}`, async () => {
    const found = await credentialFailure(awsHost(), { error, profile: "dev" });
    assert.equal(found.code, code);
    assert.match(found.message, /^Cannot get AWS credentials of profile "dev": /);
    assert.match(found.message, message);
    assert.match(found.hint ?? "", hint);
  });
}

Deno.test("credentials that do not come from a profile", async () => {
  const found = await credentialFailure(awsHost(), {
    error: named(PROVIDER, "odd"),
    from: "X_FILE",
    profile: "default",
  });
  assert.equal(found.message, "Cannot get AWS credentials from X_FILE: odd");
  assert.equal(found.hint, "Check what is set up: aws configure list");
});
