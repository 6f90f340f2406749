import assert from "node:assert/strict";
import { startStandin } from "../support/standin/aws_standin.ts";
import { CA_DATA, cluster } from "../support/standin/clusters.ts";
import { DEV, runEks, UPDATE } from "../support/runs/eks_run.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const ENTRY = `apiVersion: v1
kind: Config
current-context: ${ARN}
clusters:
- name: ${ARN}
  cluster:
    server: https://EXAMPLE0123456789.gr7.us-east-2.eks.amazonaws.com
    certificate-authority-data: ${CA_DATA}
contexts:
- name: ${ARN}
  context:
    cluster: ${ARN}
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
`;
const NO_AWS = "kubectl will run aws for a token, and aws is not on PATH: install it, or use --exec-command atmos\n";

Deno.test("dry run: stdout is the kubeconfig of the documentation, nothing is written", async () => {
  await using aws = await startStandin({ expects: ["DescribeCluster"] });
  using home = tempHome();
  const run = await runEks({ home, aws }, [...DEV, "--dry-run"]);
  assert.deepEqual(run, { status: 0, stdout: ENTRY, stderr: NO_AWS });
  assert.deepEqual(home.files(), []);
  aws.assertDone();
});

Deno.test("written to the default place, private, and a second run changes nothing", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const path = home.at(".config/atmos/kube/config");
  const first = await runEks({ home, aws }, DEV);
  assert.equal(first.status, 0);
  assert.equal(first.stdout, "");
  assert.equal(
    first.stderr,
    `Added new context ${ARN} to ${path}\nkubectl does not read it yet: export KUBECONFIG=${path}\n${NO_AWS}`,
  );
  assert.equal(home.read(".config/atmos/kube/config"), ENTRY);
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  assert.equal(Deno.statSync(home.at(".config/atmos/kube")).mode! & 0o777, 0o700);
  const mtime = Deno.statSync(path).mtime!.getTime();
  Deno.chmodSync(path, 0o644);
  const second = await runEks({ home, aws, env: { KUBECONFIG: `/x::${path}` } }, DEV);
  assert.equal(second.stderr, `Unchanged context ${ARN} in ${path}\n${NO_AWS}`);
  assert.equal(Deno.statSync(path).mtime!.getTime(), mtime);
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600, "a wrong mode is mended");
});

Deno.test("every flag of the entry, into a file of the user's own", async () => {
  await using aws = await startStandin({ expects: ["AssumeRole", "DescribeCluster"] });
  using home = tempHome();
  home.write(".kube/config", "# mine\napiVersion: v1\nkind: Config\ncurrent-context: old\n", 0o640);
  home.write(".aws/config", "[profile dev]\nregion = us-east-2\n");
  const run = await runEks({ home, aws, env: { AWS_PROFILE: "dev" } }, [
    ...[
      ...UPDATE,
      "--name=dev-cluster",
      "--alias=dev",
      "--user-alias=me",
      "--namespace=web",
      "--kubeconfig=~/.kube/config",
    ],
    ...[
      "--role-arn",
      "arn:aws:iam::123456789012:role/kube",
      "--assume-role-arn",
      "arn:aws:iam::123456789012:role/look",
    ],
    ...["--no-switch-context", "--output", "json"],
  ]);
  assert.equal(run.status, 0, run.stderr);
  const path = home.at(".kube/config");
  assert.deepEqual(JSON.parse(run.stdout), {
    action: "added",
    path,
    context: "dev",
    cluster: ARN,
    user: "me",
    changed: true,
    kubectl: { effective: true, context: "old", reasons: [], command: null },
  });
  const text = home.read(".kube/config")!;
  assert.ok(text.startsWith("# mine\napiVersion: v1\nkind: Config\ncurrent-context: old\nclusters:\n"));
  assert.ok(text.includes("    user: me\n    namespace: web\n"));
  assert.ok(
    text.endsWith(
      "      - --role-arn\n      - arn:aws:iam::123456789012:role/kube\n      env:\n      - name: AWS_PROFILE\n        value: dev\n" +
        "      - name: AWS_DEFAULT_PROFILE\n        value: dev\n",
    ),
  );
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o640, "an existing mode is kept");
  assert.equal(aws.calls[1]!.principal, "arn:aws:sts::123456789012:assumed-role/look/EKSDescribeClusterSession");
  aws.assertDone();
});

Deno.test("a switch that another file of KUBECONFIG undoes is told, with the command that helps, as text and as data", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const [mine, ours] = [home.at(".kube/config"), home.at("ours")];
  home.write(".kube/config", "current-context: prod\ncontexts:\n- name: prod\n  context: {cluster: c, user: u}\n");
  const world = { home, aws, env: { KUBECONFIG: `${mine}:${ours}`, ATMOS_KUBECONFIG: ours } };
  const line = [...DEV, "--alias", "dev"];
  const stays = `kubectl stays on context prod of ${mine}`;
  const first = await runEks(world, line);
  assert.equal(
    first.stderr,
    `Added new context dev to ${ours}\n${NO_AWS}` +
      `Warning: ${stays}\nHint: Use what was written: kubectl config use-context dev\n`,
  );
  assert.equal(first.status, 0);
  const again = await runEks(world, [...line, "--output", "json"]);
  assert.match(again.stderr, /^Unchanged context dev in .*\n/);
  assert.deepEqual(JSON.parse(again.stdout).kubectl, {
    effective: false,
    context: "prod",
    reasons: [stays],
    command: "kubectl config use-context dev",
  });
  assert.doesNotMatch((await runEks(world, [...line, "--no-switch-context"])).stderr, /Warning/);

  const taken = await runEks(world, [...DEV, "--alias", "prod"]);
  assert.match(taken.stderr, new RegExp(`\nWarning: kubectl takes context prod from ${mine}, not from ${ours}\n`));
  assert.match(
    taken.stderr,
    new RegExp(
      `\nHint: Use what was written: kubectl --kubeconfig=${ours} --context=prod\n` +
        "Hint: Or give it another name: --alias NAME\n$",
    ),
  );
});

Deno.test("diff shows what a write would do, and writes nothing", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const before = "# mine\ncurrent-context: old\n";
  const path = home.write(".kube/config", before);
  const args = [...DEV, "--kubeconfig", path, "--alias", "dev"];
  const diff = await runEks({ home, aws }, [...args, "--diff"]);
  assert.equal(diff.status, 0);
  assert.ok(diff.stdout.startsWith(`--- ${path}\n+++ ${path}\n@@ -1,2 +1,`), diff.stdout);
  assert.match(diff.stdout, /^-current-context: old\n\+current-context: dev\n/m);
  assert.deepEqual(home.files(), [".kube/config"]);
  assert.equal(home.read(".kube/config"), before);
  await runEks({ home, aws }, args);
  assert.equal((await runEks({ home, aws }, [...args, "--diff"])).stdout, "");
});

Deno.test("replace keeps the old file beside; error refuses what is there", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const path = home.write("k", "clusters: [broken\n");
  const replaced = await runEks({ home, aws }, [...DEV, "--kubeconfig", path, "--update", "replace"]);
  assert.equal(replaced.status, 0, replaced.stderr);
  assert.match(replaced.stderr, /\nThe old file is kept as .*\/k\.bak\n/);
  assert.equal(home.read("k"), ENTRY);
  assert.equal(home.read("k.bak"), "clusters: [broken\n");
  const refused = await runEks({ home, aws }, [...DEV, "--kubeconfig", path, "--update", "error"]);
  assert.equal(refused.status, 6);
  assert.match(refused.stderr, /^Error: Cannot add cluster ".*": it already exists\nHint: Use --update merge/);
  assert.equal(home.read("k"), ENTRY);
});

Deno.test("replace never overwrites a backup, be it one of its own or the user's, and names the one that it has made", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const line = [...DEV, "--kubeconfig", home.at("k"), "--update", "replace"];
  const texts = ["# one\n", "# two\n", "# one\n", "# three\n"];
  home.write("k.bak", "# mine\n", 0o644);
  const backups: string[] = [];
  for (const text of texts) {
    home.write("k", text, 0o644);
    const look = await runEks({ home, aws }, [...line, "--dry-run"]);
    const { backup } = JSON.parse((await runEks({ home, aws }, [...line, "--output", "json"])).stdout);
    assert.ok(look.stderr.startsWith(`The old file would be kept as ${backup}\n`), look.stderr);
    assert.equal(Deno.readTextFileSync(backup), text);
    assert.equal(Deno.statSync(backup).mode! & 0o777, 0o600);
    backups.push(backup);
  }
  assert.deepEqual(backups, ["k.bak.2", "k.bak.3", "k.bak.2", "k.bak.4"].map((name) => home.at(name)));
  assert.equal(home.read("k.bak"), "# mine\n");
  assert.equal(home.read("k"), ENTRY);
});

Deno.test("relative paths, the current directory and links", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const target = home.write("real/config", "# real\n");
  Deno.symlinkSync("real/config", home.at("link"));
  const run = await runEks({ home, aws }, ["-C", home.path, ...DEV, "--kubeconfig", "link"]);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, new RegExp(`to ${target}\n`));
  assert.ok(Deno.lstatSync(home.at("link")).isSymlink);
  assert.equal(Deno.readTextFileSync(target), `# real\n${ENTRY}`);
});

