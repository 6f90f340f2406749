import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { cluster } from "../support/standin/clusters.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const LOGIN = ["auth", "login"];
const eks = (name: string, more: string) =>
  `    ${name}: {kind: aws/eks, via: {identity: platform-admin}, spec: {cluster: {name: ${name}, region: us-east-2, ${more}}}}\n`;
const section = (...integrations: readonly string[]) => `auth:\n  integrations:\n${integrations.join("")}`;

Deno.test("what goes wrong is told with what can be done about it in atmos.yaml, not with flags of another command", async () => {
  const more = section(
    eks("directory", "kubeconfig: {path: ~/directory}"),
    eks("no-directory", "kubeconfig: {path: ~/repo/atmos.yaml/config}"),
    eks("creating", "alias: creating"),
    eks("taken", "alias: mine"),
    eks("other", "alias: other"),
    eks("user", "alias: user"),
  );
  const names = ["directory", "no-directory", "taken"];
  const clusters = [
    ...names.map((name) => cluster(name)),
    cluster("creating", { status: "CREATING" }),
    cluster("other", { arn: "arn:aws:eks:us-east-2:123456789012:cluster/prod" }),
    cluster("user", { endpoint: "https://user:password@x.example" }),
  ];
  await using world = await multiCluster({ more, clusters });
  Deno.mkdirSync(world.home.at("directory"));
  world.home.write(KUBECONFIG, `contexts:\n- name: mine\n  context: {cluster: other}\n`);
  const { status, stderr } = await world.run(LOGIN);
  equal(status, 0);
  match(stderr, /^Warning: directory: Cannot write kubeconfig "\S+\/directory": it is a directory\nHint: /m);
  match(
    stderr,
    /^Warning: no-directory: .*not a directory\nHint: .* spec\.cluster\.kubeconfig\.path in atmos\.yaml\.\n/m,
  );
  match(stderr, /^Warning: creating: .*its status is CREATING\nHint: Wait for it: aws eks wait cluster-active /m);
  match(
    stderr,
    /^Warning: taken: .*it belongs to the cluster other\nHint: .* spec\.cluster\.alias in atmos\.yaml\n/m,
  );
  match(
    stderr,
    /^Warning: other: .*the response is about another cluster: its ARN is .*\nHint: Check what responds /m,
  );
  match(stderr, /^Warning: user: .*its API endpoint is more than https:\/\/ and a host\nHint: Check what responds /m);
  doesNotMatch(world.home.read(KUBECONFIG)!, /cluster\/prod|name: (?:other|user)$|password/m);
  doesNotMatch(stderr, /--(?:kubeconfig|alias|profile|region)\b(?! us-east-2)/);
});

Deno.test("a cluster that may not be described is a warning without flags that a login does not have", async () => {
  await using world = await multiCluster({ mayNotDescribe: /PlatformAdmin/ });
  const { status, stderr } = await world.run(LOGIN);
  equal(status, 0);
  match(
    stderr,
    /^Warning: dev\/eks: .*may not perform eks:DescribeCluster.*\nHint: Use another identity \(via\.identity in atmos\.yaml\), or have /m,
  );
});

Deno.test("a terminal in a pipeline gets a line for each as it is done", async () => {
  if (!hasProgram("script", "a terminal in a pipeline")) return;
  await using world = await multiCluster();
  await world.run([...LOGIN, "--no-integrations"]);
  const env = world.env({ ...NOBODY, TERM: "xterm", CI: "true" });
  const place = { env, cwd: world.home.at("repo"), question: "never asked", answer: "" };
  const { status, shown } = await onTerminal({ args: LOGIN, ...place });
  equal(status, 0);
  match(shown, /^dev\/eks: added dev-cluster as dev in \S+ \(\d+\.\d s\)\r$/m);
  doesNotMatch(shown.replaceAll("\x1b", "^"), /INTEGRATION|\^\[\d*[AJK]/);
});

Deno.test({
  name: "Ctrl-C: how many are missing, no warning for each, no lock and no half of a file",
  // The stand-in is still about to answer.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const names = Array.from({ length: 20 }, (_, at) => `c${at}`);
    const more = section(...names.map((name) => eks(name, `alias: ${name}`)));
    const late = { delayMs: 10_000, times: 30 };
    const faults = { DescribeCluster: [{ delayMs: 0, times: 4 }, late] };
    await using world = await multiCluster({ more, clusters: names.map((name) => cluster(name)), faults });
    await world.run([...LOGIN, "--no-integrations"]);
    const child = spawnAtmos([...LOGIN, "--parallel", "2"], { env: world.env(NOBODY), cwd: world.home.at("repo") });
    while (world.aws.count("DescribeCluster") < 6) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGINT");
    const [{ code, stderr }] = await Promise.all([child.output(), child.stdin.close().catch(() => {})]);
    equal(code, 130);
    const text = new TextDecoder().decode(stderr);
    match(
      text,
      /\nError: Cannot provision 18 of 22 integrations: it was interrupted\nHint: Completed work is kept\./,
    );
    doesNotMatch(text, /Warning/);
    equal(world.home.read(KUBECONFIG)!.match(/^- name: c\d+$/gm)?.length, 4);
    const beside = world.home.files().filter((path) => path.startsWith(KUBECONFIG));
    deepEqual(beside, [KUBECONFIG, `${KUBECONFIG}.atmos-lock`]);
  },
});
