import assert from "node:assert/strict";
import { type DescribedCluster, usableCluster } from "../../../../src/aws/eks/usable_cluster.ts";
import type { AppError } from "../../../../src/errors.ts";

const GOOD: DescribedCluster = {
  name: "dev",
  arn: "arn:aws:eks:us-east-2:123456789012:cluster/dev",
  endpoint: "https://X.gr7.us-east-2.eks.amazonaws.com",
  certificateAuthority: { data: "TFMwdA==" },
  status: "ACTIVE",
};

const use = (found: DescribedCluster | undefined) => usableCluster({ name: "dev", region: "us-east-2", found });

for (const status of ["ACTIVE", "UPDATING"]) {
  Deno.test(`a cluster that is ${status} is usable`, () => {
    assert.deepEqual(use({ ...GOOD, status }), {
      name: "dev",
      arn: GOOD.arn,
      endpoint: GOOD.endpoint,
      certificateAuthorityData: "TFMwdA==",
      status,
      region: "us-east-2",
      account: "123456789012",
    });
  });
}

Deno.test("an Outposts cluster keeps its id", () => assert.equal(use({ ...GOOD, id: "5b6c" }).id, "5b6c"));

const unusable: readonly (readonly [DescribedCluster | undefined, RegExp, RegExp?])[] = [
  [
    { ...GOOD, status: "CREATING" },
    /its status is CREATING/,
    /aws eks wait cluster-active --name dev --region us-east-2/,
  ],
  [{ ...GOOD, status: "DELETING" }, /its status is DELETING/],
  [{ ...GOOD, status: "FAILED" }, /its status is FAILED/],
  [{ ...GOOD, status: undefined }, /its status is unknown/],
  [{ ...GOOD, endpoint: undefined }, /it has no API endpoint/],
  [{ ...GOOD, endpoint: "" }, /it has no API endpoint/],
  [{ ...GOOD, endpoint: "http://x" }, /not an https URL/],
  [{ ...GOOD, certificateAuthority: undefined }, /it has no certificate authority/],
  [{ ...GOOD, certificateAuthority: {} }, /it has no certificate authority/],
  [{ ...GOOD, certificateAuthority: { data: "no\nbase64" } }, /not base64/],
  [{ ...GOOD, arn: undefined }, /no valid ARN/],
  [{ ...GOOD, arn: "arn:aws:eks:us-east-2::cluster/dev" }, /no valid ARN/],
  [undefined, /holds no cluster/],
];

for (const [found, message, hint] of unusable) {
  Deno.test(`a cluster is refused: ${message.source} ${found?.endpoint ?? ""}`, () => {
    assert.throws(() => use(found), (error: AppError) => {
      assert.equal(error.code, "eks-describe");
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot use EKS cluster "dev": /);
      assert.match(error.hint ?? "", hint ?? /^$/);
      return true;
    });
  });
}
