import assert from "node:assert/strict";
import { chooseProfile } from "../../../../src/aws/shared_config/profile.ts";
import { type AwsSettings, configuredRegion, readSettings } from "../../../../src/aws/shared_config/settings.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { awsHost } from "../aws_host.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

interface Given {
  readonly inBatch?: boolean;
  readonly env?: Record<string, string>;
  readonly config?: string;
}

function settings(given: Given): AwsSettings {
  const files = { "/h/.aws/config": given.config ?? "", "/ca.pem": PEM, "/empty.pem": "none", "/dir/x": "" };
  const host = awsHost({ env: { HOME: "/h", ...given.env }, files });
  const shared = readSharedFiles(host);
  const profile = chooseProfile(host, { files: shared });
  return readSettings(host, {
    files: shared,
    profile,
    ...(given.inBatch === undefined ? {} : { inBatch: given.inBatch }),
  });
}

function region({ env = {}, config = "" }: Given): string | undefined {
  const host = awsHost({ env: { HOME: "/h", ...env }, files: { "/h/.aws/config": config } });
  return configuredRegion(host, { profile: chooseProfile(host, { files: readSharedFiles(host) }) });
}

Deno.test("nothing set: the documented defaults", () => {
  assert.deepEqual(settings({}), {
    profile: "default",
    endpoints: {},
    fips: false,
    dualstack: false,
    maxAttempts: 5,
    retryMode: "standard",
  });
});

Deno.test("calls of which there are many at once are repeated more often, unless somebody says how often", () => {
  const { inBatch, maxAttempts } = settings({ inBatch: true });
  assert.deepEqual([inBatch, maxAttempts], [true, 8]);
  assert.equal(settings({ inBatch: true, env: { AWS_MAX_ATTEMPTS: "5" } }).maxAttempts, 5);
  assert.equal(settings({ inBatch: true, config: "[default]\nmax_attempts = 1" }).maxAttempts, 1);
});

