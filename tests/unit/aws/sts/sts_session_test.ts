import assert from "node:assert/strict";
import { mfaCode, sessionOptions } from "../../../../src/aws/sts/sts_session.ts";
import { Secret } from "../../../../src/secret.ts";

Deno.test("what is not given is not asked for", () => {
  assert.deepEqual(sessionOptions({}), {});
  assert.deepEqual(sessionOptions({ policyArns: [], tags: {}, transitiveTagKeys: [] }), {});
  assert.deepEqual(mfaCode(undefined), {});
});

Deno.test("what is given is named as STS names it", () => {
  const found = sessionOptions({
    durationSeconds: 900,
    policy: "{}",
    policyArns: ["arn:p"],
    externalId: "x",
    sourceIdentity: "dev",
    tags: { team: "core" },
    transitiveTagKeys: ["team"],
    mfa: { serialNumber: "arn:mfa", tokenCode: new Secret("123456") },
  });
  assert.deepEqual(found, {
    DurationSeconds: 900,
    Policy: "{}",
    PolicyArns: [{ arn: "arn:p" }],
    ExternalId: "x",
    SourceIdentity: "dev",
    Tags: [{ Key: "team", Value: "core" }],
    TransitiveTagKeys: ["team"],
    SerialNumber: "arn:mfa",
    TokenCode: "123456",
  });
});
