import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig"];
const MORE = `auth:
  integrations:
    broken/eks: {kind: aws/eks, via: {identity: platform-admin}, spec: {cluster: {name: nowhere, region: us-east-2}}}
    dev/ecr:
      kind: aws/ecr
      via: {identity: platform-admin}
      spec: {auto_provision: false, registry: {account_id: "123456789012", region: us-east-2}}
    half/eks: {kind: aws/eks, via: {identity: platform-admin}, spec: {cluster: {name: half}}}
`;

async function ready(more = ""): Promise<LoginWorld> {
  const world = await multiCluster({ more });
  await world.run(["auth", "login", "--no-integrations"]);
  return world;
}

Deno.test("update-kubeconfig dev/eks: logs in where there is need to, and switches to it", async () => {
  await using world = await multiCluster();
  const { status, stderr } = await world.run([...UPDATE, "--integration", "DEV/eks"]);
  equal(status, 0);
  match(stderr, /WXYZ-1234[^]*Added new context dev to /);
  match(world.home.read(KUBECONFIG)!, /\ncurrent-context: dev\n/);
});

Deno.test("update-kubeconfig: several names in one write, and --all; none of several is switched to", async () => {
  await using world = await ready();
  const two = await world.run([...UPDATE, "prod/eks", "staging/eks", "prod/eks", "--output", "json"], NOBODY);
  equal(two.status, 0, two.stderr);
  deepEqual(JSON.parse(two.stdout).map((one: Record<string, unknown>) => [one["context"], one["action"]]), [
    ["prod", "added"],
    ["staging", "added"],
  ]);
  const all = await world.run([...UPDATE, "--all"], NOBODY);
  match(all.stderr, /^Added new context dev to .*\nUnchanged context staging .*\nUnchanged context prod /);
  match(world.home.read(KUBECONFIG)!, /\ncurrent-context: prod\n/, "the first, as there was none");
});

Deno.test("update-kubeconfig --all: one that nothing says the identity of keeps no other back", async () => {
  const more = `auth:
  identities:
    reader: {kind: aws/permission-set, via: {provider: company-sso}, principal: {name: Reader, account: {id: "123456789012"}}}
  integrations:
    any/eks: {kind: aws/eks, via: {provider: company-sso}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
`;
  await using world = await multiCluster({ more });
  await world.run(["auth", "login", "platform-admin", "--no-integrations"]);
  const { status, stderr } = await world.run([...UPDATE, "--all"], NOBODY);
  equal(status, 3);
  match(
    stderr,
    /Added new context dev [^]*Added new context prod [^]*Error: any\/eks: Cannot use integration "any\/eks": several/,
  );
  equal(world.home.read(KUBECONFIG)!.match(/^- name: (dev|staging|prod)$/gm)?.length, 3);
});

Deno.test("update-kubeconfig: a dry run names the user as it would be named in the file", async () => {
  const more = `auth:
  identities:
    reader: {kind: aws/permission-set, via: {provider: company-sso}, principal: {name: Reader, account: {id: "123456789012"}}}
  integrations:
    r/dev: {kind: aws/eks, via: {identity: reader}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: r}}}
`;
  await using world = await ready(more);
  await world.run([...UPDATE, "dev/eks"]);
  await world.run(["auth", "login", "reader", "--no-integrations"]);
  const { stdout } = await world.run([...UPDATE, "r/dev", "--dry-run"], NOBODY);
  match(stdout, /- name: r\n {2}context:\n {4}cluster: .*\n {4}user: user-dev-cluster@123456789012\.us-east-2\n/);
});

Deno.test("update-kubeconfig: flags override, variables of the region do not, and nothing of it is kept", async () => {
  await using world = await ready();
  const flags = ["--alias", "one", "--user-alias", "me", "-n", "web", "--kubeconfig", world.home.at("other")];
  const role = ["--role-arn", "arn:aws:iam::123456789012:role/kubectl"];
  const env = { ...NOBODY, AWS_REGION: "eu-west-1", ATMOS_IDENTITY: "platform-admin" };
  const { status, stderr } = await world.run([...UPDATE, "dev/eks", ...flags, ...role, "--no-switch-context"], env);
  equal(status, 0, stderr);
  const text = world.home.read("other")!;
  match(text, /- name: one\n {2}context:\n {4}cluster: arn:aws:eks:us-east-2:.*\n {4}user: me\n {4}namespace: web\n/);
  match(text, /- us-east-2\n\s+- --role-arn\n\s+- arn:aws:iam::123456789012:role\/kubectl\n/);
  ok(!text.includes("current-context"));
  const region = await world.run([...UPDATE, "dev/eks", "--region", "us-west-2"], NOBODY);
  equal(region.status, 5);
  match(region.stderr, /"dev-cluster": there is no such cluster in us-west-2/);
});

