import assert from "node:assert/strict";
import { awsFailure, loginHint } from "../../../../src/aws/errors/aws_error.ts";
import { UnusableAnswer } from "../../../../src/aws/client/answer.ts";
import { UnexpectedAnswer } from "../../../../src/aws/client/sdk_error.ts";
import { AppError } from "../../../../src/errors.ts";
import { NetError } from "../../../../src/host/net/net_error.ts";
import { awsHost } from "../aws_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { renderParts } from "../../../../src/cli/output/remedy.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Answered {
  readonly name: string;
  readonly message?: string;
  readonly status?: number;
  readonly attempts?: number;
  readonly date?: string;
}

function sdkError({ name, message = "no", status = 400, attempts = 1, date }: Answered): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, attempts },
    $response: { headers: date === undefined ? {} : { Date: date } },
  });
}

async function failure(error: unknown, principal?: () => Promise<string | undefined>): Promise<AppError> {
  return await awsFailure(awsHost({ now: NOW }), {
    error,
    doing: 'describe EKS cluster "dev"',
    action: "eks:DescribeCluster",
    otherwise: "eks-describe",
    profile: "prod",
    ...(principal === undefined ? {} : { principal }),
  });
}

const answers: readonly (readonly [Answered, string, RegExp, RegExp])[] = [
  [{ name: "ExpiredTokenException", status: 403 }, "login-needed", /have expired/, /aws sso login --profile prod/],
  [{ name: "ExpiredToken" }, "login-needed", /have expired/, /renew the access keys/],
  [{ name: "UnrecognizedClientException" }, "login-denied", /does not know the access key/, /Log in again/],
  [{ name: "InvalidClientTokenId" }, "login-denied", /does not know the access key/, /Log in again/],
  [
    { name: "SignatureDoesNotMatch", message: "differs" },
    "login-denied",
    /signature: differs/,
    /AWS_SECRET_ACCESS_KEY/,
  ],
  [
    { name: "RequestTimeTooSkewed", date: "Fri, 02 Jan 2026 05:00:00 GMT" },
    "login-denied",
    /this machine's clock says 2026-01-02T03:04:05Z, AWS's says 2026-01-02T05:00:00Z/,
    /clock/,
  ],
  [
    { name: "InvalidSignatureException", message: "Signature expired: X is now earlier than Y" },
    "login-denied",
    /the signature is off: Signature expired: X/,
    /clock/,
  ],
  [
    { name: "ThrottlingException", status: 400, attempts: 5 },
    "eks-describe",
    /throttled the call \(ThrottlingException\), 5 times/,
    /AWS_MAX_ATTEMPTS/,
  ],
  [{ name: "Odd", status: 429 }, "eks-describe", /throttled/, /Wait/],
  [
    { name: "ServerException", status: 503, attempts: 5 },
    "eks-describe",
    /ServerException \(status 503\), 5 times: no/,
    /^Try again in a minute/,
  ],
  [{ name: "SyntaxError", status: 200 }, "eks-describe", /cannot be parsed.*captive portal/, /HTTPS_PROXY/],
  [
    { name: "OptInRequired", message: "a\n\u001b[31mb" },
    "eks-describe",
    /OptInRequired \(status 400\): a \[31mb/,
    /^$/,
  ],
];

for (const [answered, code, message, hint] of answers) {
  Deno.test(`AWS says ${answered.name} ${answered.message ?? ""}: ${code}`, async () => {
    const found = await failure(sdkError(answered));
    assert.equal(found.code, code);
    assert.match(found.message, /^Cannot describe EKS cluster "dev": /);
    assert.match(found.message, message);
    assert.match(renderRemedy({}, found), hint);
  });
}

const ARN = "arn:aws:iam::123456789012:user/dev";

Deno.test("a denial names principal, action and resource from AWS's message", async () => {
  const message = `User: ${ARN} is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:us-east-2:` +
    "123456789012:cluster/dev because no identity-based policy allows the eks:DescribeCluster action";
  const found = await failure(sdkError({ name: "AccessDeniedException", message, status: 403 }));
  assert.equal(found.code, "aws-denied");
  assert.deepEqual(found.facts, { principal: ARN, action: "eks:DescribeCluster" });
  assert.match(
    found.message,
    /may not perform eks:DescribeCluster on arn:aws:eks:\S+:cluster\/dev because no identity/,
  );
});

Deno.test("a denial that does not say who asks AWS", async () => {
  const denied = sdkError({ name: "AccessDenied", message: "Access Denied" });
  const found = await failure(denied, () => Promise.resolve(ARN));
  assert.match(
    found.message,
    /arn:aws:iam::123456789012:user\/dev may not perform eks:DescribeCluster \(Access Denied\)/,
  );
  const unknown = await failure(denied, () => Promise.resolve(undefined));
  assert.match(unknown.message, /these credentials may not perform/);
});

const PROXY = { variable: "HTTPS_PROXY", address: "http://p:1" };

const network: readonly (readonly [NetError, string, RegExp, RegExp])[] = [
  [new NetError("refused", "h:1", "connection refused"), "unreachable", /h:1: connection refused/, /HTTPS_PROXY/],
  [new NetError("dns", "eks.x:443", "no such name"), "unreachable", /eks\.x:443/, /eks\.x is not known/],
  [new NetError("reset", "h:1", "the response was cut off"), "unreachable", /cut off/, /network/],
  [new NetError("tls", "h:1", "not trusted"), "unreachable", /not trusted/, /AWS_CA_BUNDLE/],
  [new NetError("other", "h:1", "odd"), "unreachable", /odd/, /network/],
  [new NetError("timeout", "h:1", "no response in time"), "timeout", /no response in time/, /network/],
  [new NetError("aborted", "h:1", "stopped"), "interrupted", /stopped/, /network/],
  [
    new NetError("not-allowed", "h:1", "this program may not connect to h:1", { remedy: "Allow h." }),
    "host-not-allowed",
    /: this program may not connect to h:1$/,
    /^Allow h\.$/,
  ],
  [
    new NetError("refused", "h:1", "connection refused", { proxy: PROXY }),
    "unreachable",
    /: proxy http:\/\/p:1 of HTTPS_PROXY: connection refused/,
    /unset HTTPS_PROXY, or add h to NO_PROXY/,
  ],
  [
    new NetError("timeout", "h:1", "no response in time", { proxy: PROXY }),
    "timeout",
    /: h:1: no response in time, through proxy http:\/\/p:1 of HTTPS_PROXY/,
    /NO_PROXY/,
  ],
  [
    new NetError("bad-proxy", "h:1", "it is not the URL of a proxy", { proxy: PROXY }),
    "config-invalid",
    /: proxy http:\/\/p:1 of HTTPS_PROXY: it is not the URL of a proxy/,
    /unset HTTPS_PROXY/,
  ],
];

for (const [error, code, message, hint] of network) {
  Deno.test(`a network failure of kind ${error.kind}: ${code}`, async () => {
    const found = await failure(Object.assign(error, { $metadata: { attempts: 3 } }));
    assert.equal(found.code, code);
    assert.match(found.message, message);
    assert.match(renderRemedy({}, found), hint);
    assert.equal(/3 attempts/.test(found.message), error.kind !== "not-allowed");
  });
}

Deno.test("a signature that an endpoint of one's own rejects says nothing about the keys", async () => {
  const error = sdkError({ name: "InvalidSignatureException", message: "Credential should be scoped to x" });
  const endpoint = "http://me:canary@h:1/sub/?canary";
  const context = { doing: "call", action: "a", otherwise: "eks-describe", profile: "p", endpoint } as const;
  const found = await awsFailure(awsHost(), { error, ...context });
  assert.equal(found.code, "login-denied");
  assert.equal(
    found.message,
    "Cannot call: endpoint http://h:1/sub/ rejected the signature: Credential should be scoped to x",
  );
  assert.match(renderRemedy({}, found), /^Check AWS_ENDPOINT_URL or endpoint_url/);
});

Deno.test("an error answer that is cut is no refusal", async () => {
  for (
    const error of [
      new SyntaxError("Unterminated string in JSON"),
      new TypeError("x is undefined"),
      new Error("unexpected end of input"),
    ]
  ) {
    const cut = Object.assign(error, { $metadata: { httpStatusCode: 400 } });
    const denied = { error: cut, doing: "log in", action: "sso-oauth:CreateToken", profile: "prod" };
    const { code, message } = await awsFailure(awsHost({ now: NOW }), { ...denied, otherwise: "login-denied" });
    assert.deepEqual([code, message.includes("Error")], ["unreachable", false]);
  }
});

Deno.test("an HTML page is told as one", async () => {
  const found = await failure(new UnexpectedAnswer({ host: "h", status: 200, found: "an HTML page" }));
  assert.equal(found.code, "eks-describe");
  assert.match(found.message, /an HTML page with status 200 from h; is a proxy or captive portal in between\?/);
});

Deno.test("an error that is told already stays as it is; any other thing thrown is told too", async () => {
  const told = new AppError("usage", "x");
  assert.equal(await failure(told), told);
  assert.match((await failure("text")).message, /text/);
  assert.equal(renderParts({}, loginHint("default")), "Log in again: aws sso login, or renew the access keys");
});

Deno.test("an answer without what it must have is told in one line", async () => {
  const given = { doing: "do it", action: "sts:X", otherwise: "login-denied", profile: "default" } as const;
  const error = new UnusableAnswer("contains no credentials");
  const found = await awsFailure(awsHost(), { ...given, error });
  assert.deepEqual([found.code, found.message], [
    "login-denied",
    "Cannot do it: the response to sts:X contains no credentials",
  ]);
  assert.match(renderRemedy({}, found), /^Try again in a minute/);
  const elsewhere = await awsFailure(awsHost(), { ...given, error, endpoint: "http://local" });
  assert.match(renderRemedy({}, elsewhere), /AWS_ENDPOINT_URL or endpoint_url/);
});

Deno.test("what to do about refused credentials is that of their source where it is known", async () => {
  const given = { doing: "do it", action: "sts:X", otherwise: "login-denied", profile: "p" } as const;
  for (const name of ["ExpiredToken", "InvalidClientTokenId"]) {
    const error = Object.assign(new Error("no"), { name });
    assert.equal(renderRemedy({}, await awsFailure(awsHost(), { ...given, error, renewal: "Do this" })), "Do this");
  }
});
