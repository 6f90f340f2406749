import assert from "node:assert/strict";
import { containerSetting } from "../../../../src/aws/credentials/container_setting.ts";
import { awsHost } from "../aws_host.ts";

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
    /unset AWS_CONTAINER_CREDENTIALS_FULL_URI\.$/,
  ],
  [
    { [FULL]: "http://me:canary@evil.example/x?canary" },
    "config-invalid",
    /from AWS_CONTAINER_CREDENTIALS_FULL_URI "http:\/\/evil\.example\/x": plain http is for this machine/,
    /unset AWS_CONTAINER_CREDENTIALS_FULL_URI\.$/,
  ],
  [{ [FULL]: "http://127.0.0.1.evil.example/x" }, "config-invalid", /plain http/, /unset/],
  [
    { [FULL]: "http://localhost/", [TOKEN]: "/nope" },
    "config-not-found",
    /authorization token "\/nope": it is not there$/,
    /remove AWS_.*_TOKEN_FILE\.$/,
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
      assert.match(error.hint, hint);
      return !error.message.includes("canary");
    });
  });
}
