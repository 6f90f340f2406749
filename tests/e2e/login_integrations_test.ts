import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { CA_DATA, cluster } from "../support/standin/clusters.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import { SELECTORS } from "../support/runs/context_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const LOGIN = ["auth", "login"];
const UPDATE = ["aws", "eks", "update-kubeconfig"];
/** The files of a list, of which the first must be a selector. */
function withoutSelectors({ home }: LoginWorld, list: string): readonly string[] {
  const [first, ...more] = list.split(":");
  ok(first!.startsWith(home.at(SELECTORS)), list);
  return more.filter((path) => !path.startsWith(home.at(SELECTORS)));
}

const BROKEN = `auth:
  integrations:
    broken/eks: {kind: aws/eks, via: {identity: platform-admin}, spec: {cluster: {name: nowhere, region: us-east-2}}}
`;

function contexts(world: LoginWorld, file = KUBECONFIG): readonly string[] {
  const text = world.home.read(file) ?? "";
  return [...text.slice(text.indexOf("\ncontexts:"), text.indexOf("\nusers:")).matchAll(/^- name: (.*)$/gm)]
    .map((found) => found[1]!);
}

Deno.test("multi-cluster setup: a login makes dev and staging ready, a broken one warns, prod comes when asked for", async () => {
  await using world = await multiCluster({ more: BROKEN });
  const login = await world.run([...LOGIN, "platform-admin"]);
  equal(login.status, 0);
  match(login.stderr, /\ndev\/eks: added dev-cluster as dev in \S+\/atmos\/kube\/config \(\d/);
  match(login.stderr, /\nstaging\/eks: added staging-cluster as staging in /);
  match(
    login.stderr,
    /\nWarning: broken\/eks: Cannot describe EKS cluster "nowhere": .*\nHint: Available: dev-cluster\n/,
  );
  doesNotMatch(login.stderr, /prod/);
  deepEqual(contexts(world), ["dev", "staging"]);
  match(world.home.read(KUBECONFIG)!, /\ncurrent-context: dev\n/);

  const prod = await world.run([...UPDATE, "prod/eks"]);
  equal(prod.status, 0, prod.stderr);
  match(prod.stderr, /^Added new context prod to /);
  deepEqual(contexts(world), ["dev", "staging", "prod"]);
  match(world.home.read(KUBECONFIG)!, /\ncurrent-context: prod\n/);
  equal(Deno.statSync(world.home.at(KUBECONFIG)).mode! & 0o777, 0o600);
});

Deno.test("a login tells how kubectl finds what it has made ready, once and only while that is true", async () => {
  await using world = await multiCluster();
  const login = await world.run(LOGIN);
  const line = `kubectl does not read ${world.home.at(KUBECONFIG)} yet: eval "$(atmos auth env platform-admin)"\n`;
  ok(login.stderr.endsWith(line), login.stderr);
  const quiet = { ...NOBODY, KUBECONFIG: `/mine:${world.home.at(KUBECONFIG)}` };
  doesNotMatch((await world.run(LOGIN, quiet)).stderr, /kubectl/);
  doesNotMatch((await world.run([...LOGIN, "--output", "json"], NOBODY)).stderr, /kubectl/);
  doesNotMatch((await world.run([...LOGIN, "--no-integrations"], NOBODY)).stderr, /kubectl/);
});

Deno.test("a login says which contexts kubectl takes from elsewhere, as text and as data", async () => {
  await using world = await multiCluster();
  const ours = world.home.at(KUBECONFIG);
  // New contexts are not added where another file has their name.
  equal((await world.run(LOGIN)).status, 0);
  const text = "current-context: prod\ncontexts:\n- {name: prod, context: {}}\n- {name: staging, context: {}}\n";
  const mine = world.home.write("mine", text);
  const env = { KUBECONFIG: `${mine}:${ours}` };
  const [taken, stays] = [
    `kubectl takes context staging from ${mine}, not from ${ours}`,
    `kubectl stays on context prod of ${mine}`,
  ];
  const login = await world.run(LOGIN, env);
  ok(
    login.stderr.endsWith(
      `Warning: ${taken}\nWarning: ${stays}\n` +
        `Hint: Use what was written: kubectl --kubeconfig=${ours} --context=dev\n` +
        "Hint: Or give it another name: change its alias in atmos.yaml\n",
    ),
    login.stderr,
  );
  const { integrations } = JSON.parse((await world.run([...LOGIN, "--output", "json"], { ...NOBODY, ...env })).stdout);
  deepEqual(integrations.map((one: { kubectl: unknown }) => one.kubectl), [
    { effective: false, context: "prod", reasons: [stays], command: "kubectl config use-context dev" },
    {
      effective: false,
      context: "prod",
      reasons: [taken],
      command: `kubectl --kubeconfig=${ours} --context=staging`,
    },
  ]);
});

Deno.test("multi-cluster setup: the real kubectl lists the three contexts", async () => {
  if (!hasProgram("kubectl", "multi-cluster setup: the real kubectl")) return;
  await using world = await multiCluster();
  await world.run(LOGIN);
  await world.run([...UPDATE, "prod/eks"]);
  const args = ["auth", "exec", "--", "kubectl", "config", "get-contexts", "--output", "name"];
  const { status, stdout } = await world.run(args, { PATH: Deno.env.get("PATH")!, ...NOBODY });
  deepEqual({ status, stdout }, { status: 0, stdout: "dev\nprod\nstaging\n" });
});

Deno.test("the entry is the one of the document, byte for byte", async () => {
  await using world = await multiCluster({ clusters: [cluster("dev-cluster")] });
  await world.run(LOGIN);
  const text = world.home.read(KUBECONFIG)!;
  const arn = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
  equal(
    text.slice(text.indexOf("contexts:")),
    `contexts:
- name: dev
  context:
    cluster: ${arn}
    user: user-dev-cluster
users:
- name: user-dev-cluster
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: aws
      args:
      - eks
      - get-token
      - --cluster-name
      - dev-cluster
      - --region
      - us-east-2
`,
  );
});

Deno.test("already logged in: what is missing comes back, what is there is not written again", async () => {
  await using world = await multiCluster();
  await world.run(LOGIN);
  const before = Deno.statSync(world.home.at(KUBECONFIG)).mtime;
  const again = await world.run([...LOGIN, "--output", "json"], NOBODY);
  equal(again.status, 0);
  const { integrations } = JSON.parse(again.stdout);
  deepEqual(
    integrations.map((one: Record<string, unknown>) => [one["integration"], one["action"], one["target"], one["name"]]),
    [
      ["dev/eks", "unchanged", "dev-cluster", "dev"],
      ["staging/eks", "unchanged", "staging-cluster", "staging"],
    ],
  );
  deepEqual(Deno.statSync(world.home.at(KUBECONFIG)).mtime, before);
  Deno.removeSync(world.home.at(KUBECONFIG));
  await world.run(LOGIN, NOBODY);
  deepEqual(contexts(world), ["dev", "staging"]);
});

Deno.test("--strict fails with 5 when one failed, after all else; --no-integrations asks about none", async () => {
  await using world = await multiCluster({ more: BROKEN });
  const strict = await world.run([...LOGIN, "--strict"]);
  equal(strict.status, 5);
  match(strict.stderr, /\nError: Cannot provision 1 integration: broken\/eks\nHint: /);
  deepEqual(contexts(world), ["dev", "staging"]);
  const calls = world.aws.count("DescribeCluster");
  equal((await world.run([...LOGIN, "--no-integrations", "--strict"], NOBODY)).status, 0);
  equal(world.aws.count("DescribeCluster"), calls);
  const bad = await world.run([...LOGIN, "--parallel", "0"]);
  equal(bad.status, 2);
  match(bad.stderr, /--parallel.*"0" must be a number from 1 to 64/);
});

Deno.test("a kubeconfig that cannot be edited is a warning for each, with its place; the login stands", async () => {
  await using world = await multiCluster();
  world.home.write(KUBECONFIG, "clusters: {\n");
  const { status, stderr } = await world.run(LOGIN);
  equal(status, 0);
  equal(stderr.match(/^Warning: (dev|staging)\/eks: \/\S+:2:1: Cannot edit kubeconfig /gm)?.length, 2);
  equal(world.home.read(KUBECONFIG), "clusters: {\n");
});

Deno.test("throttled calls are tried again", async () => {
  const throttled = { error: { status: 429, code: "ThrottlingException" } };
  await using world = await multiCluster({ faults: { DescribeCluster: [throttled, throttled] } });
  equal((await world.run([...LOGIN, "--strict"])).status, 0);
  deepEqual(contexts(world).toSorted(), ["dev", "staging"]);
  world.aws.assertDone();
});

Deno.test("env, exec and shell: the environment has our kubeconfig before the person's own, and what is missing is made", async () => {
  await using world = await multiCluster();
  await world.run([...LOGIN, "--no-integrations"]);
  const ours = world.home.at(KUBECONFIG);
  const bare = await world.run(["auth", "env", "--format", "json"], NOBODY);
  deepEqual(contexts(world), [], "env alone makes nothing");
  deepEqual(withoutSelectors(world, JSON.parse(bare.stdout).KUBECONFIG), [ours]);
  world.home.write(".kube/config", "");
  const env = await world.run(["auth", "env", "--login", "--format", "json"], NOBODY);
  const { KUBECONFIG: list, KUBE_CONFIG_PATHS: paths } = JSON.parse(env.stdout);
  deepEqual(withoutSelectors(world, list), [ours, world.home.at(".kube/config")]);
  deepEqual(withoutSelectors(world, paths), [ours]);
  deepEqual(contexts(world), ["dev", "staging"]);
  const calls = world.aws.count("DescribeCluster");
  const show = ["--", "sh", "-c", "echo $KUBECONFIG"];
  const exec = await world.run(["auth", "exec", ...show], { ...NOBODY, KUBECONFIG: "/mine" });
  deepEqual(withoutSelectors(world, exec.stdout.trimEnd()), [ours, "/mine"]);
  equal(world.aws.count("DescribeCluster"), calls, "nothing was missing");
  Deno.removeSync(ours);
  await world.run(["auth", "exec", ...show], NOBODY);
  deepEqual(contexts(world), ["dev", "staging"]);
});

Deno.test("several kubeconfigs are KUBE_CONFIG_PATHS; one that is only made by hand counts once it is there", async () => {
  const more = `auth:
  integrations:
    staging/eks: {spec: {cluster: {kubeconfig: {path: ~/staging, mode: "0640"}}}}
    prod/eks: {spec: {cluster: {kubeconfig: {path: ~/prod}}}}
`;
  await using world = await multiCluster({ more });
  await world.run(LOGIN);
  equal(Deno.statSync(world.home.at("staging")).mode! & 0o777, 0o640);
  const files = async () => JSON.parse((await world.run(["auth", "env", "--format", "json"], NOBODY)).stdout);
  const both = [world.home.at(KUBECONFIG), world.home.at("staging")];
  deepEqual(withoutSelectors(world, (await files()).KUBE_CONFIG_PATHS).toSorted(), both.toSorted());
  equal((await world.run([...UPDATE, "prod/eks"])).status, 0);
  equal(withoutSelectors(world, (await files()).KUBE_CONFIG_PATHS).length, 3);
});

Deno.test("auth env: terraform's other variable, which it would take instead, is unset or emptied", async () => {
  const more = "auth: {integrations: {staging/eks: {spec: {cluster: {kubeconfig: {path: ~/staging}}}}}}\n";
  await using world = await multiCluster({ more });
  await world.run([...LOGIN, "--no-integrations"]);
  const old = { ...NOBODY, KUBE_CONFIG_PATH: "/old" };
  const bash = await world.run(["auth", "env"], old);
  match(bash.stdout, /^export KUBE_CONFIG_PATHS=.*\n(?:export .*\n)*unset KUBE_CONFIG_PATH;\n$/m);
  const json = JSON.parse((await world.run(["auth", "env", "--format", "json"], old)).stdout);
  equal(json["KUBE_CONFIG_PATH"], "");
  const file = world.home.write("github", "");
  await world.run(["auth", "env", "--format", "github"], { ...old, GITHUB_ENV: file });
  match(world.home.read("github")!, /^KUBE_CONFIG_PATH=\n/m);
  doesNotMatch((await world.run(["auth", "env"], NOBODY)).stdout, /unset/);
});

/** The same cluster for two identities, a third by its provider, one that AWS need not be asked about. */
const TEAM = `${CONFIG}    Reader:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: ReadOnly, account: {id: "123456789012"}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
    read/eks: {kind: aws/eks, via: {identity: READER}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: read}}}
    all/eks:
      kind: aws/eks
      via: {provider: sso}
      spec:
        cluster:
          name: known
          region: eu-west-1
          alias: "{identity}-{cluster}-{account}"
          aliases: [second]
          namespace: web
          role_arn: arn:aws:iam::123456789012:role/kubectl
          exec_command: atmos
          proxy_url: http://proxy:3128
          endpoint: https://known.example.com
          certificate_authority_data: ${CA_DATA}
`;

Deno.test("two identities of one cluster have a user and a context each, and each user names its identity", async () => {
  await using world = await loginWorld({ config: TEAM });
  equal((await world.run(LOGIN)).status, 0);
  equal((await world.run([...LOGIN, "reader"])).status, 0);
  const text = world.home.read(KUBECONFIG)!;
  deepEqual(contexts(world), ["dev", "Dev-known-123456789012", "second", "read", "Reader-known-123456789012"]);
  equal(text.match(/cluster\/dev-cluster$/gm)?.length, 3, "one cluster and two contexts");
  match(text, /- name: user-dev-cluster\n[^]*?AWS_PROFILE\n {8}value: dev\n/);
  match(text, /- name: user-dev-cluster@123456789012.us-east-2\n[^]*?AWS_PROFILE\n {8}value: reader\n/);
});

Deno.test("what atmos.yaml knows is not asked for; our own plugin is told the identity and where atmos.yaml is", async () => {
  await using world = await loginWorld({ config: TEAM });
  await world.run(LOGIN);
  equal(world.aws.count("DescribeCluster"), 1);
  equal(world.aws.count("GetCallerIdentity"), 0);
  const text = world.home.read(KUBECONFIG)!;
  match(text, /server: https:\/\/known.example.com\n[^]*?proxy-url: http:\/\/proxy:3128\n/);
  match(text, /cluster: arn:aws:eks:eu-west-1:123456789012:cluster\/known\n {4}user: user-known\n {4}namespace: web\n/);
  match(text, /- eu-west-1\n\s+- --role-arn\n\s+- arn:aws:iam::123456789012:role\/kubectl\n\s+- --identity=Dev\n/);
  ok(text.includes(`- --config=${world.home.at("repo/atmos.yaml")}\n`), text);
});

Deno.test("an alias that is renamed moves our context; one that a person has made stays", async () => {
  await using world = await multiCluster();
  await world.run(LOGIN);
  await world.run([...UPDATE, "dev/eks", "--alias", "mine", "--no-switch-context"]);
  const rename = (from: string, to: string) =>
    world.home.write(
      "repo/atmos.yaml",
      world.home.read("repo/atmos.yaml")!.replace(`alias: ${from}\n`, `alias: ${to}\n`),
    );
  rename("dev", "development");
  await world.run(LOGIN, NOBODY);
  deepEqual(contexts(world), ["development", "staging", "mine"]);
  match(world.home.read(KUBECONFIG)!, /\ncurrent-context: development\n/);
});

Deno.test("at a terminal: a table in the end, and warnings below it", async () => {
  if (!hasProgram("script", "at a terminal: a table")) return;
  await using world = await multiCluster({ more: BROKEN });
  await world.run([...LOGIN, "--no-integrations"]);
  const { status, shown } = await onTerminal({
    args: LOGIN,
    question: "never asked",
    answer: "",
    env: world.env({ TERM: "xterm" }),
    cwd: world.home.at("repo"),
  });
  equal(status, 0);
  match(shown, /INTEGRATION +TARGET +CONTEXT +RESULT +TIME\r\n/);
  match(shown, / dev\/eks +dev-cluster +dev +added +\d+\.\d s\r\n/);
  match(shown, / broken\/eks +- +- +failed +\d[^]*Warning: broken\/eks: Cannot describe/);
});

Deno.test({
  name: "Ctrl-C leaves what was finished: 130, and the clusters that were known by then are in the file",
  // The stand-in is still about to answer.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using world = await multiCluster({ faults: { DescribeCluster: [{}, { delayMs: 5_000 }] } });
    await world.run([...LOGIN, "--no-integrations"]);
    const child = spawnAtmos([...LOGIN, "--parallel", "1"], { env: world.env(NOBODY), cwd: world.home.at("repo") });
    while (world.aws.count("DescribeCluster") < 2) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGINT");
    const [{ code, stderr }] = await Promise.all([child.output(), child.stdin.close().catch(() => {})]);
    equal(code, 130, new TextDecoder().decode(stderr));
    // Whose call comes first is for the network to say.
    const first = world.aws.calls.find(({ action }) => action === "DescribeCluster")!;
    deepEqual(contexts(world), [first.region === "us-east-2" ? "dev" : "staging"]);
  },
});

