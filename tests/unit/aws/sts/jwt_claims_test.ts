import { equal } from "node:assert/strict";
import { describeSubject, readClaim } from "../../../../src/aws/sts/jwt_claims.ts";
import { Secret } from "../../../../src/secret.ts";

function jwt(payload: string): Secret {
  return new Secret(`e30.${new TextEncoder().encode(payload).toBase64({ alphabet: "base64url" })}.signature`);
}

Deno.test("the subject of a JWT, quoted, with or without padding", () => {
  equal(describeSubject(jwt('{"sub":"repo:org/app"}')), '"repo:org/app"');
  equal(describeSubject(new Secret("e30.eyJzdWIiOiJyZXBvOm9yZy9hIn0.x")), '"repo:org/a"');
  equal(describeSubject(jwt(JSON.stringify({ sub: "a\u001b[31m\nb" }))), '"a\\u001b[31m\\nb"');
  equal(describeSubject(jwt(JSON.stringify({ sub: "x".repeat(500) }))).length, 202);
});

for (const payload of ["{}", '{"sub":7}', '{"sub":""}', "not JSON", "null"]) {
  Deno.test(`no subject in ${payload}`, () => equal(describeSubject(jwt(payload)), "the token's subject"));
}

for (const token of ["", "opaque", "a.%%%.b"]) {
  Deno.test(`no JWT: ${JSON.stringify(token)}`, () => {
    equal(describeSubject(new Secret(token)), "the token's subject");
  });
}

Deno.test("a claim of a token: one value or several, and none", () => {
  equal(readClaim(jwt(JSON.stringify({ aud: "sts.amazonaws.com", sub: "me" })), "aud"), '"sts.amazonaws.com"');
  equal(readClaim(jwt(JSON.stringify({ aud: ["a", "b", 7, ""] })), "aud"), '"a", "b"');
  for (const claims of [{}, { aud: 7 }, { aud: [] }, null, []]) {
    equal(readClaim(jwt(JSON.stringify(claims)), "aud"), undefined);
  }
  equal(readClaim(new Secret("opaque"), "aud"), undefined);
});
