import { deepEqual, equal, match, ok } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const PRUNE = ["aws", "eks", "prune"];
const DEV_ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
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
  const warning = `Warning: context dev is the current context of ${world.home.at(KUBECONFIG)}\n`;
  equal(look.stderr, `${warning}Would remove 1 context; nothing was written.\n`);
  equal(world.home.read(KUBECONFIG), before);
  const done = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(done.status, 0, done.stderr);
  equal(done.stdout, look.stdout);
  match(done.stderr, /^Warning: .*\nRemoved context dev from /);
  const after = world.home.read(KUBECONFIG)!;
  ok(!after.includes("dev-cluster") && after.includes("staging-cluster") && after.includes("https://a"));
  const again = await world.run([...PRUNE, "--yes"], NOBODY);
  deepEqual([again.status, again.stdout], [0, ""]);
  match(again.stderr, /Nothing to prune: 1 cluster checked/);
});

Deno.test("prune: what kubectl still has of a removed context, or selects all the same, is told", async () => {
  await using world = await pruneWorld();
  const [select, have] = ["current-context: dev\n", "contexts:\n- {name: dev, context: {}}\n"]
    .map((text, at) => world.home.write(`mine${at}`, text));
  const ours = world.home.at(KUBECONFIG);
  const before = world.home.read(KUBECONFIG)!;
  const look = await world.run([...PRUNE, "--dry-run"], { ...NOBODY, KUBECONFIG: `${select}:${ours}` });
  match(look.stderr, new RegExp(`\nWarning: context dev is kubectl's current context, by ${select}\n`));
  const gone = await world.run([...PRUNE, "--yes"], { ...NOBODY, KUBECONFIG: `${select}:${ours}` });
  match(gone.stderr, new RegExp(`\nWarning: kubectl's current context dev, which ${select} selects, is gone\nHint: `));
  world.home.write(KUBECONFIG, before);
  const left = await world.run([...PRUNE, "--yes"], { ...NOBODY, KUBECONFIG: `${select}:${ours}:${have}` });
  match(left.stderr, new RegExp(`\nWarning: kubectl still has a context dev, of ${have}\n$`));
  equal(left.status, 0);
});

