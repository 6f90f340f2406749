import assert from "node:assert/strict";
import { startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import type { FaultSpec } from "../support/standin/faults.ts";
import { EXPIRED_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";
import { DEV, runEks, UPDATE } from "../support/runs/eks_run.ts";
import { tempHome } from "../support/machine/temp_home.ts";

interface Case {
  readonly args?: readonly string[];
  readonly key?: StandinKey;
  readonly env?: Readonly<Record<string, string>>;
  /** Faults of DescribeCluster. */
  readonly faults?: readonly FaultSpec[];
  readonly status: number;
  /** The two lines: `Error: …` and `Hint: …`. */
  readonly error: RegExp;
  readonly hint: RegExp;
}

const CLUSTERS = [
  cluster("dev-cluster"),
  cluster("prod-cluster"),
  cluster("creating", { status: "CREATING" }),
  cluster("failed", { status: "FAILED" }),
  cluster("deleting", { status: "DELETING" }),
  cluster("no-ca", { certificateAuthority: {} }),
  cluster("no-endpoint", { endpoint: "" }),
  cluster("other", { arn: "arn:aws:eks:us-east-2:123456789012:cluster/prod-cluster" }),
  cluster("elsewhere", { arn: "arn:aws:eks:eu-west-1:123456789012:cluster/elsewhere" }),
  cluster("user", { endpoint: "https://user:password@x.example" }),
];
const named = (name: string) => [...UPDATE, "--region", "us-east-2", "--name", name];

const CASES: Readonly<Record<string, Case>> = {
  "no cluster": { args: UPDATE, status: 2, error: /no cluster was given/, hint: /--name CLUSTER --region REGION/ },
  "no region": { args: [...UPDATE, "--name", "dev-cluster"], status: 2, error: /no region/, hint: /--region/ },
  "a bad name": { args: named("../x"), status: 2, error: /"\.\.\/x"/, hint: /./ },
  "a bad region": {
    args: [...UPDATE, "--name", "a", "--region", "evil.com/"],
    status: 2,
    error: /"evil\.com\/"/,
    hint: /./,
  },
  "a region that smuggles a host": {
    args: [...UPDATE, "--name", "a", "--region", "x@evil.com#"],
    status: 2,
    error: /region/,
    hint: /./,
  },
  "a bad role": { args: [...DEV, "--role-arn", "admin"], status: 2, error: /"admin"/, hint: /arn:aws:iam::/ },
  "a bad namespace": {
    args: [...DEV, "--namespace", "Bad_NS"],
    status: 2,
    error: /Cannot use --namespace "Bad_NS"/,
    hint: /--namespace NAME/,
  },
  "a list of kubeconfigs": {
    args: [...DEV, "--kubeconfig", "/nowhere/a:/nowhere/b"],
    status: 6,
    error: /"\/nowhere\/a:\/nowhere\/b": it is a list, and no file has that name/,
    hint: /--kubeconfig PATH or ATMOS_KUBECONFIG=PATH/,
  },
  "a list of kubeconfigs in the environment, before AWS is asked": {
    args: [...DEV, "--dry-run"],
    env: { ATMOS_KUBECONFIG: "/nowhere/a:/nowhere/b", AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
    status: 6,
    error: /it is a list/,
    hint: /ATMOS_KUBECONFIG=PATH/,
  },
  "a line break in an alias": {
    args: [...DEV, "--alias", "a\nb"],
    status: 2,
    error: /"a\\nb": .*break/,
    hint: /--alias/,
  },
  "an escape in a user's name": {
    args: [...DEV, "--user-alias", "a\x1b[31m"],
    status: 2,
    error: /--user-alias "a\\u001b\[31m"/,
    hint: /./,
  },
  "a missing profile": {
    args: [...DEV, "--profile", "nope"],
    status: 2,
    error: /profile "nope"/,
    hint: /aws configure/,
  },
  "an unknown flag": {
    args: [...UPDATE, "--regoin", "x"],
    status: 2,
    error: /^Error: Unknown flag --regoin$/,
    hint: /--region/,
  },
  "flags that exclude each other": {
    args: [...DEV, "--integration", "x"],
    status: 2,
    error: /--name.*--integration|--integration.*--name/,
    hint: /./,
  },
  "a bad choice": { args: [...DEV, "--update", "upsert"], status: 2, error: /upsert/, hint: /merge.*replace.*error/ },
  "an integration": {
    args: [...UPDATE, "dev/eks"],
    status: 2,
    error: /"dev\/eks": no atmos.yaml was found/,
    hint: /--name/,
  },
  "a configuration that is not there": {
    args: [...DEV, "--config", "/nowhere/atmos.yaml"],
    status: 2,
    error: /"\/nowhere\/atmos\.yaml": it does not exist/,
    hint: /--config/,
  },
  "a device as the file": {
    args: [...DEV, "--kubeconfig", "/dev/null"],
    status: 6,
    error: /"\/dev\/null": it is a pipe, a socket or a device/,
    hint: /./,
  },
  "an unknown cluster": {
    args: named("dev-clutser"),
    status: 5,
    error: /"dev-clutser".*us-east-2/,
    hint: /dev-cluster/,
  },
  "a cluster being made": { args: named("creating"), status: 5, error: /its status is CREATING/, hint: /aws eks wait/ },
  "a failed cluster": { args: named("failed"), status: 5, error: /its status is FAILED/, hint: /^$/ },
  "a cluster being deleted": { args: named("deleting"), status: 5, error: /its status is DELETING/, hint: /^$/ },
  "no certificate authority": { args: named("no-ca"), status: 5, error: /no certificate authority/, hint: /^$/ },
  "no endpoint": { args: named("no-endpoint"), status: 5, error: /no API endpoint/, hint: /^$/ },
  "an answer about another cluster": { args: named("other"), status: 5, error: /about another cluster/, hint: /proxy/ },
  "an answer from another region": {
    args: named("elsewhere"),
    status: 5,
    error: /region is "eu-west-1"/,
    hint: /proxy/,
  },
  "an endpoint with a user": { args: named("user"), status: 5, error: /API endpoint is more than/, hint: /proxy/ },
  "expired credentials": {
    key: EXPIRED_KEY,
    status: 4,
    error: /expired/,
    hint: /^Renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN/,
  },
  "an unknown key": {
    key: { ...USER_KEY, accessKeyId: "AKIANOBODYEXAMPLE" },
    status: 4,
    error: /access key/,
    hint: /./,
  },
  "a wrong secret": { key: { ...USER_KEY, secretAccessKey: "wrong" }, status: 4, error: /signature/, hint: /secret/ },
  "no credentials": {
    key: { ...USER_KEY, accessKeyId: "", secretAccessKey: "" },
    status: 4,
    error: /credentials/,
    hint: /./,
  },
  "access denied": {
    faults: [{
      error: {
        status: 403,
        code: "AccessDeniedException",
        message:
          "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: eks:DescribeCluster on resource: x",
      },
    }],
    status: 5,
    error: /arn:aws:iam::123456789012:user\/dev.*eks:DescribeCluster/,
    hint: /./,
  },
  "throttled to the end": {
    env: { AWS_MAX_ATTEMPTS: "2" },
    faults: [{ error: { status: 429, code: "TooManyRequestsException" }, times: 2 }],
    status: 5,
    error: /throttled.*2 times/,
    hint: /AWS_MAX_ATTEMPTS/,
  },
  "an HTML page": {
    env: { AWS_MAX_ATTEMPTS: "1" },
    faults: [{ page: { status: 200 } }],
    status: 5,
    error: /HTML/,
    hint: /./,
  },
  "half an answer": {
    env: { AWS_MAX_ATTEMPTS: "1" },
    faults: [{ cut: true }],
    status: 7,
    error: /dev-cluster/,
    hint: /./,
  },
  "nobody there": {
    env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" },
    status: 7,
    error: /127\.0\.0\.1:9/,
    hint: /./,
  },
  "no TLS there": { env: { TLS: "1", AWS_MAX_ATTEMPTS: "1" }, status: 7, error: /TLS/i, hint: /./ },
  "a host that is not allowed": {
    env: { AWS_ENDPOINT_URL: "https://eks.example.test", AWS_MAX_ATTEMPTS: "1" },
    status: 7,
    error: /eks\.example\.test/,
    hint: /--allow-host eks\.example\.test/,
  },
};

const SET_UP = "Hint: Set up a login and your clusters: atmos auth init";
/** What a login would help with says so beside the rest. */
const WITHOUT_LOGIN = ["an integration", "no credentials"];

for (const [what, wanted] of Object.entries(CASES)) {
  Deno.test(`bad input: ${what}`, async () => {
    await using aws = await startStandin({
      clusters: CLUSTERS,
      ...(wanted.faults ? { faults: { DescribeCluster: wanted.faults } } : {}),
    });
    using home = tempHome();
    const env = wanted.env?.["TLS"] === undefined
      ? wanted.env
      : { ...wanted.env, AWS_ENDPOINT_URL: aws.url.replace("http:", "https:") };
    const run = await runEks(
      { home, aws, ...(wanted.key ? { key: wanted.key } : {}), ...(env ? { env } : {}) },
      wanted.args ?? DEV,
    );
    const [error = "", ...hints] = run.stderr.trimEnd().split("\n");
    const [hint = "", ...rest] = hints.filter((line) => line !== SET_UP);
    assert.equal(run.status, wanted.status, run.stderr);
    assert.equal(run.stdout, "");
    // A word that is unknown is no failure of something that was begun.
    assert.match(error, what === "an unknown flag" ? /^Error: Unknown flag / : /^Error: Cannot /);
    assert.match(error, wanted.error);
    assert.match(hint.replace(/^Hint: /, ""), wanted.hint);
    assert.deepEqual(rest, [], "more than two lines");
    assert.equal(hints.includes(SET_UP), WITHOUT_LOGIN.includes(what), run.stderr);
    assert.ok(!/--allow-(net|read|env|sys|run)|at .*\.ts:\d/.test(run.stderr), "the runtime's own words");
    assert.deepEqual(home.files(), []);
  });
}

Deno.test("a kubeconfig that cannot be edited is left as it is, the place is named", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const path = home.write("k", "clusters:\n\t- name: a\n");
  const run = await runEks({ home, aws }, [...DEV, "--kubeconfig", path]);
  assert.equal(run.status, 6);
  assert.ok(run.stderr.includes(`${path}:2:1`), run.stderr);
  assert.match(run.stderr, /The file was not changed/);
  assert.equal(home.read("k"), "clusters:\n\t- name: a\n");
  assert.ok(home.files().every((file) => file === "k" || file.endsWith(".atmos-lock")), home.files().join());
});

Deno.test("without HOME a kubeconfig must be named", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const run = await runEks({ home, aws, env: { HOME: "" } }, DEV);
  assert.equal(run.status, 6);
  assert.match(run.stderr, /^Error: Cannot determine the kubeconfig's place: HOME is not set\nHint: .*--kubeconfig/);
});
