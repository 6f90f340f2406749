import { deepEqual, equal, match } from "node:assert/strict";
import type { StandinOptions } from "../support/standin/world.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig"];
const LOGIN = ["auth", "login", "platform-admin"];
const MORE = `auth:
  providers:
    other: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://other.awsapps.com/start"}
  identities:
    reader: {kind: aws/permission-set, via: {provider: other}, principal: {name: Reader, account: {id: "123456789012"}}}
  integrations:
    half/eks: {kind: aws/eks, via: {identity: platform-admin}, spec: {cluster: {name: half}}}
    r/eks: {kind: aws/eks, via: {identity: reader}, spec: {auto_provision: false, cluster: {name: dev-cluster, region: us-east-2, alias: r}}}
    none/eks: {kind: aws/eks, via: {identity: platform-admin}, spec: {auto_provision: false, cluster: {name: nowhere, region: us-east-2}}}
`;

async function ready(options: StandinOptions = {}): Promise<LoginWorld> {
  const world = await multiCluster({ more: MORE, ...options });
  equal((await world.run([...LOGIN, "--no-integrations"])).status, 0);
  return world;
}

/** The errors, in order. */
function errors(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^Error: (\S+): /gm)].map((found) => found[1]!);
}

Deno.test("update-kubeconfig of several: each failure says whose it is, in the order that was asked for", async () => {
  await using world = await ready();
  const names = ["prod/eks", "r/eks", "half/eks", "dev/eks", "none/eks"];
  const { status, stderr } = await world.run([...UPDATE, ...names], NOBODY);
  equal(status, 4, "as the first that failed");
  deepEqual(errors(stderr), ["r/eks", "half/eks", "none/eks"]);
  match(stderr, /^Error: r\/eks: Cannot use the SSO session of .*\nHint: .*auth login reader$/m);
  match(
    stderr,
    /^Error: half\/eks: \S+team\.yaml:7:\d+: Cannot use integration "half\/eks": auth\.[^:]*: missing: .*\nHint: /m,
  );
  match(stderr, /^Error: none\/eks: Cannot describe EKS cluster "nowhere": .*\nHint: Available: dev-cluster$/m);
  const other = await world.run([...UPDATE, "none/eks", "r/eks"], NOBODY);
  deepEqual([other.status, errors(other.stderr)], [5, ["none/eks", "r/eks"]]);
  const all = await world.run([...UPDATE, "--all", "--dry-run"], NOBODY);
  deepEqual(errors(all.stderr), ["half/eks", "r/eks", "none/eks"]);
});

Deno.test("update-kubeconfig --output json: a row for each that was asked for, failures with code, message and hint", async () => {
  await using world = await ready();
  const args = [...UPDATE, "none/eks", "dev/eks", "half/eks", "--output", "json"];
  const rows = JSON.parse((await world.run(args, NOBODY)).stdout);
  deepEqual(rows[0], {
    integration: "none/eks",
    identity: "platform-admin",
    action: "failed",
    error: {
      code: "eks-cluster-not-found",
      message: 'Cannot describe EKS cluster "nowhere": there is no such cluster in us-east-2; ' +
        'credentials: identity "platform-admin" (of integration "none/eks"), account 123456789012, ' +
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_PlatformAdmin/dev",
      hint: "Available: dev-cluster",
    },
  });
  deepEqual([rows[1].integration, rows[1].context, rows[1].error], ["dev/eks", "dev", null]);
  deepEqual([rows[2].integration, rows[2].identity, rows[2].error.code], ["half/eks", null, "config-invalid"]);
  const dry = JSON.parse((await world.run([...args, "--dry-run"], NOBODY)).stdout);
  deepEqual(dry.map((row: Record<string, unknown>) => [row["action"], row["dryRun"]]), [
    ["failed", true],
    ["unchanged", true],
    ["failed", true],
  ]);
});

Deno.test("update-kubeconfig of several: a file that cannot be edited is told for each of them, with its place", async () => {
  await using world = await ready();
  world.home.write(KUBECONFIG, "clusters: {\n");
  const { status, stderr } = await world.run([...UPDATE, "dev/eks", "staging/eks"], NOBODY);
  equal(status, 6);
  deepEqual(errors(stderr), ["dev/eks", "staging/eks"]);
  match(stderr, /^Error: staging\/eks: \/\S+\/kube\/config:2:1: Cannot edit kubeconfig /m);
  const login = await world.run(LOGIN, NOBODY);
  match(
    login.stderr,
    /^Warning: staging\/eks: \/\S+\/kube\/config:2:1: Cannot edit kubeconfig .*\nHint: .* choose another one with spec\.cluster\.kubeconfig\.path in atmos\.yaml\.$/m,
  );
});

const DENIED = { error: { status: 403, code: "AccessDeniedException" } };
const EXPIRED = { error: { status: 403, code: "ExpiredTokenException" } };

Deno.test("hints of an integration that failed name what can be typed or changed there", async () => {
  await using world = await ready({ faults: { DescribeCluster: [DENIED, DENIED, EXPIRED] } });
  const denied = await world.run([...UPDATE, "dev/eks"], NOBODY);
  match(denied.stderr, /\nHint: Use another identity \(--identity NAME\), or have eks:DescribeCluster allowed\n/);
  match(
    denied.stderr,
    /\nHint: Integration "r\/eks" has a cluster of that name in us-east-2 as "reader": .* r\/eks\n$/,
  );
  const login = await world.run([...LOGIN], NOBODY);
  match(login.stderr, /^Warning: \S+: .*\nHint: Use another identity \(via\.identity in atmos\.yaml\), or /m);
  match(login.stderr, /\nHint: Log in again: atmos auth login platform-admin --force\n/);
});

Deno.test("hints of names that are taken: a flag for one, the setting for several and for a login", async () => {
  await using world = await ready();
  const other =
    "clusters: [{name: o, cluster: {server: https://x}}]\ncontexts:\n- {name: dev, context: {cluster: o, user: u}}\n";
  world.home.write(KUBECONFIG, other);
  const hint = async (args: readonly string[]) => {
    const { stderr } = await world.run(args, NOBODY);
    return /Cannot use context name "dev".*\nHint: (.*)\n/.exec(stderr)?.[1];
  };
  const setting = "Choose another name with spec.cluster.alias in atmos.yaml";
  equal(await hint([...UPDATE, "dev/eks"]), "Choose another name with --alias NAME");
  equal(await hint([...UPDATE, "dev/eks", "staging/eks"]), setting);
  equal(await hint(LOGIN), setting);
});
