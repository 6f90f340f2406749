import { equal } from "node:assert/strict";
import { claimOf, subjectOf } from "../../../../src/aws/sts/jwt_claims.ts";
import { Secret } from "../../../../src/secret.ts";

function jwt(payload: string): Secret {
  return new Secret(`e30.${new TextEncoder().encode(payload).toBase64({ alphabet: "base64url" })}.signature`);
}

Deno.test("the subject of a JWT, quoted, with or without padding", () => {
  equal(subjectOf(jwt('{"sub":"repo:org/app"}')), '"repo:org/app"');
  equal(subjectOf(new Secret("e30.eyJzdWIiOiJyZXBvOm9yZy9hIn0.x")), '"repo:org/a"');
  equal(subjectOf(jwt(JSON.stringify({ sub: "a\u001b[31m\nb" }))), '"a\\u001b[31m\\nb"');
  equal(subjectOf(jwt(JSON.stringify({ sub: "x".repeat(500) }))).length, 202);
});

for (const payload of ["{}", '{"sub":7}', '{"sub":""}', "not JSON", "null"]) {
  Deno.test(`no subject in ${payload}`, () => equal(subjectOf(jwt(payload)), "the token's subject"));
}

for (const token of ["", "opaque", "a.%%%.b"]) {
  Deno.test(`no JWT: ${JSON.stringify(token)}`, () => {
    equal(subjectOf(new Secret(token)), "the token's subject");
  });
}

Deno.test("a claim of a token: one value or several, and none", () => {
  equal(claimOf(jwt(JSON.stringify({ aud: "sts.amazonaws.com", sub: "me" })), "aud"), '"sts.amazonaws.com"');
  equal(claimOf(jwt(JSON.stringify({ aud: ["a", "b", 7, ""] })), "aud"), '"a", "b"');
  for (const claims of [{}, { aud: 7 }, { aud: [] }, null, []]) {
    equal(claimOf(jwt(JSON.stringify(claims)), "aud"), undefined);
  }
  equal(claimOf(new Secret("opaque"), "aud"), undefined);
});
