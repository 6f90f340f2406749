import { equal } from "node:assert/strict";
import { claimOf } from "../../../../src/aws/sts/jwt_claims.ts";
import { Secret } from "../../../../src/secret.ts";

function jwt(claims: unknown): Secret {
  const payload = new TextEncoder().encode(JSON.stringify(claims)).toBase64({ alphabet: "base64url" });
  return new Secret(`e30.${payload}.signature`);
}

Deno.test("a claim of a token: one value or several, and none", () => {
  equal(claimOf(jwt({ aud: "sts.amazonaws.com", sub: "me" }), "aud"), '"sts.amazonaws.com"');
  equal(claimOf(jwt({ aud: ["a", "b", 7, ""] }), "aud"), '"a", "b"');
  for (const claims of [{}, { aud: 7 }, { aud: [] }, null, []]) equal(claimOf(jwt(claims), "aud"), undefined);
  equal(claimOf(new Secret("opaque"), "aud"), undefined);
});
