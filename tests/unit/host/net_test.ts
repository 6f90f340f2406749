import assert from "node:assert/strict";
import { net } from "../../../src/host/net.ts";
import { NetError } from "../../../src/host/net_error.ts";
import { netErrorOf } from "../../../src/host/net_failure.ts";

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
  [new Deno.errors.NotCapable('Requires net access to "x"'), "not-allowed"],
  [failed(`${send} (SendRequest): invalid HTTP version parsed`), "other"],
  ["thrown text", "other"],
];

for (const [error, kind] of cases) {
  Deno.test(`a failed fetch is classified: ${kind} from ${String(error)} ${cause(error)}`, () => {
    const found = netErrorOf(error, "h:443");
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
    netErrorOf(failed(`${send} (Connect): invalid peer certificate: ${text}`), "h:443").message;
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
