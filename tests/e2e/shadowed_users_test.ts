import { equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { cluster } from "../support/standin/clusters.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const theirs = (user: string) =>
  `apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "https://lab.example"}}]
contexts: [{name: homelab, context: {cluster: lab, user: ${user}}}]
users: [{name: ${user}, user: {token: t}}]
`;
const LOGIN = ["auth", "login", "dev-admin", "--strict"];
const LINKED = ["aws", "eks", "update-kubeconfig", "--integration", "dev/eks"];

async function world(settings: string): Promise<LoginWorld> {
  return await loginWorld({
    config: `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev-admin:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Dev, account: {id: "123456789012", name: homelab}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev-admin}, spec: {cluster: {${settings}}}}
`,
    clusters: [cluster("dev-cluster")],
    sso: { accounts: [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Dev"] }] },
  });
}

const DEV = "name: dev-cluster, region: us-east-2, alias: dev";

for (const [where, env] of [["default", {}], ["list", { KUBECONFIG: "/nowhere/config" }]] as const) {
  Deno.test(`shadowed users: a new user takes a name that no other file has: ${where}`, async () => {
    await using one = await world(DEV);
    one.home.write(".kube/config", theirs("user-dev-cluster"));
    const { status, stderr } = await one.run(LOGIN, env);
    equal(status, 0, stderr);
    match(one.home.read(KUBECONFIG)!, /^\s*user: "?user-dev-cluster@123456789012\.us-east-2"?$/m);
    equal(one.home.read(".kube/config"), theirs("user-dev-cluster"));
    const preview = await one.run([...LINKED, "--dry-run"], { ...NOBODY, ...env });
    match(preview.stdout, /user-dev-cluster@123456789012/);
  });
}

Deno.test("shadowed users: an alias of a working tree is refused, one that is typed is a warning, and so is an old one", async () => {
  await using one = await world(`${DEV}, user_alias: me`);
  one.home.write(".kube/config", theirs("me"));
  const refused = await one.run(LOGIN);
  equal(refused.status === 0, false);
  match(
    refused.stderr,
    /Cannot use user name "me": it belongs to another user in "\S+\/\.kube\/config", which it would/,
  );
  equal(one.home.read(KUBECONFIG), undefined);
  const hidden = /^Warning: user me of \S+\/\.kube\/config is hidden by the one in \S+ in auth env, exec and shell/m;
  const typed = await one.run([...LINKED, "--user-alias", "me"], NOBODY);
  equal(typed.status, 0, typed.stderr);
  match(typed.stderr, hidden);
  for (const args of [LOGIN, ["auth", "exec", "-i", "dev-admin", "--", "true"]]) {
    const { status, stderr } = await one.run(args, NOBODY);
    equal(status, 0, stderr);
    match(stderr, hidden, args.join(" "));
  }
});

Deno.test("shadowed users: a cluster of another file is not hidden by one that EKS itself has not described", async () => {
  await using one = await world(DEV);
  one.home.write(".kube/config", theirs("me").replaceAll("lab,", `"${ARN}",`));
  const { status, stderr } = await one.run(LOGIN);
  equal(status === 0, false);
  match(stderr, /Cannot add cluster "arn:\S+" at \S+: its entry in "\S+\/\.kube\/config" points to another server/);
  equal(one.home.read(KUBECONFIG), undefined);
});

Deno.test("shadowed users: what is typed hides nothing where its words are those of a working tree", async () => {
  await using one = await world(DEV);
  one.home.write(".kube/config", theirs("me"));
  const update = ["aws", "eks", "update-kubeconfig"];
  const named = ["--name", "dev-cluster", "--region", "us-east-2"];
  const ways = [["--discover", "--region", "us-east-2"], named, ["--integration", "dev/eks"]];
  for (const way of ways) {
    const args = [...update, ...way, "--identity", "dev-admin", "--alias", "{account_name}"];
    const { status, stderr } = await one.run(args);
    equal(status === 0, false, `${args.join(" ")} ${stderr}`);
    match(stderr, /Cannot use context name "homelab": it belongs to another cluster in/);
  }
  equal(one.home.read(KUBECONFIG), undefined);
  const { status, stderr } = await one.run([...update, ...named, "--identity", "dev-admin", "--alias", "homelab"]);
  equal(status, 0, stderr);
});
