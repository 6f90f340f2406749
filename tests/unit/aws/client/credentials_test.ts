import assert from "node:assert/strict";
import { keepSecret, reveal } from "../../../../src/aws/client/credentials.ts";

const PLAIN = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "very-secret-key",
  sessionToken: "very-secret-token",
};

Deno.test("credentials print without their secret parts", () => {
  const kept = keepSecret({ ...PLAIN, expiration: new Date(1_000) });
  const printed = `${JSON.stringify(kept)} ${Deno.inspect(kept)} ${kept.secretAccessKey} ${kept.sessionToken}`;
  assert.ok(!printed.includes("very-secret"), printed);
  assert.equal(kept.expiration, 1_000);
});

Deno.test("reveal gives the SDK what keepSecret took", () => {
  assert.deepEqual(reveal(keepSecret(PLAIN)), PLAIN);
  const { sessionToken: _, ...longTerm } = PLAIN;
  assert.deepEqual(reveal(keepSecret(longTerm)), longTerm);
  assert.deepEqual(Object.keys(keepSecret(longTerm)), ["accessKeyId", "secretAccessKey"]);
});