/** Two integrations for one registry and two for one cluster, and a registry and cluster of their own. */
const TWICE = `auth:
  integrations:
    a/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    b/ecr: {kind: aws/ecr, via: {provider: sso}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    c/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "210987654321", region: us-east-2}}}
    a/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: a}}}
    b/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: b}}}
    c/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: other, region: us-east-2}}}
`;

Deno.test("a registry or cluster of several integrations is asked about once, and each has its outcome", async () => {
  await using world = await loginWorld({ clusters: [cluster("dev-cluster"), cluster("other")] });
  world.home.write("repo/.atmos.d/twice.yaml", TWICE);
  const { status, stdout, stderr } = await world.run([...LOGIN, "--output", "json"]);
  equal(status, 0, stderr);
  const { integrations } = JSON.parse(stdout) as { integrations: readonly { name: string; error: unknown }[] };
  const [host, other] = ["123456789012", "210987654321"].map((one) => `${one}.dkr.ecr.us-east-2.amazonaws.com`);
  const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/other";
  deepEqual(integrations.map(({ name }) => name), [host, host, other, "a", "b", ARN]);
  deepEqual(integrations.filter(({ error }) => error !== null), []);
  // One password is good for all registries of a region.
  deepEqual([world.aws.count("GetAuthorizationToken"), world.aws.count("DescribeCluster")], [1, 2]);
  deepEqual(contexts(world).toSorted(), ["a", ARN, "b"]);
});
