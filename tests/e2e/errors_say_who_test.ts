import { equal, match, ok } from "node:assert/strict";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";

const ACCOUNT = "123456789012";
const REGISTRY = `${ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`;
const INTEGRATIONS = `  integrations:
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
    images: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "${ACCOUNT}", region: us-east-2}}}
`;
const HERE = ["--region", "us-east-2"];
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", ...HERE];
const UPDATE = ["aws", "eks", "update-kubeconfig"];

interface Call {
  readonly action: string;
  readonly args: readonly string[];
  readonly identity?: string;
}

/** Every call to AWS that a command makes as an identity, in each command that makes it. */
const CALLS: readonly Call[] = [
  { action: "GetRoleCredentials", args: ["auth", "login", "Dev", "--force", "--no-integrations"] },
  { action: "AssumeRole", args: ["auth", "login", "deploy", "--no-integrations"], identity: "deploy" },
  { action: "AssumeRole", args: ["auth", "exec", "-i", "deploy", "--", "true"], identity: "deploy" },
  { action: "AssumeRole", args: ["auth", "env", "deploy", "--login"], identity: "deploy" },
  { action: "AssumeRole", args: [...TOKEN, "-i", "deploy"], identity: "deploy" },
  { action: "AssumeRole", args: [...TOKEN, "-i", "Dev", "--role-arn", `arn:aws:iam::${ACCOUNT}:role/x`] },
  { action: "ListClusters", args: ["aws", "eks", "list", ...HERE] },
  { action: "DescribeCluster", args: ["aws", "eks", "list", ...HERE] },
  { action: "ListClusters", args: [...UPDATE, "--discover", ...HERE] },
  { action: "DescribeCluster", args: [...UPDATE, "--discover", ...HERE] },
  { action: "DescribeCluster", args: [...UPDATE, "--name", "dev-cluster", ...HERE] },
  { action: "DescribeCluster", args: [...UPDATE, "dev/eks"] },
  { action: "DescribeCluster", args: ["auth", "login", "Dev", "--force"] },
  { action: "GetAuthorizationToken", args: ["auth", "login", "Dev", "--force"] },
  { action: "GetAuthorizationToken", args: ["aws", "ecr", "login", "images"] },
  { action: "GetAuthorizationToken", args: ["aws", "ecr", "login", "--registry", REGISTRY] },
  { action: "GetCallerIdentity", args: ["auth", "whoami", "Dev"] },
];

const FAULTS = {
  "denied": { status: 403, code: "AccessDeniedException", message: "no" },
  "invalid": { status: 400, code: "InvalidClientTokenId", message: "unknown" },
} as const;

async function worldWithIntegrations(): Promise<LoginWorld> {
  const world = await loginWorld({ config: CONFIG + INTEGRATIONS, clusters: [cluster("dev-cluster")] });
  equal((await world.run(["auth", "login", "--no-integrations"])).status, 0);
  return world;
}

Deno.test("errors say who asked: identity, account and region, whichever call AWS refuses, in every command", async () => {
  await using world = await worldWithIntegrations();
  for (const [kind, error] of Object.entries(FAULTS)) {
    for (const { action, args, identity = "Dev" } of CALLS) {
      // A login that AWS knows no longer begins anew.
      if (kind === "invalid" && action.includes("Role")) continue;
      world.aws.fail(action, { error });
      const { stderr } = await world.run(args, NOBODY);
      const line = stderr.split("\n").find((one) => /^(?:Error|Warning): /.test(one)) ?? "";
      const what = `${kind}: ${action}: atmos ${args.join(" ")}: ${stderr}`;
      for (const text of [`identity "${identity}"`, ACCOUNT]) ok(line.includes(text), `${text}: ${what}`);
      if (action !== "GetCallerIdentity") match(line, /us-east-2/, what);
      equal(line.split("; credentials: ").length <= 2, true, what);
    }
  }
});

Deno.test("errors say who asked: a cluster that is not there: the identity and the regions that have one of its name", async () => {
  const elsewhere = `  integrations:
    prod/eks: {kind: aws/eks, via: {identity: deploy}, spec: {cluster: {name: prod, region: us-west-2}}}
`;
  await using world = await loginWorld({
    config: CONFIG + elsewhere,
    clusters: [cluster("prod", { region: "eu-west-1" })],
  });
  equal((await world.run(["auth", "login", "--no-integrations"])).status, 0);
  const there = [...UPDATE, "--name", "prod", "--region", "eu-west-1", "--alias", "mine", "--exec-command", "atmos"];
  equal((await world.run(there, NOBODY)).status, 0);
  const { status, stderr } = await world.run([...UPDATE, "--name", "prod", ...HERE], NOBODY);
  equal(status, 5);
  match(stderr, /^Error: .* no such cluster in us-east-2; credentials: identity "Dev" .*, account 123456789012/m);
  const integration = 'Integration "prod/eks" has a cluster of that name in us-west-2 as "deploy": ' +
    "atmos aws eks update-kubeconfig --integration prod/eks";
  const context = 'Context "mine" is for a cluster with the same name in eu-west-1 of account 123456789012 as "Dev": ' +
    "--region eu-west-1 --identity Dev";
  for (const line of [integration, context]) ok(stderr.includes(line), `${line}\n${stderr}`);
});
