import assert from "node:assert/strict";
import { type AwsAccess, clientConfig, unsignedConfig } from "../../../../src/aws/client/client_config.ts";
import { keepSecret } from "../../../../src/aws/client/credentials.ts";
import type { AwsSettings } from "../../../../src/aws/shared_config/settings.ts";
import { awsHost } from "../aws_host.ts";

const SETTINGS: AwsSettings = {
  profile: "default",
  endpoints: {},
  fips: false,
  dualstack: false,
  maxAttempts: 5,
  retryMode: "standard",
};

function config(settings: Partial<AwsSettings>, region = "us-east-2") {
  const credentials = keepSecret({ accessKeyId: "K", secretAccessKey: "S" });
  const access: AwsAccess = { region, credentials, settings: { ...SETTINGS, ...settings } };
  return clientConfig(awsHost(), { service: "eks", access });
}

Deno.test("a client is told everything, so that it looks up nothing itself", () => {
  const told = config({ maxAttempts: 2 });
  assert.equal(told.region, "us-east-2");
  assert.deepEqual(told.credentials, { accessKeyId: "K", secretAccessKey: "S" });
  assert.deepEqual([told.maxAttempts, told.useFipsEndpoint, told.ignoreConfiguredEndpointUrls], [2, false, true]);
  assert.equal("endpoint" in told, false);
});

Deno.test("calls of a batch have retries of their own, unless somebody asks for adaptive ones", () => {
  assert.equal("retryStrategy" in config({ inBatch: true }), true);
  assert.equal("retryStrategy" in config({ inBatch: true, retryMode: "adaptive" }), false);
  assert.equal("retryStrategy" in config({}), false);
});

Deno.test("only the endpoint of its own service counts", () => {
  assert.equal(config({ endpoints: { eks: "http://127.0.0.1:1" } }).endpoint, "http://127.0.0.1:1");
  assert.equal("endpoint" in config({ endpoints: { sts: "http://127.0.0.1:1" } }), false);
});

Deno.test("endpoints and regions that cannot work are refused", () => {
  assert.throws(() => config({ endpoints: { eks: "not a url" } }), { code: "config-invalid" });
  assert.throws(() => config({ endpoints: { eks: "file:///etc" } }), { code: "config-invalid" });
  const endpoints = { eks: "http://127.0.0.1:1" };
  assert.throws(() => config({ endpoints, fips: true }), { message: /AWS_USE_FIPS_ENDPOINT/ });
  assert.throws(() => config({ endpoints, dualstack: true }), { message: /AWS_USE_DUALSTACK_ENDPOINT/ });
  assert.throws(() => config({}, "evil.example"), { code: "usage" });
});

Deno.test("an unsigned call goes where its service is configured, and has no credentials to look for", async () => {
  const endpoints = { sso_oidc: "http://127.0.0.1:1", sts: "http://127.0.0.1:2" };
  const place = { region: "us-east-2", settings: { ...SETTINGS, endpoints } };
  const config = unsignedConfig(awsHost(), { service: "sso_oidc", place });
  assert.equal(config.endpoint, "http://127.0.0.1:1");
  assert.equal(config.region, "us-east-2");
  await assert.rejects(config.credentials(), /not signed/);
  assert.equal("endpoint" in unsignedConfig(awsHost(), { service: "sso", place }), false);
  assert.throws(() => unsignedConfig(awsHost(), { service: "sso", place: { ...place, region: "x.evil" } }), {
    code: "usage",
  });
});
