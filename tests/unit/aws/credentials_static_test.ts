import assert from "node:assert/strict";
import { staticCredentials } from "../../../src/aws/credentials_static.ts";
import type { Profile } from "../../../src/aws/profile.ts";
import { awsHost } from "./aws_host.ts";

const ENV = { AWS_ACCESS_KEY_ID: "ENVKEY", AWS_SECRET_ACCESS_KEY: "envsecret", AWS_SESSION_TOKEN: "envtoken" };
const KEYS = { aws_access_key_id: "FILEKEY", aws_secret_access_key: "filesecret" };

function find(env: Record<string, string>, input: { keys?: Record<string, string>; namedBy?: Profile["namedBy"] }) {
  const section = new Map(Object.entries(input.keys ?? {}));
  return staticCredentials(awsHost({ env }), { name: "p", namedBy: input.namedBy ?? "none", section });
}

Deno.test("keys in the environment, with token and expiration", () => {
  const found = find({ ...ENV, AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z" }, { keys: KEYS, namedBy: "env" });
  assert.equal(found?.accessKeyId, "ENVKEY");
  assert.equal(found?.secretAccessKey.reveal(), "envsecret");
  assert.equal(found?.sessionToken?.reveal(), "envtoken");
  assert.equal(found?.expiration, Date.UTC(2026, 0, 1));
});

Deno.test("--profile beats the environment, AWS_PROFILE does not", () => {
  assert.equal(find(ENV, { keys: KEYS, namedBy: "flag" })?.accessKeyId, "FILEKEY");
  assert.equal(find(ENV, { keys: KEYS, namedBy: "env" })?.accessKeyId, "ENVKEY");
});

Deno.test("keys in the profile, with and without token", () => {
  assert.equal(find({}, { keys: KEYS })?.sessionToken, undefined);
  assert.equal(find({}, { keys: { ...KEYS, aws_session_token: "t" } })?.sessionToken?.reveal(), "t");
});

for (const key of ["role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"]) {
  Deno.test(`a profile with ${key} needs more than its keys`, () => {
    assert.equal(find({}, { keys: { ...KEYS, [key]: "x" } }), undefined);
  });
}

Deno.test("no keys anywhere", () => assert.equal(find({}, {}), undefined));

for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
  Deno.test(`${name} alone is an error that does not repeat it`, () => {
    assert.throws(() => find({ [name]: "canary" }, {}), (error: Error) => {
      assert.match(error.message, new RegExp(`Cannot use ${name}: .* is not set`));
      return !error.message.includes("canary");
    });
  });
}
