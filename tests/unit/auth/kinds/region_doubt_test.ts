import { deepEqual, equal } from "node:assert/strict";
import { regionDoubt } from "../../../../src/auth/kinds/region_doubt.ts";
import { makeText } from "../../../../src/config/values/make_located.ts";

const doubt = (region: string) => regionDoubt(makeText(region, { file: "f", line: 1, column: 1 }));

Deno.test("regionDoubt: whatever is no region of AWS is doubted, with the nearest one", () => {
  deepEqual(doubt("us-east-99"), { message: "not a known AWS region", near: "us-east-1" });
  deepEqual(doubt("us-esat-1"), { message: "not a known AWS region", near: "us-east-1" });
  deepEqual(doubt("zz-somewhere-7"), { message: "not a known AWS region", near: undefined });
});

Deno.test("regionDoubt: regions of every partition are known; what is no region at all is for others to tell", () => {
  const known = ["us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eu-isoe-west-1", "eusc-de-east-1"];
  for (const region of [...known, "nonsense", ""]) equal(doubt(region), undefined, region);
});
