import assert from "node:assert/strict";
import { environmentSuffices } from "../../../../src/aws/shared_config/environment_suffices.ts";
import { awsHost } from "../aws_host.ts";

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
