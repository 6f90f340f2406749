import assert from "node:assert/strict";
import { containerFailure } from "../../../../src/aws/credentials/credentials_container.ts";

const SETTING = { variable: "AWS_CONTAINER_CREDENTIALS_FULL_URI", shown: "http://localhost:1/x", host: "localhost:1" };

const cases: readonly (readonly [Error, string, RegExp, RegExp])[] = [
  [
    new Error("Error: connect ECONNREFUSED 127.0.0.1:1"),
    "unreachable",
    /localhost:1: connection refused$/,
    /^Check AWS_CONTAINER/,
  ],
  [new Error("Error: getaddrinfo ENOTFOUND x"), "unreachable", /: the name does not resolve$/, /^Check AWS_CONTAINER/],
  [
    new Error("TimeoutError: Connection timed out after 1000 ms"),
    "timeout",
    /no connection in time$/,
    /^Check AWS_CONTAINER/,
  ],
  [
    new Error("Error: getaddrinfo EPERM x"),
    "host-not-allowed",
    /may not connect to localhost:1$/,
    /--allow-host localhost$/,
  ],
  [
    new Error("Error: Server responded with status: 401"),
    "login-needed",
    /the answer has status 401$/,
    /AUTHORIZATION_TOKEN/,
  ],
  [
    new SyntaxError("Unexpected token canary"),
    "login-needed",
    /the answer holds no credentials$/,
    /^Check AWS_CONTAINER/,
  ],
  [new Error("response not of the required format, an object"), "login-needed", /holds no credentials$/, /^Check/],
];
for (const [error, code, message, hint] of cases) {
  Deno.test(`a container's credentials fail: ${error.message}`, () => {
    const found = containerFailure(SETTING, error);
    assert.equal(found.code, code);
    assert.match(
      found.message,
      /^Cannot get AWS credentials from AWS_CONTAINER_CREDENTIALS_FULL_URI "http:\/\/localhost:1\/x": /,
    );
    assert.match(found.message, message);
    assert.match(found.hint ?? "", hint);
    assert.ok(!found.message.includes("canary"));
  });
}