const REGION = "[default]\nregion = eu-west-1\n";
const regions: readonly (readonly [string, Given, string | undefined])[] = [
  ["AWS_REGION", { env: { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-2" }, config: REGION }, "us-east-1"],
  ["AWS_DEFAULT_REGION", { env: { AWS_DEFAULT_REGION: "us-east-2" }, config: REGION }, "us-east-2"],
  ["the profile", { config: REGION }, "eu-west-1"],
  ["nowhere", {}, undefined],
];
for (const [from, given, expected] of regions) {
  Deno.test(`the region comes from ${from}`, () => assert.equal(region(given), expected));
}

const badRegions: readonly (readonly [Given, RegExp])[] = [
  [{ env: { AWS_REGION: "evil.example/" } }, /^Cannot use AWS_REGION "evil\.example\/": it is not the name of an AWS/],
  [{ env: { AWS_DEFAULT_REGION: "us_east_1" } }, /^Cannot use AWS_DEFAULT_REGION "us_east_1": /],
  [{ config: "[default]\nregion = a.b" }, /^Cannot use region of profile default "a\.b": /],
];
for (const [given, message] of badRegions) {
  Deno.test(`a bad region is told with what says it: ${message.source}`, () => {
    assert.throws(() => region(given), { code: "usage", message, hint: /^Correct or remove [^-]*us-east-2$/ });
    // Where no region is asked for, a bad one stops nothing.
    assert.equal(settings(given).profile, "default");
  });
}

const URLS =
  "[default]\nservices = s\nendpoint_url = http://profile\n[services s]\neks =\n  endpoint_url = http://section\n";
const endpoints: readonly (readonly [string, Given, string | undefined, string | undefined])[] = [
  [
    "the service's variable",
    { env: { AWS_ENDPOINT_URL_EKS: "http://eks", AWS_ENDPOINT_URL: "http://all" }, config: URLS },
    "http://eks",
    "http://all",
  ],
  ["the general variable", { env: { AWS_ENDPOINT_URL: "http://all" }, config: URLS }, "http://all", "http://all"],
  ["the services section, then the profile", { config: URLS }, "http://section", "http://profile"],
  ["a service that is no block", { config: "[default]\nservices=s\n[services s]\neks = x" }, undefined, undefined],
  [
    "the switch that ignores them",
    { env: { AWS_ENDPOINT_URL: "http://all", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, config: URLS },
    undefined,
    undefined,
  ],
  [
    "the same switch in the profile",
    { config: `${URLS}[default]\nignore_configured_endpoint_urls = True` },
    undefined,
    undefined,
  ],
];
for (const [from, given, eks, sts] of endpoints) {
  Deno.test(`endpoints come from ${from}`, () => {
    const found = settings(given).endpoints;
    assert.deepEqual([found.eks, found.sts], [eks, sts]);
  });
}

Deno.test("the other settings, from the environment and from the profile", () => {
  const fromEnv = settings({
    env: {
      AWS_USE_FIPS_ENDPOINT: "TRUE",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_MAX_ATTEMPTS: "2",
      AWS_RETRY_MODE: "adaptive",
      AWS_CA_BUNDLE: "/ca.pem",
    },
  });
  const fromFile = settings({
    config:
      "[default]\nuse_fips_endpoint=true\nuse_dualstack_endpoint=true\nmax_attempts=2\nretry_mode=adaptive\nca_bundle=/ca.pem",
  });
  const [{ readCaCerts, ...others }, { readCaCerts: _, ...sameOthers }] = [fromEnv, fromFile];
  assert.deepEqual(others, sameOthers);
  assert.deepEqual([fromEnv.fips, fromEnv.dualstack, fromEnv.maxAttempts, fromEnv.retryMode], [
    true,
    true,
    2,
    "adaptive",
  ]);
  assert.deepEqual([readCaCerts?.(), fromFile.readCaCerts?.()], [[PEM], [PEM]]);
  assert.equal(settings({ env: { AWS_RETRY_MODE: "legacy" } }).retryMode, "standard");
  const off = settings({ env: { AWS_USE_FIPS_ENDPOINT: "false" }, config: "[default]\nuse_fips_endpoint=true" });
  assert.equal(off.fips, false);
});

const meaningless: readonly (readonly [Record<string, string>, string, RegExp])[] = [
  [{ AWS_USE_FIPS_ENDPOINT: "yes" }, "config-invalid", /AWS_USE_FIPS_ENDPOINT "yes": it is neither true nor false/],
  [{ AWS_MAX_ATTEMPTS: "0" }, "config-invalid", /AWS_MAX_ATTEMPTS "0"/],
  [{ AWS_MAX_ATTEMPTS: "many" }, "config-invalid", /AWS_MAX_ATTEMPTS "many"/],
  [{ AWS_RETRY_MODE: "never" }, "config-invalid", /AWS_RETRY_MODE "never"/],
  [{ AWS_CA_BUNDLE: "/empty.pem" }, "config-invalid", /contains no PEM certificate/],
  [{ AWS_CA_BUNDLE: "/dir" }, "config-invalid", /"\/dir": it is a directory/],
  [{ AWS_CA_BUNDLE: "/nope.pem" }, "config-not-found", /"\/nope.pem": it does not exist/],
];
for (const [env, code, message] of meaningless) {
  Deno.test(`a value that means nothing is an error: ${JSON.stringify(env)}`, () => {
    assert.throws(() => settings({ env }).readCaCerts?.(), { code, message });
  });
}

Deno.test("a CA bundle is read at the first call: what connects to nothing needs none", () => {
  const { readCaCerts } = settings({ env: { AWS_CA_BUNDLE: "/nope.pem" } });
  assert.throws(() => readCaCerts?.(), { code: "config-not-found" });
});

Deno.test("the message names the profile's key when the value is from there", () => {
  const config = "[default]\nmax_attempts = x";
  assert.throws(() => settings({ config }), { message: /max_attempts of profile default "x"/ });
});