Deno.test("atmos as the plugin: an absolute command that runs from anywhere", async () => {
  await using aws = await startStandin({ clusters: [cluster("dev-cluster", { id: "1a2b-outpost" })] });
  using home = tempHome();
  const run = await runEks({ home, aws }, [...DEV, "--exec-command", "atmos", "--dry-run"]);
  assert.equal(run.stderr, "");
  assert.match(run.stdout, /command: \/.*\n/);
  assert.match(
    run.stdout,
    /- aws\n {6}- eks\n {6}- token\n {6}- --cluster-id\n {6}- "1a2b-outpost"\n {6}- --region\n {6}- us-east-2\n {6}- --no-identity\n/,
  );
  const { endpoint } = cluster("dev-cluster");
  assert.match(
    run.stdout,
    new RegExp(`- --endpoint\n {6}- ${endpoint}\n {6}- --endpoint-ca\n {6}- "?[0-9a-f]{64}"?\n`),
  );
  assert.ok(run.stdout.endsWith("\n      provideClusterInfo: true\n"));
});

Deno.test("where the AWS CLI is set to another output, kubectl's call of it asks for JSON", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const asked = "      - us-east-2\n      - --output\n      - json\n";
  const run = await runEks({ home, aws, env: { AWS_DEFAULT_OUTPUT: "text" } }, [...DEV, "--dry-run"]);
  assert.equal(run.stdout, ENTRY.replace("      - us-east-2\n", asked));
  home.write(".aws/config", "[default]\noutput = yaml\n");
  assert.equal((await runEks({ home, aws }, [...DEV, "--dry-run"])).stdout, run.stdout);
  home.write(".aws/config", "[default]\noutput = json\n");
  assert.equal((await runEks({ home, aws }, [...DEV, "--dry-run"])).stdout, ENTRY);
});

