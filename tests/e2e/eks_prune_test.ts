import { deepEqual, equal, match, ok } from "node:assert/strict";
import { NOBODY } from "../support/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/multi_cluster.ts";

const PRUNE = ["aws", "eks", "prune"];
const THEIRS = `apiVersion: v1
kind: Config
clusters:
- name: mine
  cluster: {server: "https://a"}
contexts:
- name: mine
  context: {cluster: mine, user: mine}
users:
- name: mine
  user: {token: x}
`;

/** Logged in, with dev and staging in a file that had somebody else's entry; then the dev cluster is deleted. */
async function pruneWorld(options: Parameters<typeof multiCluster>[0] = {}) {
  const world = await multiCluster(options);
  world.home.write(KUBECONFIG, THEIRS);
  await world.run(["auth", "login"]);
  world.aws.clusters.splice(0, 1);
  return world;
}

Deno.test("prune: a dry run shows the differences and writes nothing; --yes removes exactly these", async () => {
  await using world = await pruneWorld();
  const before = world.home.read(KUBECONFIG);
  const look = await world.run([...PRUNE, "--dry-run"], NOBODY);
  equal(look.status, 0, look.stderr);
  match(look.stdout, /^-- name: dev$/m);
  match(look.stdout, /^-- name: user-dev-cluster$/m);
  equal(look.stderr, "Would remove 1 context; nothing was written.\n");
  equal(world.home.read(KUBECONFIG), before);
  const done = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(done.status, 0, done.stderr);
  equal(done.stdout, look.stdout);
  match(done.stderr, /^Removed context dev from /);
  const after = world.home.read(KUBECONFIG)!;
  ok(!after.includes("dev-cluster") && after.includes("staging-cluster") && after.includes("https://a"));
  const again = await world.run([...PRUNE, "--yes"], NOBODY);
  deepEqual([again.status, again.stdout], [0, ""]);
  match(again.stderr, /Nothing to prune: 1 cluster looked at/);
});

Deno.test("prune: without a terminal and without --yes it is refused, after the differences", async () => {
  await using world = await pruneWorld();
  const { status, stdout, stderr } = await world.run(PRUNE, NOBODY);
  equal(status, 2);
  match(stdout, /^-- name: dev$/m);
  match(stderr, /Cannot ask whether to remove 1 context: there is no terminal\nHint: .*--yes/);
});

Deno.test("prune: a cluster that may not be looked at stays, and that is said", async () => {
  const denied = { error: { status: 403, code: "AccessDeniedException", message: "no eks:DescribeCluster" } };
  await using world = await multiCluster({ faults: { DescribeCluster: [{}, {}, denied, denied] } });
  await world.run(["auth", "login"]);
  const before = world.home.read(KUBECONFIG);
  world.aws.clusters.splice(0, 2);
  const { status, stderr } = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(status, 0);
  equal(stderr.match(/^Kept: arn:aws:eks:.*: Cannot describe EKS cluster/gm)?.length, 2);
  equal(world.home.read(KUBECONFIG), before);
});

Deno.test("prune: another account's answer says nothing: its clusters stay", async () => {
  await using world = await pruneWorld();
  world.home.write(KUBECONFIG, world.home.read(KUBECONFIG)!.replaceAll("123456789012", "999999999999"));
  const before = world.home.read(KUBECONFIG);
  const { status, stderr } = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(status, 0);
  match(stderr, /Kept: arn:aws:eks:us-east-2:999999999999:.*the credentials are of account 123456789012/);
  equal(world.home.read(KUBECONFIG), before);
});

Deno.test("prune: a user and a cluster that another context still uses stay", async () => {
  await using world = await pruneWorld();
  const arn = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
  const more = `- name: byhand\n  context:\n    cluster: other\n    user: user-dev-cluster\nusers:\n`;
  world.home.write(KUBECONFIG, world.home.read(KUBECONFIG)!.replace("\nusers:\n", `\n${more}`));
  equal((await world.run([...PRUNE, "--yes"], NOBODY)).status, 0);
  const after = world.home.read(KUBECONFIG)!;
  ok(
    after.includes("- name: user-dev-cluster\n") && after.includes("- name: byhand\n") &&
      !after.includes(`name: ${arn}`),
  );
});
