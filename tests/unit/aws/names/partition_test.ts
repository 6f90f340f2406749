import assert from "node:assert/strict";
import { findPartition, partitions } from "../../../../src/aws/names/partition.ts";

const cases: readonly (readonly [string, string, string])[] = [
  ["us-east-2", "aws", "amazonaws.com"],
  ["ap-southeast-7", "aws", "amazonaws.com"],
  ["mx-central-1", "aws", "amazonaws.com"],
  ["zz-newregion-1", "aws", "amazonaws.com"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
];

for (const [region, id, dnsSuffix] of cases) {
  Deno.test(`${region} is in ${id}`, () => {
    const found = findPartition(region);
    assert.deepEqual([found.id, found.dnsSuffix], [id, dnsSuffix]);
  });
}

Deno.test("every partition has two DNS suffixes and its own id", () => {
  const all = partitions();
  assert.equal(new Set(all.map((one) => one.id)).size, all.length);
  for (const one of all) assert.match(`${one.dnsSuffix} ${one.dualstackDnsSuffix}`, /^[a-z0-9.-]+ [a-z0-9.-]+$/);
});