Deno.test("a list of kubeconfigs is refused by prune and by integrations, and nothing of it is made", async () => {
  await using world = await pruneWorld();
  const [one, two] = [world.home.at("one"), world.home.at("two")];
  const env = { ...NOBODY, ATMOS_KUBECONFIG: `${one}:${two}` };
  const files = world.home.files();
  for (const line of [[...PRUNE, "--yes"], [...PRUNE, "--kubeconfig", `${one}:${two}`]]) {
    const { status, stderr } = await world.run(line, env);
    equal(status, 6, stderr);
    match(
      stderr,
      /^Error: Cannot use kubeconfig ".*:.*": it is a list, and no file has that name\nHint: Specify one file: /m,
    );
  }
  const update = await world.run(["aws", "eks", "update-kubeconfig", "--all", "--kubeconfig", `${one}:${two}`], NOBODY);
  equal(update.status, 6, update.stderr);
  match(update.stderr, /it is a list/);
  deepEqual(world.home.files(), files);
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
  match(stderr, /Kept: arn:aws:eks:us-east-2:999999999999:.*identity "platform-admin" is of account 123456789012/);
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

const FILES = `auth:
  integrations:
    staging/eks: {spec: {cluster: {kubeconfig: {path: ~/staging}}}}
    prod/eks: {spec: {cluster: {kubeconfig: {path: ~/prod}}}}
`;

Deno.test("prune: a kubeconfig that is in the way is told, and holds no other back; the status is its own", async () => {
  await using world = await multiCluster({ more: FILES });
  await world.run(["auth", "login", "--strict"]);
  world.aws.clusters.splice(0);
  const broken = `${world.home.read("staging")}\tbroken\n`;
  world.home.write("staging", broken);
  Deno.mkdirSync(world.home.at("prod"));
  const { status, stdout, stderr } = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(status, 6);
  match(stderr, /^Error: \S+\/staging:\d+:\d+: Cannot edit kubeconfig .*\nHint: /m);
  match(stderr, /^Error: Cannot read kubeconfig "\S+\/prod": it is a directory\n/m);
  match(stderr, /\nRemoved context dev from /);
  match(stdout, /^-- name: dev$/m);
  equal(world.home.read("staging"), broken);
  equal(world.home.read(KUBECONFIG)!.includes("dev-cluster"), false);
});

Deno.test("prune: one file under two names is shown and pruned once, and the link stays a link", async () => {
  await using world = await multiCluster({ more: FILES });
  world.home.write(KUBECONFIG, THEIRS);
  Deno.symlinkSync(world.home.at(KUBECONFIG), world.home.at("staging"));
  await world.run(["auth", "login", "--strict"]);
  world.aws.clusters.splice(0);
  const { status, stdout, stderr } = await world.run([...PRUNE, "--yes"], NOBODY);
  equal(status, 0, stderr);
  equal(stdout.match(/^-- name: staging$/gm)?.length, 1);
  equal(stderr.match(/^Removed context staging from /gm)?.length, 1);
  equal(Deno.lstatSync(world.home.at("staging")).isSymlink, true);
  equal(world.home.read(KUBECONFIG)!.includes("cluster/"), false);
});

Deno.test("prune: a file that is named and not there is an error; one that a variable names is not", async () => {
  await using world = await multiCluster();
  const typed = await world.run([...PRUNE, "--kubeconfig", "~/none", "--yes"], NOBODY);
  equal(typed.status, 6);
  match(typed.stderr, /^Error: Cannot prune kubeconfig "\S+\/none": it does not exist\n/);
  const { status, stderr } = await world.run([...PRUNE, "--yes"], {
    ...NOBODY,
    ATMOS_KUBECONFIG: world.home.at("none"),
  });
  deepEqual([status, stderr], [0, "Nothing to prune: no clusters checked.\n"]);
  equal(world.home.read("none"), undefined);
});

Deno.test("prune: current-context of a context that goes becomes empty; of another it stays", async () => {
  await using world = await pruneWorld();
  const at = (name: string) =>
    world.home.write(
      KUBECONFIG,
      world.home.read(KUBECONFIG)!.replace(/^current-context:.*$/m, `current-context: ${name}`),
    );
  at("mine");
  const other = await world.run([...PRUNE, "--dry-run"], NOBODY);
  equal(/^[-+]current-context/m.test(other.stdout), false);
  equal(other.stderr.includes("current context"), false);
  at("dev");
  const warning = `Warning: context dev is the current context of ${world.home.at(KUBECONFIG)}\n`;
  const look = await world.run([...PRUNE, "--dry-run"], NOBODY);
  equal(look.stderr, `${warning}Would remove 1 context; nothing was written.\n`);
  const refused = await world.run(PRUNE, NOBODY);
  ok(refused.stderr.startsWith(warning) && refused.status === 2, refused.stderr);
  const done = await world.run([...PRUNE, "--yes"], NOBODY);
  ok(done.stderr.startsWith(warning), done.stderr);
  match(
    done.stderr,
    /\nRemoved context dev from \S+, which has no current context now\nHint: .*kubectl config use-context NAME --kubeconfig=\S+\/kube\/config$/m,
  );
  match(world.home.read(KUBECONFIG)!, /^current-context: ""$/m);
});

for (const args of [[...PRUNE, "--yes"], ["auth", "logout", "--all"]]) {
  Deno.test(`${args.join(" ")}: a value for which kubectl reads no file at all is told, and stays`, async () => {
    await using world = await pruneWorld();
    const ours = world.home.at(KUBECONFIG);
    world.home.write(KUBECONFIG, world.home.read(KUBECONFIG)!.replace("token: x", "token: 7"));
    const { status, stderr } = await world.run(args, { ...NOBODY, KUBECONFIG: ours });
    equal(status, 0, stderr);
    match(stderr, new RegExp(`^Warning: kubectl reads none of its files .* as ${ours} seems to be: .*`, "m"));
    const after = world.home.read(KUBECONFIG)!;
    ok(!after.includes("dev-cluster") && after.includes("token: 7"));
  });
}

/** Also where atmos.yaml gives its user the name that the AWS CLI gives. */
async function entriesOfOthersStay(alias: string | undefined) {
  const more = alias && `auth: {integrations: {dev/eks: {spec: {cluster: {user_alias: "${alias}"}}}}}\n`;
  await using world = await pruneWorld(more === undefined ? {} : { more });
  const arn = DEV_ARN;
  // As `aws eks update-kubeconfig` writes them: context and user have the cluster's name.
  const cluster = `- name: ${arn}  # of the AWS CLI\n  cluster: {server: "https://dev"}\n`;
  const context = `- name: ${arn}\n  context: {cluster: "${arn}", user: "${arn}"}\n`;
  const args = "[--region, us-east-2, eks, get-token, --cluster-name, dev-cluster]";
  const user = `- name: ${arn}\n  user: {exec: {command: aws, args: ${args}}}\n`;
  const file = THEIRS.replace("contexts:\n", `${cluster}contexts:\n${context}`).replace("users:\n", `users:\n${user}`);
  const path = world.home.write("cli", file);
  const { status, stdout } = await world.run([...PRUNE, "--kubeconfig", path, "--yes"], NOBODY);
  deepEqual([status, stdout, world.home.read("cli")], [0, "", file]);
}

Deno.test("prune: entries of others for the same vanished cluster stay, byte for byte", async () => {
  for (const alias of [undefined, DEV_ARN]) await entriesOfOthersStay(alias);
});

Deno.test("prune: at a terminal the differences come first, then the question; only a yes removes", async () => {
  if (!hasProgram("script", "prune: at a terminal")) return;
  await using world = await pruneWorld();
  const before = world.home.read(KUBECONFIG);
  const asked = { args: PRUNE, question: "[y/N]", env: world.env(NOBODY), cwd: world.home.at("repo") };
  const no = await onTerminal({ ...asked, answer: "\r" });
  equal(no.status, 130);
  match(
    no.shown,
    /\n-- name: dev\r\n[^]*\nRemove 1 context\? \[y\/N\] [^]*\nCancelled: nothing was changed\r\n$/,
  );
  equal(world.home.read(KUBECONFIG), before);
  const yes = await onTerminal({ ...asked, answer: "y\r" });
  equal(yes.status, 0);
  match(yes.shown, /\[y\/N\] y\r\n[^]*Removed context dev from /);
  equal(world.home.read(KUBECONFIG)!.includes("dev-cluster"), false);
});
