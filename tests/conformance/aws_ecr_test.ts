import assert from "node:assert/strict";
import { checkRegistry } from "../../src/aws/ecr/ecr_registry.ts";
import { registryToken } from "../../src/aws/ecr/password.ts";
import { AppError } from "../../src/errors.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { access, realHost } from "../support/standin/access.ts";
import { ECR_PASSWORD } from "../support/standin/ecr.ts";
import { EXPIRED_KEY, SESSION_KEY } from "../support/standin/keys.ts";

const PRIVATE = checkRegistry("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
const PUBLIC = checkRegistry("public.ecr.aws");

async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

Deno.test("a private registry's password comes from the registry's region, signed, for 12 hours", async () => {
  await using aws = await startStandin({ expects: ["GetAuthorizationToken"] });
  const token = await registryToken(realHost(), { ...access(aws, { key: SESSION_KEY }), registry: PRIVATE });
  assert.equal(token.password.reveal(), `${ECR_PASSWORD}/ecr/eu-west-1/${SESSION_KEY.principal}/0`);
  assert.ok(Math.abs(token.expiration! - Date.now() - 12 * 3_600_000) < 60_000);
  assert.equal(String(token.password), "[secret]");
  assert.equal(aws.calls[0]!.service, "ecr");
  aws.assertDone();
});

Deno.test("ECR Public's password comes from us-east-1, whatever the region is", async () => {
  await using aws = await startStandin({ expects: ["GetAuthorizationToken"] });
  const token = await registryToken(realHost(), { ...access(aws, { region: "eu-west-1" }), registry: PUBLIC });
  assert.match(token.password.reveal(), /\/ecr-public\/us-east-1\//);
  aws.assertDone();
});

Deno.test("what AWS refuses is told in words, without a password", async () => {
  const denied = { error: { status: 400, code: "AccessDeniedException", message: "no" } };
  await using aws = await startStandin({ faults: { GetAuthorizationToken: [denied] } });
  const error = await refusal(registryToken(realHost(), { ...access(aws), registry: PRIVATE }));
  assert.equal(error.code, "aws-denied");
  assert.match(
    error.message,
    /^Cannot get a password for the ECR registries of "eu-west-1": arn:aws:iam::123456789012:user\/dev may not perform ecr:GetAuthorizationToken/,
  );
  const expired = await refusal(
    registryToken(realHost(), { ...access(aws, { key: EXPIRED_KEY }), registry: PUBLIC }),
  );
  assert.deepEqual([expired.code, expired.message], [
    "login-needed",
    "Cannot get a password for ECR Public: the AWS credentials have expired",
  ]);
});

Deno.test("an answer without a password is refused", async () => {
  const empty = { body: JSON.stringify({ authorizationData: [{ authorizationToken: btoa("me:x") }] }) };
  await using aws = await startStandin({ faults: { GetAuthorizationToken: [empty] } });
  const error = await refusal(registryToken(realHost(), { ...access(aws), registry: PRIVATE }));
  assert.deepEqual(
    [error.code, /the response to ecr:GetAuthorizationToken contains no AWS password/.test(error.message)],
    ["integration-failed", true],
  );
});

Deno.test("FIPS and dual-stack registries are asked for at such endpoints, each in its partition's domain", async () => {
  const asked = async (host: string) => {
    let url = "";
    const net = { fetch: (request: { url: string }) => (url = request.url, Promise.reject(new Error("seen"))) };
    const { settings, credentials } = access({ url: "" }, { settings: { endpoints: {}, maxAttempts: 1 } });
    const input = { settings, credentials, registry: checkRegistry(host) };
    await registryToken({ ...realHost(), net }, input).catch(() => {});
    return new URL(url).host;
  };
  const account = "123456789012";
  const cases = {
    [`${account}.dkr.ecr.us-east-2.amazonaws.com`]: "api.ecr.us-east-2.amazonaws.com",
    [`${account}.dkr.ecr-fips.us-east-2.amazonaws.com`]: "api.ecr-fips.us-east-2.amazonaws.com",
    [`${account}.dkr-ecr.us-east-2.on.aws`]: "ecr.us-east-2.api.aws",
    [`${account}.dkr-ecr-fips.us-east-2.on.aws`]: "ecr-fips.us-east-2.api.aws",
    [`${account}.dkr.ecr.us-gov-west-1.amazonaws.com`]: "api.ecr.us-gov-west-1.amazonaws.com",
    [`${account}.dkr.ecr.cn-north-1.amazonaws.com.cn`]: "api.ecr.cn-north-1.amazonaws.com.cn",
    [`${account}.dkr.ecr.us-iso-east-1.c2s.ic.gov`]: "api.ecr.us-iso-east-1.c2s.ic.gov",
    [`${account}.dkr.ecr.us-isob-east-1.sc2s.sgov.gov`]: "api.ecr.us-isob-east-1.sc2s.sgov.gov",
    [`${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu`]: "api.ecr.eusc-de-east-1.amazonaws.eu",
    "public.ecr.aws": "api.ecr-public.us-east-1.amazonaws.com",
    "ecr-public.aws.com": "ecr-public.us-east-1.api.aws",
  };
  for (const [host, endpoint] of Object.entries(cases)) assert.equal(await asked(host), endpoint, host);
});
