import assert from "node:assert/strict";
import { containerFailure, containerSetting } from "../../../../src/aws/credentials/container.ts";
import { awsHost } from "../aws_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

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
    /the response has status 401$/,
    /AUTHORIZATION_TOKEN/,
  ],
  [
    new SyntaxError("Unexpected token canary"),
    "login-needed",
    /the response contains no credentials$/,
    /^Check AWS_CONTAINER/,
  ],
  [new Error("response not of the required format, an object"), "login-needed", /contains no credentials$/, /^Check/],
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
    assert.match(renderRemedy({}, found), hint);
    assert.ok(!found.message.includes("canary"));
  });
}

const FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

function find(env: Record<string, string>) {
  return containerSetting(awsHost({ env, files: { "/t/token": "x" } }));
}

const good: readonly (readonly [Record<string, string>, string])[] = [
  [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/x", [FULL]: "junk" }, "http://169.254.170.2/v2/x 169.254.170.2:80"],
  [{ [FULL]: "http://169.254.170.23/v1/credentials" }, "http://169.254.170.23/v1/credentials 169.254.170.23:80"],
  [{ [FULL]: "http://[fd00:ec2::23]/v1" }, "http://[fd00:ec2::23]/v1 [fd00:ec2::23]:80"],
  [{ [FULL]: "http://localhost:8080/x?canary" }, "http://localhost:8080/x localhost:8080"],
  [{ [FULL]: "https://me:canary@example.com/x", [TOKEN]: "/t/token" }, "https://example.com/x example.com:443"],
];
for (const [env, expected] of good) {
  Deno.test(`a container asks ${expected}`, () => {
    const found = find(env);
    assert.equal(`${found?.shown} ${found?.host}`, expected);
  });
}

Deno.test("outside of a container", () => assert.equal(find({ [TOKEN]: "/nope" }), undefined));

const bad: readonly (readonly [Record<string, string>, string, RegExp, RegExp])[] = [
  [
    { [FULL]: "junk" },
    "config-invalid",
    /_FULL_URI: it is not an http or https URL$/,
    /unset AWS_CONTAINER_CREDENTIALS_FULL_URI$/,
  ],
  [
    { [FULL]: "http://me:canary@evil.example/x?canary" },
    "config-invalid",
    /from AWS_CONTAINER_CREDENTIALS_FULL_URI "http:\/\/evil\.example\/x": plain http is for this machine/,
    /unset AWS_CONTAINER_CREDENTIALS_FULL_URI$/,
  ],
  [{ [FULL]: "http://127.0.0.1.evil.example/x" }, "config-invalid", /plain http/, /unset/],
  [
    { [FULL]: "http://localhost/", [TOKEN]: "/nope" },
    "config-not-found",
    /authorization token "\/nope": it does not exist$/,
    /remove AWS_.*_TOKEN_FILE$/,
  ],
  [
    { [FULL]: "http://localhost/", [TOKEN]: "/t" },
    "config-invalid",
    /authorization token "\/t": it is a directory$/,
    /_TOKEN_FILE/,
  ],
];
for (const [env, code, message, hint] of bad) {
  Deno.test(`a container setting that means nothing: ${JSON.stringify(env)}`, () => {
    assert.throws(() => find(env), (error: Error & { code: string; hint: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.match(renderRemedy({}, error), hint);
      return !error.message.includes("canary");
    });
  });
}
