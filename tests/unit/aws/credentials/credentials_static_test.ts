import assert from "node:assert/strict";
import { environmentKeys, hasKeys, profileKeys } from "../../../../src/aws/credentials/credentials_static.ts";
import { awsHost } from "../aws_host.ts";

const ENV = { AWS_ACCESS_KEY_ID: "ENVKEY", AWS_SECRET_ACCESS_KEY: "envsecret", AWS_SESSION_TOKEN: "envtoken" };
const KEYS = { aws_access_key_id: "FILEKEY", aws_secret_access_key: "filesecret" };

function section(keys: Record<string, string>) {
  return new Map(Object.entries(keys));
}

Deno.test("keys in the environment, with token and expiration", () => {
  const found = environmentKeys(awsHost({ env: { ...ENV, AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z" } }));
  assert.equal(found?.accessKeyId, "ENVKEY");
  assert.equal(found?.secretAccessKey.reveal(), "envsecret");
  assert.equal(found?.sessionToken?.reveal(), "envtoken");
  assert.equal(found?.expiration, Date.UTC(2026, 0, 1));
});

Deno.test("no keys in the environment", () => assert.equal(environmentKeys(awsHost()), undefined));

for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
  Deno.test(`${name} alone is an error that does not repeat it`, () => {
    assert.throws(() => environmentKeys(awsHost({ env: { [name]: "canary" } })), (error: Error) => {
      assert.match(error.message, new RegExp(`Cannot use ${name}: .* is not set`));
      return !error.message.includes("canary");
    });
  });
}

Deno.test("keys in a profile, with and without token", () => {
  for (const token of ["aws_session_token", "aws_security_token"]) {
    const found = profileKeys(section({ ...KEYS, [token]: "t" }));
    assert.deepEqual([found?.accessKeyId, found?.sessionToken?.reveal()], ["FILEKEY", "t"]);
  }
  assert.equal("sessionToken" in profileKeys(section(KEYS))!, false);
});

for (const key of Object.keys(KEYS)) {
  Deno.test(`half the keys of a profile: ${key} is empty`, () => {
    assert.equal(profileKeys(section({ ...KEYS, [key]: "" })), undefined);
    assert.equal(hasKeys(section({ [key]: "x" })), true);
  });
}

Deno.test("a profile without any", () => assert.equal(hasKeys(section({ region: "x" })), false));
