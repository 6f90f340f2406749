import assert from "node:assert/strict";
import { checkRoleArn, parseArn } from "../../../../src/aws/names/arn.ts";

Deno.test("parseArn takes an ARN apart", () => {
  assert.deepEqual(parseArn("arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/dev"), {
    partition: "aws-us-gov",
    service: "eks",
    region: "us-gov-west-1",
    account: "123456789012",
    resource: "cluster/dev",
  });
  assert.equal(parseArn("arn:aws:iam::123456789012:role/a/b")?.resource, "role/a/b");
  assert.equal(parseArn("arn:aws:sts::123456789012:assumed-role/a:b")?.resource, "assumed-role/a:b");
});

for (
  const text of [
    "",
    "arn",
    "arn:aws:eks:us-east-2:12345:cluster/x",
    "arn:aws:eks:us-east-2:123456789012:",
    "arn:aws:eks:us-east-2:123456789012:cluster/x y",
    "arn:aws:eks:us-east-2:123456789012:cluster/x\n",
  ]
) {
  Deno.test(`parseArn finds no ARN in ${JSON.stringify(text)}`, () => assert.equal(parseArn(text), undefined));
}

Deno.test("checkRoleArn takes roles of every partition, with a path", () => {
  assert.equal(checkRoleArn("arn:aws:iam::123456789012:role/team/Dev-Ops_1").account, "123456789012");
  assert.equal(checkRoleArn("arn:aws-cn:iam::123456789012:role/x").partition, "aws-cn");
});

for (
  const text of [
    "admin",
    "arn:aws:iam::123456789012:user/x",
    "arn:aws:sts::123456789012:assumed-role/a/b",
    "arn:aws:iam:::role/x",
  ]
) {
  Deno.test(`checkRoleArn refuses ${text}`, () => {
    assert.throws(() => checkRoleArn(text), { name: "AppError", code: "usage" });
  });
}
