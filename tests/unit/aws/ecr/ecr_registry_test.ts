import { deepEqual, equal, throws } from "node:assert/strict";
import { checkRegistry, registryAt, registryHost } from "../../../../src/aws/ecr/ecr_registry.ts";

const ID = "123456789012";

Deno.test("a host name of every partition and kind is read and written back", () => {
  const hosts = [
    `${ID}.dkr.ecr.us-east-2.amazonaws.com`,
    `${ID}.dkr.ecr.us-gov-west-1.amazonaws.com`,
    `${ID}.dkr.ecr.cn-northwest-1.amazonaws.com.cn`,
    `${ID}.dkr.ecr.us-iso-east-1.c2s.ic.gov`,
    `${ID}.dkr.ecr.us-isob-east-1.sc2s.sgov.gov`,
    `${ID}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk`,
    `${ID}.dkr.ecr.us-isof-south-1.csp.hci.ic.gov`,
    `${ID}.dkr.ecr.eusc-de-east-1.amazonaws.eu`,
    `${ID}.dkr.ecr-fips.us-east-1.amazonaws.com`,
    `${ID}.dkr.ecr-fips.us-gov-east-1.amazonaws.com`,
    `${ID}.dkr-ecr.eu-west-1.on.aws`,
    `${ID}.dkr-ecr-fips.us-west-2.on.aws`,
    `${ID}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn`,
    `${ID}.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu`,
    "public.ecr.aws",
    "ecr-public.aws.com",
  ];
  for (const host of hosts) equal(registryHost(registryAt(host)!), host);
});

Deno.test("what a person types: a scheme, a path, a slash, capitals, the port", () => {
  const wanted = { kind: "private", accountId: ID, region: "us-east-2", endpoint: "standard" };
  const host = `${ID}.dkr.ecr.us-east-2.amazonaws.com`;
  for (
    const typed of [
      host,
      `https://${host}`,
      `https://${host}/`,
      `${host}/app:1`,
      host.toUpperCase(),
      ` ${host}:443/v2/`,
    ]
  ) {
    deepEqual(registryAt(typed), wanted, typed);
  }
});

Deno.test("look-alikes and other registries are none", () => {
  const others = [
    "docker.io",
    `${ID}.dkr.ecr.us-east-2.amazonaws.com.evil.com`,
    `${ID}.dkr.ecr.us-east-2.amazonaws.com.cn`,
    `${ID}.dkr.ecr.cn-north-1.amazonaws.com`,
    `${ID}.dkr.ecr.us-east-2.on.aws`,
    `${ID}.dkr-ecr.us-east-2.amazonaws.com`,
    `12345678901.dkr.ecr.us-east-2.amazonaws.com`,
    `${ID}.dkr.ecr.evil.amazonaws.com`,
    `${ID}.dkr.ecr.us-east-2.amazonaws.com@evil.com`,
    `user@${ID}.dkr.ecr.us-east-2.amazonaws.com`,
    `${ID}.dkr.ecr.us-east-2.amazonaws.com:8443`,
    "public.ecr.aws.evil.com",
    "",
  ];
  for (const other of others) equal(registryAt(other), undefined, other);
  throws(() => checkRegistry("docker.io"), { code: "usage", message: /"docker\.io": that is not a registry of ECR/ });
});
