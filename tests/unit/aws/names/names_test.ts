import assert from "node:assert/strict";
import { checkClusterName, checkRegion } from "../../../../src/aws/names/names.ts";
import type { AppError } from "../../../../src/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

for (
  const region of ["us-east-2", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-10", "mx-central-1"]
) {
  Deno.test(`the region ${region} is let through`, () => assert.equal(checkRegion(region), region));
}

const badRegions = [
  "",
  "us-east-2.evil.example",
  "evil.example/",
  "us-east-2/..",
  "us-east-2@evil",
  "us-east-2#",
  "us-east-2:8080",
  "us-east-2\n",
  " us-east-2",
  "US-EAST-2",
  "useast2",
  "-us-east-2",
  "us--east-2",
  `us-${"a".repeat(70)}-1`,
  "us-east-２",
];

for (const region of badRegions) {
  Deno.test(`the region ${JSON.stringify(region)} is refused`, () => {
    assert.throws(() => checkRegion(region), (error: AppError) => {
      assert.equal(error.code, "usage");
      assert.match(renderRemedy({}, error), /--region/);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  });
}

for (const name of ["a", "dev-cluster", "Dev_1", "9", "x".repeat(100)]) {
  Deno.test(`the cluster name ${name} is let through`, () => assert.equal(checkClusterName(name), name));
}

const badNames: readonly (readonly [string, RegExp])[] = [
  ["", /it is empty/],
  ["-a", /begins with "-"/],
  ["_a", /begins with "_"/],
  ["a b", /contains " "/],
  ["a/b", /contains "\/"/],
  ["a..b", /contains "\."/],
  ["clüster", /contains "ü"/],
  ["dev\u001b[31m", /contains "\\u001b"/],
  ["x".repeat(101), /has 101 characters/],
];

for (const [name, message] of badNames) {
  Deno.test(`the cluster name ${JSON.stringify(name)} is refused`, () => {
    assert.throws(() => checkClusterName(name), (error: AppError) => {
      assert.equal(error.code, "usage");
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\p{Cc}/u);
      return true;
    });
  });
}
