import assert from "node:assert/strict";
import { partitionFault } from "../../../../src/aws/credentials/role_profile.ts";

const role = (partition: string) => `arn:${partition}:iam::123456789012:role/r`;

for (
  const [partition, region] of [
    ["aws", "us-east-2"],
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
    ["aws-newer", "us-east-2"],
    ["aws", "xx-newer-1"],
  ] as const
) {
  Deno.test(`a role of ${partition} may be assumed in ${region}`, () => {
    assert.equal(partitionFault(role(partition), region), undefined);
  });
}

Deno.test("a role of another partition may not", () => {
  const found = partitionFault(role("aws-cn"), "us-east-2");
  assert.equal(found, "the role is in partition aws-cn, region us-east-2 is in partition aws");
  assert.match(
    partitionFault(role("aws"), "us-gov-west-1") ?? "",
    /partition aws, region us-gov-west-1 .* aws-us-gov$/,
  );
});
