import assert from "node:assert/strict";
import { net } from "../../../../src/host/net/net.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { toNetError } from "../../../../src/host/net/net_failure.ts";

function failed(cause: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(cause) });
}

const send = "error sending request for url (https://eks.us-east-2.amazonaws.com/?X-Amz-Signature=abc): client error";
const cases: readonly (readonly [unknown, string])[] = [
  [failed(`${send} (Connect): dns error: failed to lookup address information: Name or service not known`), "dns"],
  [failed(`${send} (Connect): tcp connect error: Connection refused (os error 111)`), "refused"],
  [failed(`${send} (Connect): tcp connect error: Network is unreachable (os error 101)`), "refused"],
  [failed(`${send} (Connect): invalid peer certificate: UnknownIssuer`), "tls"],
  [failed(`${send} (Connect): received corrupt message of type InvalidContentType`), "tls"],
  [failed(`${send} (SendRequest): connection closed before message completed`), "reset"],
  [failed(`${send} (SendRequest): connection error: Connection reset by peer (os error 104)`), "reset"],
  [new TypeError("error reading a body from connection"), "reset"],
  [failed(`${send} (Connect): tcp connect error: Connection timed out (os error 110)`), "timeout"],
  [new DOMException("The operation was aborted due to timeout", "TimeoutError"), "timeout"],
  [new DOMException("The signal has been aborted", "AbortError"), "aborted"],
  [new Deno.errors.NotCapable('Requires net access to "h:443"'), "not-allowed"],
  [failed(`${send} (Connect): proxy authentication required`), "other"],
  [failed(`${send} (Connect): unsuccessful tunnel`), "other"],
  [failed(`${send} (Connect): Proxy server unreachable`), "refused"],
  [new TypeError("Fetch failed: Requests to port 1 are blocked"), "other"],
  [new Error("Error: connect ECONNREFUSED 127.0.0.1:1"), "refused"],
  [new Error("Error: getaddrinfo ENOTFOUND x.invalid"), "dns"],
  [new Error("Error: getaddrinfo EPERM x.invalid"), "not-allowed"],
  [failed(`${send} (SendRequest): invalid HTTP version parsed`), "other"],
  ["thrown text", "other"],
];

for (const [error, kind] of cases) {
  Deno.test(`a failed fetch is classified: ${kind} from ${String(error)} ${cause(error)}`, () => {
    const found = toNetError(error, { host: "h:443" });
    assert.equal(found.kind, kind);
    assert.equal(found.host, "h:443");
    assert.ok(!found.message.includes("Signature"), found.message);
  });
}

function cause(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message.slice(send.length) : "";
}

Deno.test("what is wrong with a certificate is told in a few words", () => {
  const told = (text: string) =>
    toNetError(failed(`${send} (Connect): invalid peer certificate: ${text}`), { host: "h:443" }).message;
  assert.equal(told("UnknownIssuer"), "its TLS certificate is not trusted (UnknownIssuer)");
  assert.equal(
    told('certificate not valid for name "a"; certificate is only valid for DnsName("b")'),
    'its TLS certificate is not trusted (certificate not valid for name "a")',
  );
  assert.equal(told("Other(OtherError(CaUsedAsEndEntity))"), "its TLS certificate is not trusted");
});

Deno.test({
  name: "a host that is not allowed is refused before any connection",
  permissions: { net: false },
  async fn() {
    const request = { url: "https://example.com/", method: "GET", headers: {} };
    await assert.rejects(net.fetch(request), (error) => {
      assert.ok(error instanceof NetError);
      assert.deepEqual([error.kind, error.host], ["not-allowed", "example.com:443"]);
      return true;
    });
  },
});

Deno.test("text that is not an HTTP URL is an error, not a request", async () => {
  for (const url of ["", "http://[::1", "file:///etc/passwd", "ftp://host/"]) {
    await assert.rejects(net.fetch({ url, method: "GET", headers: {} }), { name: "NetError", kind: "other" });
  }
});

Deno.test("a failure carries the proxy that the request went through, but for what the host's own certificate did", () => {
  const proxy = { variable: "HTTPS_PROXY", address: "http://p:1" };
  const kinds = (text: string) => toNetError(failed(`${send} (Connect): ${text}`), { host: "h:443", proxy }).proxy;
  assert.equal(kinds("tcp connect error: Connection refused (os error 111)"), proxy);
  assert.equal(kinds("invalid peer certificate: UnknownIssuer"), undefined);
});

Deno.test("a port that the runtime blocks is told in plain words, with what to do", () => {
  const found = toNetError(new TypeError("Fetch failed: Requests to port 1 are blocked"), { host: "h:1" });
  assert.equal(found.message, "it is one of the ports that web clients never connect to");
  assert.match(found.remedy ?? "", /another port/);
});

Deno.test("a host that is not allowed comes with what allows it", () => {
  const found = toNetError(new Deno.errors.NotCapable("x"), { host: "h:443" });
  assert.match(found.remedy ?? "", /deno task compile --allow-host h$/);
});

Deno.test("a SOCKS proxy needs a permission of its own, and is the one that is named", () => {
  const proxy = { variable: "HTTPS_PROXY", address: "socks5://p:1080" };
  const text = `${send} (Connect): Requires net access to "p:1080", run again with the --allow-net flag`;
  const found = toNetError(failed(text), { host: "h:443", proxy });
  assert.deepEqual([found.kind, found.host], ["not-allowed", "p:1080"]);
  assert.equal(found.message, "this program may not connect to p:1080, the proxy of HTTPS_PROXY");
  assert.match(found.remedy ?? "", /--allow-host p$/);
});
