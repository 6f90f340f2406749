import { deepEqual, equal, match, ok } from "node:assert/strict";
import { load } from "js-yaml";
import { accountId, type Fleet, fleetWorld } from "../support/runs/fleet_run.ts";
import { type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyEnv, SESSION_KEY } from "../support/standin/keys.ts";

const DISCOVER = ["aws", "eks", "update-kubeconfig", "--discover"];
const ALL = [...DISCOVER, "--all-identities", "--all-regions"];
const FILE = ".config/atmos/kube/config";
const FLEET: Fleet = { accounts: 2, regions: ["us-east-2", "eu-west-1"], clusters: 2 };

interface Contexts {
  readonly contexts: readonly { readonly name: string; readonly context: { readonly user: string } }[];
  readonly users: readonly { readonly name: string; readonly user: { readonly exec: { readonly args: string[] } } }[];
}

function kubeconfig({ home }: LoginWorld): Contexts {
  return load(home.read(FILE)!) as Contexts;
}

Deno.test("discover: every cluster of every identity, each described once, in one write, each user its own", async () => {
  await using world = await fleetWorld(FLEET);
  const { status, stderr } = await world.run([...ALL, "--alias", "{account}-{region}-{cluster}"], NOBODY);
  equal(status, 0, stderr);
  const { contexts, users } = kubeconfig(world);
  const expected = [0, 1].flatMap((index) =>
    FLEET.regions.flatMap((region) => ["c0", "c1"].map((name) => `${accountId(index)}-${region}-${name}`))
  );
  deepEqual(contexts.map(({ name }) => name).toSorted(), expected.toSorted());
  equal(new Set(users.map(({ name }) => name)).size, 8, "no two contexts share a user");
  equal(world.aws.count("DescribeCluster"), 8);
  equal(world.aws.count("ListClusters"), 4);
});

Deno.test("discover: the same again writes nothing; what is gone is pruned", async () => {
  await using world = await fleetWorld(FLEET);
  equal((await world.run(ALL, NOBODY)).status, 0);
  const first = world.home.read(FILE)!;
  const again = await world.run(ALL, { ...NOBODY, ATMOS_IDENTITY: "team-1" });
  equal(again.status, 0, `in a shell of one of them: ${again.stderr}`);
  equal(world.home.read(FILE), first);
  world.aws.clusters.splice(0, 1);
  const { status, stderr } = await world.run(["aws", "eks", "prune", "--yes"], NOBODY);
  equal(status, 0, stderr);
  equal(kubeconfig(world).contexts.length, 7);
});

Deno.test("discover: what was found as an identity goes with its logout, another identity's stays", async () => {
  await using world = await fleetWorld(FLEET);
  equal((await world.run(ALL, NOBODY)).status, 0);
  const { status, stderr } = await world.run(["auth", "logout", "team-1"], NOBODY);
  equal(status, 0, stderr);
  equal(stderr.match(/^ {2}Removed: context arn:/gm)?.length, 4);
  const left = kubeconfig(world).contexts.map(({ name }) => name);
  deepEqual([left.length, left.every((name) => name.includes(accountId(0)))], [4, true]);
});

Deno.test("discover: a pattern, a region, one identity; a preview writes nothing", async () => {
  await using world = await fleetWorld(FLEET);
  const some = [...DISCOVER, "-i", "team-1", "--region", "us-east-2", "--match", "*1", "--exec-command", "atmos"];
  for (const preview of ["--dry-run", "--diff"]) {
    const { status, stdout } = await world.run([...some, preview], NOBODY);
    equal(status, 0);
    match(stdout, /c1/);
    equal(world.home.read(FILE), undefined);
  }
  equal((await world.run(some, NOBODY)).status, 0);
  const { contexts, users } = kubeconfig(world);
  deepEqual(contexts.map(({ name }) => name), [`arn:aws:eks:us-east-2:${accountId(1)}:cluster/c1`]);
  ok(users[0]!.user.exec.args.join(" ").includes("--identity=team-1"), users[0]!.user.exec.args.join(" "));
});

Deno.test("discover: the contexts are the identity's own: exec selects them, and another alias renames them", async () => {
  await using world = await fleetWorld(FLEET);
  const some = [...DISCOVER, "-i", "team-1", "--region", "us-east-2"];
  equal((await world.run([...some, "--alias", "{cluster}"], NOBODY)).status, 0);
  const exec = await world.run([
    "auth",
    "exec",
    "-i",
    "team-1",
    "--context",
    "c1",
    "--",
    "sh",
    "-c",
    "echo $KUBECONFIG",
  ]);
  equal(exec.status, 0, exec.stderr);
  match(exec.stdout, /selectors.*\.config\/atmos\/kube\/config/);
  const other = await world.run(["auth", "exec", "-i", "team-0", "--context", "c1", "--", "true"]);
  equal(other.status, 2, "it is no other identity's");
  equal((await world.run([...some, "--alias", "{cluster}-{region}"], NOBODY)).status, 0);
  deepEqual(kubeconfig(world).contexts.map(({ name }) => name), ["c0-us-east-2", "c1-us-east-2"]);
});

