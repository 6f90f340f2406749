import assert from "node:assert/strict";
import { howToAllow } from "../../../../src/host/net/allow_host.ts";

Deno.test("the executable can only be built anew", () => {
  const told = howToAllow("eks.example:8443", { compiled: true });
  assert.equal(told, "Build one that may: deno task compile --allow-host eks.example");
});

Deno.test("from source one more host is enough", () => {
  const told = howToAllow("[::2]:80", { compiled: false });
  assert.match(told, /^Start main\.ts .* atmos task in deno\.json and \[::2\] added to its hosts, or build one/);
  assert.match(told, /--allow-host \[::2\]$/);
});
