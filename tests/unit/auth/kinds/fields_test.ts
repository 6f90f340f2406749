import { equal, ok } from "node:assert/strict";
import { type GenericSchema, safeParse } from "valibot";
import { accountId, duration, region, roleArn, serviceUrl } from "../../../../src/auth/kinds/fields.ts";
import { checkRoleArn } from "../../../../src/aws/names/arn.ts";

function accepts(schema: GenericSchema, value: unknown): boolean {
  return safeParse(schema, value, { abortPipeEarly: true }).success;
}

Deno.test("serviceUrl: https, or http on this machine; never a user name", () => {
  const good = [
    "https://a.awsapps.com/start",
    "https://a.example:8443/x?y=1#/z@w",
    "http://127.0.0.1:4566",
    "http://[::1]:1/",
  ];
  for (const url of [...good, "http://localhost/x"]) ok(accepts(serviceUrl("x"), url), url);
  const bad = [
    "http://a.example/",
    "https://u:p@a.example/",
    "https://u@a.example",
    "https:///x",
    "ftp://a",
    "a.example",
  ];
  for (const url of [...bad, "http://localhost.evil.example/", "https://a b/", "https://a:99999/"]) {
    equal(accepts(serviceUrl("x"), url), false, url);
  }
});

Deno.test("roleArn: the same verdict as the check of --role-arn", () => {
  const arns = [
    "arn:aws:iam::123456789012:role/x",
    "arn:aws-us-gov:iam::123456789012:role/path/to/x",
    "arn:aws:iam::123456789012:user/x",
    "arn:aws:iam::1234:role/x",
    "arn:aws:sts::123456789012:assumed-role/x/y",
    "arn:aws:iam::123456789012:role/",
    "role/x",
  ];
  for (const arn of arns) equal(accepts(roleArn("x"), arn), isRole(arn), arn);
});

function isRole(arn: string): boolean {
  try {
    checkRoleArn(arn);
    return true;
  } catch {
    return false;
  }
}

Deno.test("region: any region's form, also of partitions and of regions yet to come", () => {
  for (const name of ["us-east-2", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "ap-southeast-17"]) {
    ok(accepts(region("x"), name), name);
  }
  for (const name of ["", "us-east", "US-EAST-1", "us_east_1", "us-east-2a", "us-east-2.evil.example"]) {
    equal(accepts(region("x"), name), false, name);
  }
});

Deno.test("accountId and duration: the limits themselves are allowed", () => {
  ok(accepts(accountId("x"), "012345678901"));
  equal(accepts(accountId("x"), "12345678901"), false);
  const schema = duration({ about: "x", min: "15m", max: "12h" });
  for (const value of ["15m", 900, "900", "12h", "720m", 43200]) ok(accepts(schema, value), String(value));
  for (const value of ["14m59s", 899, "12h1s", "1d", -900]) equal(accepts(schema, value), false, String(value));
});