Deno.test("discover: as data, with the place of each that failed", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1, regions: ["us-east-2"] });
  world.aws.fail("DescribeCluster", { error: { status: 403, code: "AccessDeniedException", message: "no" } });
  const { status, stdout } = await world.run(
    [...DISCOVER, "-i", "team-0", "--region", "us-east-2", "--output", "json"],
    NOBODY,
  );
  equal(status, 5);
  const rows = JSON.parse(stdout) as readonly Record<string, unknown>[];
  const place = { region: "us-east-2", account: accountId(0), identity: "team-0" };
  for (const row of rows) deepEqual({ ...row, ...place, cluster: row["cluster"] }, row);
  deepEqual(rows.map(({ action }) => action).toSorted(), ["added", "failed"]);
});

Deno.test("discover: what cannot be asked is a warning; nothing that fits is exit 5", async () => {
  await using world = await fleetWorld(FLEET);
  world.aws.fail("ListClusters", { error: { status: 403, code: "AccessDeniedException", message: "no" } });
  const { status, stderr } = await world.run(ALL, NOBODY);
  equal(status, 0);
  match(stderr, /Warning: account 1000000000\d\d, \S+: Cannot list the EKS clusters/);
  const none = await world.run([...ALL, "--match", "nothing-*"], NOBODY);
  equal(none.status, 5);
  match(none.stderr, /^Error: Cannot discover clusters: there is none that matches "nothing-\*"\nHint: /);
});

for (const state of ["CREATING", "DELETING", "FAILED", "PENDING"]) {
  Deno.test(`discover: a cluster that is ${state} is skipped with a warning, and the others are written`, async () => {
    await using world = await fleetWorld({ accounts: 1, regions: ["us-east-2"], clusters: 2 });
    const [first] = world.aws.clusters;
    world.aws.clusters[0] = { ...first!, status: state };
    const some = [...DISCOVER, "-i", "team-0", "--region", "us-east-2"];
    const { status, stdout, stderr } = await world.run([...some, "--output", "json"], NOBODY);
    equal(status, 0, stderr);
    match(stderr, new RegExp(`^Warning: Cannot use EKS cluster "c0": its status is ${state}; it is skipped$`, "m"));
    deepEqual(JSON.parse(stdout).map(({ action }: { action: string }) => action), ["skipped", "added"]);
    equal(kubeconfig(world).contexts.length, 1);
    const alone = await world.run([...some, "--match", "c0"], NOBODY);
    equal(alone.status, 5);
    const named = ["aws", "eks", "update-kubeconfig", "--name", "c0", "--region", "us-east-2", "-i", "team-0"];
    equal((await world.run(named, NOBODY)).status, 5);
  });
}

Deno.test("discover: one alias for several clusters is refused with one that does; for one cluster it is taken", async () => {
  await using world = await fleetWorld({ accounts: 1, regions: ["us-east-2"], clusters: 2 });
  const some = [...DISCOVER, "-i", "team-0", "--region", "us-east-2", "--alias", "prod"];
  const { status, stderr } = await world.run(some, NOBODY);
  equal(status, 2);
  match(stderr, /^Error: Cannot use --alias prod for 2 clusters: each needs its own name$/m);
  match(stderr, /^Hint: .*: --alias 'prod-\{cluster\}'$/m);
  equal(world.home.read(FILE), undefined);
  equal((await world.run([...some, "--match", "c1"], NOBODY)).status, 0);
});

Deno.test("discover: bad command lines are refused before anything is asked", async () => {
  await using world = await loginWorld();
  const bad = [
    [...DISCOVER, "--name", "x"],
    [...DISCOVER, "dev/eks"],
    [...DISCOVER, "--all-regions", "--region", "us-east-2"],
    [...DISCOVER, "--region", "evil.example/"],
    [...DISCOVER, "--alias", "{nothing}"],
    ["aws", "eks", "update-kubeconfig", "--all-identities"],
    ["aws", "eks", "update-kubeconfig", "--name", "x", "--match", "y"],
  ];
  for (const words of bad) equal((await world.run(words, NOBODY)).status, 2, words.join(" "));
  deepEqual(world.aws.calls, []);
  const keys = await world.run([...DISCOVER, "--region", "us-east-2"], { ...keyEnv(SESSION_KEY), ...NOBODY });
  equal(keys.status, 2);
  match(
    keys.stderr,
    /^Error: Cannot discover clusters: the credentials belong to no identity of atmos\.yaml\nHint: Specify one/,
  );
});
