import assert from "node:assert/strict";
import { isValidFor, keepSecret, reveal } from "../../../../src/aws/client/credentials.ts";

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

Deno.test("valid for: how long, and what has no known end", () => {
  const keys = { accessKeyId: "AKIA", secretAccessKey: "s" };
  const until = (ms: number) => keepSecret({ ...keys, sessionToken: "t", expiration: new Date(ms) });
  assert.equal(isValidFor(undefined, { now: 0, ms: 0 }), false);
  assert.equal(isValidFor(until(1000), { now: 0, ms: 1000 }), true);
  assert.equal(isValidFor(until(1000), { now: 1, ms: 1000 }), false);
  assert.equal(isValidFor(keepSecret(keys), { now: 0, ms: 1000 }), true);
  assert.equal(isValidFor(keepSecret(keys), { now: 0, ms: Infinity }), false);
  assert.equal(isValidFor(keepSecret({ ...keys, sessionToken: "t" }), { now: 0, ms: 0 }), false);
});
