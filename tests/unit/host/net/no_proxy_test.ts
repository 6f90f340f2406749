import assert from "node:assert/strict";
import { bypassesProxy } from "../../../../src/host/net/no_proxy.ts";

const cases: readonly (readonly [string, string, boolean])[] = [
  ["a.example", "a.example", true],
  ["sub.a.example", "a.example", true],
  ["sub.a.example", ".a.example", true],
  ["a.example", ".a.example", true],
  ["nota.example", "a.example", false],
  ["a.example", "x, a.example", true],
  ["a.example", "*", true],
  ["127.0.0.1", "*", false],
  ["a.example", "*.example", false],
  ["a.example", "a.example:443", false],
  ["a.example", "", false],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.9.9.9", "127.0.0.0/8", true],
  ["128.0.0.1", "127.0.0.0/8", false],
  ["10.42.1.100", "10.42.1.1/24", true],
  ["10.42.2.100", "10.42.1.1/24", false],
  ["[::1]", "::1", true],
  ["[2001:db8:a0b:12f0::1]", "2001::/17", true],
  ["[2005:db8::1]", "2001::/17", false],
  ["[::1]", "127.0.0.1", false],
];
for (const [host, noProxy, expected] of cases) {
  Deno.test(`NO_PROXY="${noProxy}" ${expected ? "keeps" : "does not keep"} ${host} from the proxy`, () => {
    assert.equal(bypassesProxy(host, noProxy), expected);
  });
}