Deno.test("a dry run of --update error refuses what the real run would", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  assert.equal((await runEks({ home, aws }, DEV)).status, 0);
  const run = await runEks({ home, aws }, [...DEV, "--update", "error", "--dry-run"]);
  assert.equal(run.status, 6);
  assert.equal(run.stdout, "");
});

Deno.test("the way to kubectl holds for odd paths too", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  home.write("a:b", "");
  const colon = await runEks({ home, aws }, [...DEV, "--kubeconfig", home.at("a:b")]);
  assert.match(colon.stderr, new RegExp(`kubectl does not read it yet: kubectl --kubeconfig ${home.at("a:b")}\n`));
  const broken = await runEks({ home, aws }, [...DEV, "--kubeconfig", home.at("new\nline")]);
  assert.match(broken.stderr, /export KUBECONFIG=\$'\S+new\\012line/);
});

Deno.test("--logs-level debug says what --verbose says, between the lines of its log", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const said = await runEks({ home, aws }, [...DEV, "--dry-run", "--logs-level", "debug"]);
  assert.match(said.stderr, /^Region us-east-2, credentials of AWS_ACCESS_KEY_ID/m);
  const spoken = said.stderr.split(/(?<=\n)/).filter((line) => !line.startsWith("time=")).join("");
  assert.notEqual(spoken, said.stderr);
  assert.deepEqual({ ...said, stderr: spoken }, await runEks({ home, aws }, [...DEV, "--dry-run", "--verbose"]));
});
