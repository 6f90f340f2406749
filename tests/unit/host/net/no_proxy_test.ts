import assert from "node:assert/strict";
import { isListedElsewhere, isListedForRuntime } from "../../../../src/host/net/no_proxy.ts";

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
  Deno.test(`NO_PROXY="${noProxy}" ${expected ? "keeps" : "does not keep"} ${host} from the runtime's proxy`, () => {
    assert.equal(isListedForRuntime(host, noProxy), expected);
  });
}

/** What other programs understand: NO_PROXY, then the URLs that it lists, and those that it does not. */
const ELSEWHERE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["", [], ["http://a.example/"]],
  [" , ,", [], ["http://a.example/"]],
  // The whole host, in any case.
  ["a.example", ["http://a.example/", "https://a.example:8443/x"], ["http://b.a.example/", "http://xa.example/"]],
  ["A.Example", ["https://a.example/"], ["https://a.example.org/"]],
  ["localhost", ["http://localhost:8080/"], ["http://a.localhost/"]],
  // Separators.
  ["x b a.example", ["http://a.example/", "http://x/", "http://b/"], ["http://example/"]],
  ["x,a.example", ["http://a.example/"], ["http://xa.example/"]],
  ["x,  a.example\ty,,", ["http://a.example/", "http://y/"], ["http://z/"]],
  // Stars: all hosts, or the end of one.
  ["*", ["http://a.example/", "http://127.0.0.1/", "http://[::1]:8/"], []],
  ["x,*", ["http://a.example/", "https://127.0.0.1/"], []],
  ["*.example", ["http://a.example/", "http://b.a.example/"], ["http://example/", "http://a.example.org/"]],
  ["*example", ["http://example/", "http://a.example/", "http://counterexample/"], ["http://example.org/"]],
  ["*.0.0.1", ["http://127.0.0.1/"], ["http://127.0.0.2/"]],
  ["a.*", [], ["http://a.example/", "http://a.b/"]],
  ["a.*.example", [], ["http://a.b.example/"]],
  ["**.example", [], ["http://a.example/"]],
  // A leading dot.
  [".example", ["http://a.example/", "http://b.a.example/"], ["http://example/", "http://counterexample/"]],
  ["..example", [], ["http://a.example/"]],
  // Ports, the usual one where the URL names none.
  ["a.example:443", ["https://a.example/", "http://a.example:443/"], ["http://a.example/", "https://a.example:8443/"]],
  ["a.example:80", ["http://a.example/", "https://a.example:80/"], ["https://a.example/", "http://a.example:8080/"]],
  ["a.example:8443,b", ["https://a.example:8443/", "https://b:1/"], ["https://a.example/"]],
  [".example:8443", ["https://a.example:8443/"], ["https://a.example/"]],
  ["*.example:443", ["https://a.example/"], ["http://a.example/"]],
  ["*:8443", ["https://a.example:8443/", "http://127.0.0.1:8443/"], ["https://a.example/"]],
  ["a.example:0", ["http://a.example/", "https://a.example:8443/"], ["http://b.example/"]],
  ["a.example:", [], ["http://a.example/"]],
  ["a.example:http", [], ["http://a.example/"]],
  // Addresses, those of IPv6 in brackets.
  ["127.0.0.1", ["http://127.0.0.1:8080/"], ["http://127.0.0.11/", "http://localhost/"]],
  ["127.0.0.1:8080", ["http://127.0.0.1:8080/"], ["http://127.0.0.1/"]],
  ["[::1]", ["http://[::1]/", "https://[::1]:8443/"], ["http://[::2]/", "http://127.0.0.1/"]],
  ["[::1]:8443", ["https://[::1]:8443/"], ["https://[::1]/"]],
  ["10.0.0.0/8", [], ["http://10.0.0.1/"]],
];
for (const [noProxy, listed, others] of ELSEWHERE) {
  Deno.test(`NO_PROXY="${noProxy}" as other programs read it`, () => {
    for (const url of listed) assert.ok(isListedElsewhere(new URL(url), noProxy), `${url} is listed`);
    for (const url of others) assert.ok(!isListedElsewhere(new URL(url), noProxy), `${url} is not listed`);
  });
}
