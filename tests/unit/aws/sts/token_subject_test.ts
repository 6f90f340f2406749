import assert from "node:assert/strict";
import { subjectOf } from "../../../../src/aws/sts/jwt_claims.ts";
import { Secret } from "../../../../src/secret.ts";

function jwt(payload: string): Secret {
  return new Secret(`e30.${new TextEncoder().encode(payload).toBase64({ alphabet: "base64url" })}.signature`);
}

Deno.test("the subject of a JWT, quoted, with or without padding", () => {
  assert.equal(subjectOf(jwt('{"sub":"repo:org/app"}')), '"repo:org/app"');
  assert.equal(subjectOf(new Secret("e30.eyJzdWIiOiJyZXBvOm9yZy9hIn0.x")), '"repo:org/a"');
  assert.equal(subjectOf(jwt(JSON.stringify({ sub: "a\u001b[31m\nb" }))), '"a\\u001b[31m\\nb"');
  assert.equal(subjectOf(jwt(JSON.stringify({ sub: "x".repeat(500) }))).length, 202);
});

for (const payload of ["{}", '{"sub":7}', '{"sub":""}', "not JSON", "null"]) {
  Deno.test(`no subject in ${payload}`, () => assert.equal(subjectOf(jwt(payload)), "the token's subject"));
}

for (const token of ["", "opaque", "a.%%%.b"]) {
  Deno.test(`no JWT: ${JSON.stringify(token)}`, () => {
    assert.equal(subjectOf(new Secret(token)), "the token's subject");
  });
}
