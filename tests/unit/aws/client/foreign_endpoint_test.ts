import { equal } from "node:assert/strict";
import { findStrangeEndpoint } from "../../../../src/aws/client/foreign_endpoint.ts";
import type { AwsSettings } from "../../../../src/aws/shared_config/settings.ts";

function strange(
  endpoint: string | undefined,
  region = "us-east-1",
  service: "eks" | "sts" = "eks",
): string | undefined {
  const settings = { endpoints: endpoint === undefined ? {} : { [service]: endpoint } } as AwsSettings;
  return findStrangeEndpoint({ region, settings }, service);
}

Deno.test("STS itself has one host for all regions, too", () => {
  for (
    const url of [
      "https://sts.amazonaws.com",
      "https://sts.us-east-1.amazonaws.com",
      "https://sts-fips.us-east-1.amazonaws.com",
      "https://sts.us-east-1.api.aws",
      "https://vpce-0a1b-2c3d.sts.us-east-1.vpce.amazonaws.com",
    ]
  ) equal(strange(url, "us-east-1", "sts"), undefined, url);
  for (const url of ["https://eks.us-east-1.amazonaws.com", "https://sts.amazonaws.com.evil.example"]) {
    equal(strange(url, "us-east-1", "sts"), url);
  }
});

Deno.test("EKS itself: no endpoint, its own hosts of the region, and interface endpoints", () => {
  equal(strange(undefined), undefined);
  for (
    const [url, region] of [
      ["https://eks.us-east-1.amazonaws.com"],
      ["https://eks.us-east-1.amazonaws.com/"],
      ["https://fips.eks.us-east-1.amazonaws.com"],
      ["https://eks.us-east-1.api.aws"],
      ["https://vpce-0a1b-2c3d.eks.us-east-1.vpce.amazonaws.com"],
      ["https://eks.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ] as const
  ) equal(strange(url, region), undefined, url);
});

Deno.test("anything else stands in its place", () => {
  for (
    const url of [
      "http://eks.us-east-1.amazonaws.com",
      "https://eks.us-east-1.amazonaws.com:8443",
      "https://eks.us-west-2.amazonaws.com",
      "https://eks.us-east-1.amazonaws.com.evil.example",
      "https://abc.execute-api.us-east-1.amazonaws.com",
      "https://eks.us-east-1.s3.amazonaws.com",
      "https://evil.eks.us-east-1.vpce.amazonaws.com",
      "https://user@eks.us-east-1.amazonaws.com",
      "http://localhost:4566",
      "no address",
    ]
  ) equal(strange(url), url);
});
