import assert from "node:assert/strict";
import { describeCluster, listClusters } from "../../src/aws/eks/eks.ts";
import { assumeRole, getCallerIdentity } from "../../src/aws/sts/sts.ts";
import type { AppError, ErrorCode } from "../../src/errors.ts";
import { NetError } from "../../src/host/net/net_error.ts";
import { access, type AccessOptions, realHost } from "../support/standin/access.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { CA_DATA, cluster } from "../support/standin/clusters.ts";
import type { FaultSpec } from "../support/standin/faults.ts";
import { EXPIRED_KEY, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const host = realHost();

Deno.test("describeCluster gives what a kubeconfig needs", async () => {
  await using standin = await startStandin({ clusters: [cluster("dev-cluster"), cluster("out", { id: "5b6c7d" })] });
  const found = await describeCluster(host, { ...access(standin, { key: SESSION_KEY }), name: "dev-cluster" });
  assert.deepEqual(found, {
    name: "dev-cluster",
    arn: "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster",
    endpoint: "https://EXAMPLE0123456789.gr7.us-east-2.eks.amazonaws.com",
    certificateAuthorityData: CA_DATA,
    status: "ACTIVE",
    region: "us-east-2",
    account: "123456789012",
  });
  assert.equal((await describeCluster(host, { ...access(standin), name: "out" })).id, "5b6c7d");
  assert.equal(standin.calls[0]?.principal, SESSION_KEY.principal);
  assert.match(standin.calls[0]?.userAgent ?? "", /app\/atmos/);
});

Deno.test("listClusters goes through every page", async () => {
  const names = ["a", "b", "c", "d", "e"];
  await using standin = await startStandin({ clusters: names.map((name) => cluster(name)), pageSize: 2 });
  assert.deepEqual(await listClusters(host, access(standin)), names);
  assert.equal(standin.calls.length, 3);
});

Deno.test("assumeRole gives keys that work, under the session name of the AWS CLI", async () => {
  await using standin = await startStandin({ expects: ["AssumeRole", "GetCallerIdentity"] });
  const roleArn = "arn:aws:iam::123456789012:role/reader";
  const got = await assumeRole(host, { ...access(standin), roleArn, sessionName: "EKSDescribeClusterSession" });
  assert.ok(got.sessionToken && got.expiration! > Date.now());
  const who = await getCallerIdentity(host, { ...access(standin), credentials: got });
  assert.equal(who.arn, "arn:aws:sts::123456789012:assumed-role/reader/EKSDescribeClusterSession");
  standin.assertDone();
});

interface Case {
  readonly says: string;
  readonly standin?: StandinOptions;
  readonly access?: AccessOptions;
  readonly name?: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  readonly hint?: RegExp;
  /** Actions of all calls, in order. */
  readonly calls: readonly string[];
}

const D = "DescribeCluster";
const fault = (...specs: FaultSpec[]): StandinOptions => ({ faults: { [D]: specs } });
const denial = `User: ${USER_KEY.principal} is not authorized to perform: eks:DescribeCluster on resource: arn:x`;

const cases: readonly Case[] = [
  {
    says: "a cluster that does not exist",
    name: "dev-clster",
    code: "eks-cluster-not-found",
    message: /there is no such cluster in us-east-2/,
    hint: /Did you mean "dev-cluster"/,
    calls: [D, "GetCallerIdentity", "ListClusters"],
  },
  {
    says: "a cluster that is not there, and no right to list",
    standin: { faults: { ListClusters: [{ error: { status: 403, code: "AccessDeniedException" } }] } },
    name: "x",
    code: "eks-cluster-not-found",
    message: /no such cluster/,
    hint: /aws eks list-clusters/,
    calls: [D, "GetCallerIdentity", "GetCallerIdentity", "ListClusters"],
  },
  {
    says: "a cluster in another region",
    access: { region: "eu-west-1" },
    code: "eks-cluster-not-found",
    message: /in eu-west-1/,
    hint: /no clusters in eu-west-1/,
    calls: [D, "GetCallerIdentity", "ListClusters"],
  },
  {
    says: "a denial",
    standin: fault({ error: { status: 403, code: "AccessDeniedException", message: denial } }),
    code: "aws-denied",
    message: /arn:aws:iam::123456789012:user\/dev may not perform eks:DescribeCluster on arn:x/,
    calls: [D],
  },
  {
    says: "a denial that does not say who",
    standin: fault({ error: { status: 403, code: "AccessDeniedException", message: "no" } }),
    code: "aws-denied",
    message: /arn:aws:iam::123456789012:user\/dev may not perform eks:DescribeCluster \(no\)/,
    calls: [D, "GetCallerIdentity"],
  },
  {
    says: "expired credentials",
    access: { key: EXPIRED_KEY },
    code: "login-needed",
    message: /have expired/,
    hint: /aws sso login/,
    calls: [D],
  },
  {
    says: "an unknown key",
    access: { key: { ...USER_KEY, accessKeyId: "AKIANOBODY" } },
    code: "login-denied",
    message: /does not know the access key/,
    calls: [D],
  },
  {
    says: "a wrong secret",
    access: { key: { ...USER_KEY, secretAccessKey: "canary" } },
    code: "login-denied",
    message: /endpoint http:\/\/127\.0\.0\.1:\d+\/ rejected the signature/,
    hint: /AWS_SECRET_ACCESS_KEY/,
    calls: [D],
  },
  {
    says: "throttling to the end",
    standin: fault({ error: { status: 429, code: "TooManyRequestsException" }, times: 3 }),
    code: "eks-describe",
    message: /throttled the call \(TooManyRequestsException\), 3 times/,
    calls: [D, D, D],
  },
  {
    says: "a server that stays broken",
    standin: fault({ error: { status: 500, code: "ServerException" }, times: 3 }),
    code: "eks-describe",
    message: /ServerException \(status 500\), 3 times/,
    calls: [D, D, D],
  },
  {
    says: "a captive portal",
    standin: fault({ page: { status: 200 } }),
    code: "eks-describe",
    message: /an HTML page with status 200 from 127\.0\.0\.1; is a proxy or captive portal/,
    calls: [D],
  },
  {
    says: "JSON that stops in the middle",
    standin: fault({ body: '{"cluster": {"name": "dev' }),
    code: "eks-describe",
    message: /cannot be parsed/,
    calls: [D],
  },
  {
    says: "an answer without a cluster",
    standin: fault({ body: "{}" }),
    code: "eks-describe",
    message: /contains no cluster/,
    calls: [D],
  },
  {
    says: "answers that break off",
    standin: fault({ cut: true, times: 3 }),
    code: "unreachable",
    message: /the response was cut off \(3 attempts\)/,
    calls: [D, D, D],
  },
  {
    says: "connections that are cut",
    standin: fault({ reset: true, times: 3 }),
    code: "unreachable",
    message: /the connection was cut \(3 attempts\)/,
    calls: [D, D, D],
  },
  {
    says: "a cluster that is not ready",
    standin: { clusters: [cluster("dev-cluster", { status: "CREATING" })] },
    code: "eks-describe",
    message: /its status is CREATING/,
    hint: /aws eks wait/,
    calls: [D],
  },
  {
    says: "a clock that is off and cannot be corrected",
    standin: { skewMs: 3_600_000, noDate: true },
    code: "login-denied",
    message: /the signature is off: Signature expired/,
    hint: /clock/,
    calls: [D, D, D],
  },
  {
    says: "a name that EKS would not take",
    name: "../admin",
    code: "usage",
    message: /cluster name/,
    calls: [],
  },
];

for (const one of cases) {
  Deno.test(`describeCluster: ${one.says}: ${one.code}`, async () => {
    await using standin = await startStandin(one.standin ?? {});
    const call = describeCluster(host, { ...access(standin, one.access), name: one.name ?? "dev-cluster" });
    await assert.rejects(call, (error: AppError) => {
      assert.equal(error.code, one.code, error.message);
      assert.match(error.message, one.message);
      assert.match(renderRemedy({}, error), one.hint ?? /^/);
      assert.ok(!`${error.message}${renderRemedy({}, error)}`.includes("canary"));
      return true;
    });
    // Who asked and what there is instead are asked for at once.
    assert.deepEqual(standin.calls.map((call) => call.action).toSorted(), one.calls.toSorted());
    assert.equal(standin.calls[0]?.action, one.calls[0]);
    standin.assertDone();
  });
}

const recovered: readonly (readonly [string, StandinOptions])[] = [
  ["throttled twice", fault({ error: { status: 429, code: "ThrottlingException" }, times: 2 })],
  ["a load balancer's page", fault({ page: { status: 503 } })],
  ["a cut connection", fault({ reset: true })],
  ["a broken off answer", fault({ cut: true })],
  ["a clock an hour off that the answer's date corrects", { skewMs: 3_600_000 }],
  ["a slow answer", fault({ delayMs: 200 })],
];

for (const [says, options] of recovered) {
  Deno.test(`describeCluster gets over ${says}`, async () => {
    await using standin = await startStandin(options);
    assert.equal((await describeCluster(host, { ...access(standin), name: "dev-cluster" })).status, "ACTIVE");
    standin.assertDone();
  });
}

Deno.test("a role that may not be assumed", async () => {
  const message = `User: ${USER_KEY.principal} is not authorized to perform: sts:AssumeRole on resource: arn:r`;
  const denied = [{ error: { status: 403, code: "AccessDenied", message } }];
  await using standin = await startStandin({ faults: { AssumeRole: denied } });
  const roleArn = "arn:aws:iam::123456789012:role/admin";
  await assert.rejects(assumeRole(host, { ...access(standin), roleArn, sessionName: "test" }), {
    code: "aws-denied",
    message: /Cannot assume role "\S+": \S+user\/dev may not perform sts:AssumeRole on arn:r/,
  });
});

Deno.test("an endpoint that refuses connections is told, with how often it was tried", async () => {
  const standin = await startStandin();
  await standin.close();
  const settings = { maxAttempts: 5 };
  await assert.rejects(describeCluster(host, { ...access(standin, { settings }), name: "dev-cluster" }), {
    code: "unreachable",
    message: /127\.0\.0\.1:\d+: connection refused \(5 attempts\)/,
  });
});

const HOSTS: readonly (readonly [string, AccessOptions["settings"], string])[] = [
  ["us-east-2", {}, "https://eks.us-east-2.amazonaws.com/clusters/dev"],
  ["us-east-2", { fips: true }, "https://fips.eks.us-east-2.amazonaws.com/clusters/dev"],
  ["us-east-2", { dualstack: true }, "https://eks.us-east-2.api.aws/clusters/dev"],
  ["us-gov-west-1", { fips: true }, "https://eks.us-gov-west-1.amazonaws.com/clusters/dev"],
  ["cn-north-1", {}, "https://eks.cn-north-1.amazonaws.com.cn/clusters/dev"],
];

for (const [region, settings, url] of HOSTS) {
  Deno.test(`without a configured endpoint the call goes to ${url}`, async () => {
    const asked: string[] = [];
    const fetch = (request: { readonly url: string }) => {
      asked.push(request.url);
      return Promise.reject(new NetError("tls", "x:443", "stopped here"));
    };
    const to = access({ url: "" }, { region, settings: { endpoints: {}, ...settings } });
    await assert.rejects(describeCluster({ ...host, net: { fetch } }, { ...to, name: "dev" }), { code: "unreachable" });
    assert.deepEqual(asked, [url]);
  });
}
