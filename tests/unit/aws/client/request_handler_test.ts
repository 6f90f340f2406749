import assert from "node:assert/strict";
import { requestHandler } from "../../../../src/aws/client/request_handler.ts";
import { UnexpectedAnswer } from "../../../../src/aws/client/sdk_error.ts";
import { NetError, type NetErrorKind } from "../../../../src/host/net/net_error.ts";
import { answer, awsHost } from "../aws_host.ts";

const REQUEST = {
  protocol: "https:",
  hostname: "eks.us-east-2.amazonaws.com",
  path: "/clusters/a%20b",
  method: "GET",
  headers: { host: "eks.us-east-2.amazonaws.com", authorization: "AWS4" },
};

Deno.test("a request goes out as it was signed", async () => {
  const host = awsHost({ answer: () => answer(200, "{}") });
  const query = { b: "x y!*", a: ["1", "2"], c: null };
  await requestHandler(host, { caCerts: ["PEM"] }).handle({ ...REQUEST, port: 8443, query, body: "text" });
  assert.deepEqual(host.seen.requests, [{
    url: "https://eks.us-east-2.amazonaws.com:8443/clusters/a%20b?a=1&a=2&b=x%20y%21%2A&c=",
    method: "GET",
    headers: { authorization: "AWS4" },
    body: "text",
    timeoutMs: 15_000,
    caCerts: ["PEM"],
  }]);
});

Deno.test("the answer comes back in the SDK's words", async () => {
  const { response } = await requestHandler(awsHost({ answer: () => answer(404, "{}") }), {}).handle(REQUEST);
  assert.equal(response.statusCode, 404);
  assert.equal(response.headers["content-type"], "application/json");
  assert.equal(new TextDecoder().decode(response.body), "{}");
});

const retried: readonly (readonly [NetErrorKind, boolean])[] = [
  ["reset", true],
  ["refused", true],
  ["dns", true],
  ["timeout", true],
  ["tls", false],
  ["not-allowed", false],
  ["aborted", false],
  ["other", false],
];

function failing(kind: NetErrorKind) {
  const fail = () => {
    throw new NetError(kind, "h:443", "x");
  };
  return requestHandler(awsHost({ answer: fail }), {});
}

async function failureOf(
  handler: ReturnType<typeof requestHandler>,
  request = REQUEST,
): Promise<Error & { $retryable?: unknown }> {
  return await handler.handle(request).then(() => assert.fail("it did not fail"), (error) => error);
}

for (const [kind, expected] of retried) {
  Deno.test(`a failure of kind ${kind} is ${expected ? "" : "not "}worth another try`, async () => {
    const error = await failureOf(failing(kind));
    assert.equal(error instanceof NetError && error.kind, kind);
    assert.equal(error.$retryable !== undefined, expected);
  });
}

Deno.test("calls of one client that time out are counted apart", async () => {
  const handler = failing("timeout");
  const call = (id: string) => ({ ...REQUEST, headers: { ...REQUEST.headers, "amz-sdk-invocation-id": id } });
  assert.notEqual((await failureOf(handler, call("one"))).$retryable, undefined);
  assert.notEqual((await failureOf(handler, call("other"))).$retryable, undefined);
  assert.equal((await failureOf(handler, call("one"))).$retryable, undefined);
});

Deno.test("the second timeout of a command is the last", async () => {
  const handler = failing("timeout");
  assert.notEqual((await failureOf(handler)).$retryable, undefined);
  assert.equal((await failureOf(handler)).$retryable, undefined);
});

for (const [status, again] of [[200, false], [302, false], [403, false], [429, true], [503, true]] as const) {
  Deno.test(`an HTML page with status ${status} is no answer of AWS`, async () => {
    const page = () => answer(status, "\n <!DOCTYPE HTML><html>");
    const error = await failureOf(requestHandler(awsHost({ answer: page }), {}));
    assert.ok(error instanceof UnexpectedAnswer);
    assert.equal(error.$retryable !== undefined, again);
  });
}

Deno.test("JSON that is no object is no answer of AWS, and an empty one is", async () => {
  for (const body of ['"text"', "5", "[]", "null", "text"]) {
    const error = await failureOf(requestHandler(awsHost({ answer: () => answer(200, body) }), {}));
    assert.ok(error instanceof UnexpectedAnswer, body);
  }
  for (const body of ["", " {}", "<a/>"]) {
    const { handle } = requestHandler(awsHost({ answer: () => answer(200, body) }), {});
    assert.equal((await handle(REQUEST)).response.statusCode, 200);
  }
});
