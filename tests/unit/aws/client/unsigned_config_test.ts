import assert from "node:assert/strict";
import { unsignedConfig } from "../../../../src/aws/client/client_config.ts";
import type { AwsSettings } from "../../../../src/aws/shared_config/settings.ts";
import { awsHost } from "../aws_host.ts";

const SETTINGS: AwsSettings = {
  profile: "default",
  endpoints: { sso_oidc: "http://127.0.0.1:1", sts: "http://127.0.0.1:2" },
  fips: false,
  dualstack: false,
  maxAttempts: 3,
  retryMode: "standard",
};

Deno.test("an unsigned call goes where its service is configured, and has no credentials to look for", async () => {
  const place = { region: "us-east-2", settings: SETTINGS };
  const config = unsignedConfig(awsHost(), { service: "sso_oidc", place });
  assert.equal(config.endpoint, "http://127.0.0.1:1");
  assert.equal(config.region, "us-east-2");
  await assert.rejects(config.credentials(), /not signed/);
  assert.equal("endpoint" in unsignedConfig(awsHost(), { service: "sso", place }), false);
  assert.throws(() => unsignedConfig(awsHost(), { service: "sso", place: { ...place, region: "x.evil" } }), {
    code: "usage",
  });
});
