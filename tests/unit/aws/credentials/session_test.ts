import assert from "node:assert/strict";
import { environmentSuffices, openSession, type SessionInput } from "../../../../src/aws/credentials/session.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { awsHost } from "../aws_host.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const ENV = { HOME: "/h", AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const FILES = {
  "/h/.aws/config": "[profile dev]\nregion = eu-west-1\naws_access_key_id = K\naws_secret_access_key = S",
};

async function open(input: SessionInput, env: Record<string, string> = {}) {
  return await openSession(awsHost({ env: { ...ENV, ...env }, files: FILES }), input);
}

Deno.test("keys and region that lie ready need no call", async () => {
  const session = await open({ region: "us-east-2" });
  assert.equal(session.region, "us-east-2");
  assert.equal(session.credentials.accessKeyId, ENV.AWS_ACCESS_KEY_ID);
  assert.equal("profile" in session, false);
});

Deno.test("a profile brings its region and its keys", async () => {
  const session = await open({ profile: "dev" });
  assert.deepEqual([session.region, session.profile, session.credentials.accessKeyId], ["eu-west-1", "dev", "K"]);
  const byEnv = await open({}, { AWS_PROFILE: "dev" });
  assert.deepEqual([byEnv.region, byEnv.profile], ["eu-west-1", "dev"]);
});

const refused: readonly (readonly [SessionInput, string, RegExp])[] = [
  [{}, "usage", /no region is set/],
  [{ region: "" }, "usage", /region ""/],
  [{ region: "us-east-2.evil.example" }, "usage", /not the name of an AWS region/],
  [{ region: "us-east-2", profile: "nope" }, "config-not-found", /profile "nope"/],
  [{ region: "us-east-2", assumeRoleArn: "admin" }, "usage", /not the ARN of an IAM role/],
  [
    { region: "us-east-2", assumeRoleArn: "arn:aws-cn:iam::123456789012:role/r" },
    "usage",
    /^Cannot assume role "arn:aws-cn:.*": the role is in partition aws-cn, region us-east-2 is in partition aws$/,
  ],
];
for (const [input, code, message] of refused) {
  Deno.test(`a session is refused: ${message.source}`, async () => {
    await assert.rejects(open(input), { code, message });
  });
}

Deno.test("settings that may not be read stop only those who need them", async () => {
  const host = awsHost({ env: ENV, files: FILES });
  const bytes = (path: string): Uint8Array => {
    throw new FileError("denied", path, "read");
  };
  const closed = { ...host, read: { ...host.read, bytes } };
  assert.equal((await openSession(closed, { region: "us-east-2" })).region, "us-east-2");
  for (const input of [{}, { region: "us-east-2", profile: "dev" }]) {
    await assert.rejects(openSession(closed, input), { code: "config-invalid", message: /: permission denied$/ });
  }
});

Deno.test("the hint for a missing region fits the profile", async () => {
  const files = { "/h/.aws/config": "[profile p]\na = b" };
  await assert.rejects(
    openSession(awsHost({ env: ENV, files }), { profile: "p" }),
    refusal({
      hint: /--region REGION, set AWS_REGION, or run: aws configure set region REGION --profile p/,
    }),
  );
});

const KEYS = { AWS_ACCESS_KEY_ID: "K", AWS_SECRET_ACCESS_KEY: "S" };

const cases: readonly (readonly [string, boolean, Record<string, string>, { profile?: string; region?: string }])[] = [
  ["keys, and a region as a flag", true, KEYS, { region: "us-east-2" }],
  ["keys and AWS_REGION", true, { ...KEYS, AWS_REGION: "us-east-2" }, {}],
  ["keys and AWS_DEFAULT_REGION", true, { ...KEYS, AWS_DEFAULT_REGION: "us-east-2" }, {}],
  ["keys without a region", false, KEYS, {}],
  ["a region without keys", false, {}, { region: "us-east-2" }],
  ["half the keys", false, { AWS_ACCESS_KEY_ID: "K" }, { region: "us-east-2" }],
  ["--profile", false, KEYS, { region: "us-east-2", profile: "p" }],
  ["AWS_PROFILE", false, { ...KEYS, AWS_PROFILE: "p" }, { region: "us-east-2" }],
];
for (const [says, expected, env, input] of cases) {
  Deno.test(`the environment ${expected ? "suffices" : "does not suffice"}: ${says}`, () => {
    assert.equal(environmentSuffices(awsHost({ env }), input), expected);
  });
}