Deno.test("update-kubeconfig: --dry-run and --diff show it, write nothing, and use a kept login only", async () => {
  await using world = await ready();
  const dry = await world.run([...UPDATE, "dev/eks", "--dry-run"], NOBODY);
  equal(dry.status, 0, dry.stderr);
  match(dry.stdout, /^apiVersion: v1\nkind: Config\ncurrent-context: dev\nclusters:\n/);
  const diff = await world.run([...UPDATE, "dev/eks", "--diff"], NOBODY);
  match(diff.stdout, /^--- \/dev\/null\n\+\+\+ .*\/atmos\/kube\/config\n/);
  equal(world.home.read(KUBECONFIG), undefined);
  await using stranger = await multiCluster();
  const none = await stranger.run([...UPDATE, "dev/eks", "--dry-run"]);
  equal(none.status, 4);
  match(none.stderr, /it is not logged in\nHint: Log in: atmos auth login platform-admin\n/);
  equal(stranger.aws.calls.length, 0);
});

Deno.test("update-kubeconfig: what cannot be used says why, and what to type instead", async () => {
  await using world = await ready(MORE);
  world.home.write("repo/components/terraform/dev/eks/main.tf", "");
  world.home.write("repo/components/terraform/dev/ecr/main.tf", "");
  const cases = [
    [["dev/eks"], 2, /"dev\/eks": an integration and a component[^]*--integration dev\/eks, .*dev\/eks -s STACK/],
    [
      ["--integration", "dev/ecr"],
      2,
      /"dev\/ecr" into a kubeconfig: it is a registry[^]*atmos aws ecr login dev\/ecr\n/,
    ],
    [["dev/ecr"], 2, /"dev\/ecr": a registry and a component[^]*dev\/ecr -s STACK; [^\n]*aws ecr login dev\/ecr\n$/],
    [["--integration", "prod/esk"], 3, /no integration has that name, did you mean "prod\/eks"\?/],
    [["half/eks"], 3, /^Error: \S+team\.yaml:8:\d+: Cannot use integration "half\/eks": auth\..*region/],
    [["haf/eks"], 3, /no integration has that name, did you mean "half\/eks"\?\nHint: .*auth list --integrations\n$/],
    [["broken/eks"], 5, /"nowhere": there is no such cluster/],
    [["staging/eks", "prod/eks", "--alias", "x"], 2, /several integrations and --alias/],
    [
      ["staging/eks", "--alias", "{nosuch}"],
      2,
      /^Error: Cannot use --alias "\{nosuch\}": \{nosuch\} is not a placeholder/,
    ],
    [
      ["staging/eks", "--alias", "{"],
      2,
      /^Error: Cannot use --alias "\{": a brace has no pair\nHint: .*--alias NAME\n$/,
    ],
    [
      ["staging/eks", "-n", "Bad_NS"],
      2,
      /^Error: Cannot use --namespace "Bad_NS": the name of a namespace has at most/,
    ],
    [["staging/eks", "--profile", "x"], 2, /an integration and --profile/],
    [["--all", "--alias", "x"], 2, /--all.*--alias/],
    [["staging/eks", "-i", "nobody"], 3, /identity "nobody"/],
    [["staging/eks", "--kubeconfig", "/dev/null"], 6, /\/dev\/null/],
  ] as const;
  for (const [args, status, said] of cases) {
    const outcome = await world.run([...UPDATE, ...args], NOBODY);
    match(outcome.stderr, said, args.join(" "));
    equal(outcome.status, status, args.join(" "));
  }
  const some = await world.run([...UPDATE, "broken/eks", "staging/eks"], NOBODY);
  equal(some.status, 5);
  match(some.stderr, /Added new context staging/, "the others are written");
});

Deno.test("update-kubeconfig --name: as an identity of atmos.yaml", async () => {
  await using world = await ready();
  const args = [...UPDATE, "--name", "staging-cluster", "--region", "us-east-1", "-i", "platform-admin"];
  const { status, stderr } = await world.run([...args, "--exec-command", "atmos"], NOBODY);
  equal(status, 0, stderr);
  const text = world.home.read(KUBECONFIG)!;
  match(text, /- name: arn:aws:eks:us-east-1:123456789012:cluster\/staging-cluster\n {2}context:/);
  match(text, /- --identity=platform-admin\n/);
});

Deno.test("auth logout takes its entries along, and no others", async () => {
  await using world = await multiCluster();
  world.home.write(KUBECONFIG, "# mine\ncontexts:\n- name: mine\n  context: {cluster: a, user: b}\n");
  await world.run(["auth", "login"]);
  const dry = await world.run(["auth", "logout", "platform-admin", "--dry-run"], NOBODY);
  match(dry.stderr, /Would remove: context dev in .*\n {2}Would remove: context staging in /);
  ok(world.home.read(KUBECONFIG)!.includes("- name: dev\n"));
  const done = await world.run(["auth", "logout", "platform-admin"], NOBODY);
  equal(done.status, 0);
  match(done.stderr, / {2}Removed: context dev in .*\n {2}Removed: context staging in /);
  const after = world.home.read(KUBECONFIG)!;
  match(after, /^# mine\ncontexts:\n- name: mine\n {2}context: \{cluster: a, user: b\}\n/);
  ok(!after.includes("cluster/dev-cluster") && !after.includes("user-"));
});
