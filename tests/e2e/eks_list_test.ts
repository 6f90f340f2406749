import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { load } from "js-yaml";
import { accountId, type Fleet, fleetWorld } from "../support/runs/fleet_run.ts";
import { loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyEnv, SESSION_KEY } from "../support/standin/keys.ts";

const LIST = ["aws", "eks", "list"];
const ALL = [...LIST, "--all-identities", "--all-regions"];
const FLEET: Fleet = { accounts: 3, regions: ["us-east-2", "eu-west-1"], clusters: 2 };

Deno.test("eks list: every cluster of every account and region once, and no call twice", async () => {
  await using world = await fleetWorld(FLEET);
  const before = world.aws.calls.length;
  const { status, stdout, stderr } = await world.run([...ALL, "-o", "json"], NOBODY);
  deepEqual([status, stderr], [0, ""]);
  const found = JSON.parse(stdout) as readonly Record<string, unknown>[];
  equal(found.length, 12);
  deepEqual(found[0], {
    name: "c0",
    arn: `arn:aws:eks:eu-west-1:${accountId(0)}:cluster/c0`,
    account_id: accountId(0),
    account_name: null,
    region: "eu-west-1",
    status: "ACTIVE",
    version: "1.34",
    endpoint: "https://c0-100000000000.gr7.eu-west-1.eks.amazonaws.com",
    identity: "team-0",
    context: null,
    kubeconfig: null,
    contexts: [],
  });
  deepEqual(new Set(found.map(({ identity }) => identity)), new Set(["team-0", "team-1", "team-2"]));
  const calls = world.aws.calls.slice(before).map(({ action, principal, region, parameters }) =>
    JSON.stringify([action, principal, region, parameters])
  );
  deepEqual(calls.toSorted(), [...new Set(calls)].toSorted(), "a call twice");
  equal(world.aws.count("ListClusters"), 6);
  equal(world.aws.count("DescribeCluster"), 12);
});

Deno.test("eks list: a table for people, the same as YAML, and the context of each", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1, regions: ["us-east-2"] });
  const update = ["aws", "eks", "update-kubeconfig", "--name", "c1", "--region", "us-east-2", "-i", "team-0"];
  equal((await world.run([...update, "--alias", "mine"], NOBODY)).status, 0);
  const { stdout } = await world.run([...LIST, "-i", "team-0"], NOBODY);
  const rows = stdout.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
  deepEqual(rows, [
    ["CLUSTER", "ACCOUNT", "REGION", "STATUS", "VERSION", "IDENTITY", "CONTEXT"],
    ["c0", accountId(0), "us-east-2", "ACTIVE", "1.34", "team-0", "-"],
    ["c1", accountId(0), "us-east-2", "ACTIVE", "1.34", "team-0", "mine"],
  ]);
  const wide = await world.run([...LIST, "-i", "team-0", "-o", "wide"], NOBODY);
  match(wide.stdout, /mine +\S+\.config\/atmos\/kube\/config +https:/);
  const yaml = await world.run([...LIST, "-i", "team-0", "-o", "yaml"], NOBODY);
  const json = await world.run([...LIST, "-i", "team-0", "-o", "json"], NOBODY);
  deepEqual(load(yaml.stdout), JSON.parse(json.stdout));
});

Deno.test("eks list: what cannot be asked is a warning with account and region, and the rest is listed", async () => {
  await using world = await fleetWorld(FLEET);
  world.aws.fail("ListClusters", { error: { status: 403, code: "AccessDeniedException", message: "no" } });
  const { status, stdout, stderr } = await world.run([...ALL, "-o", "json"], NOBODY);
  deepEqual([status, JSON.parse(stdout).length], [0, 10]);
  match(stderr, /^Warning: account 1000000000\d\d, (?:us-east-2|eu-west-1): Cannot list the EKS clusters/);
});

Deno.test("eks list: where nothing can be asked, the first reason is the error", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1, regions: ["us-east-2"] });
  world.aws.fail("ListClusters", { error: { status: 403, code: "AccessDeniedException", message: "no" } });
  const { status, stdout } = await world.run([...LIST, "-i", "team-0"], NOBODY);
  deepEqual([status, stdout], [5, ""]);
});

Deno.test("eks list: regions that do not know the account are remembered where their list may not be had", async () => {
  const refusing = ["ap-east-1", "me-south-1"];
  await using world = await fleetWorld({ ...FLEET, accounts: 1 }, { enabledRegions: {}, regionsThatRefuse: refusing });
  for (const times of ["first", "second"]) {
    const before = world.aws.calls.length;
    const { status, stderr, stdout } = await world.run([...ALL, "-o", "json"], NOBODY);
    deepEqual([status, stderr, JSON.parse(stdout).length], [0, "", 4], times);
    const asked = world.aws.calls.slice(before).filter(({ action }) => action === "ListClusters");
    equal(asked.some(({ region }) => refusing.includes(region)), times === "first");
    ok(asked.length > 25, "all public regions of the partition");
    ok(asked.every(({ region }) => !/^(?:cn|us-gov|eusc)-/.test(region)));
  }
});

Deno.test("eks list: the list of regions is asked for once a day", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1 });
  for (const ATMOS_IDENTITY of ["team-0", "false"]) {
    equal((await world.run(ALL, { ...NOBODY, ATMOS_IDENTITY })).status, 0);
  }
  equal(world.aws.count("ListRegions"), 1);
});

Deno.test("eks list: of the identities of an account the default asks, and those of another account lose nothing", async () => {
  await using world = await loginWorld();
  equal((await world.run(["auth", "login"])).status, 0);
  const { status, stdout } = await world.run([...LIST, "--all-identities", "-o", "json"], NOBODY);
  equal(status, 0);
  deepEqual(JSON.parse(stdout).map((one: { name: string; identity: string }) => [one.name, one.identity]), [
    ["dev-cluster", "Dev"],
  ]);
});

Deno.test("eks list: where AWS refuses an identity's session, the hint is to log in as it again", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1 });
  const expired = { error: { status: 403, code: "ExpiredTokenException", message: "expired" }, times: 4 };
  world.aws.fail("ListClusters", expired);
  const { status, stderr } = await world.run([...LIST, "-i", "team-0", "--region", "us-east-2"], NOBODY);
  equal(status, 4);
  match(stderr, /\nHint: .*atmos auth login team-0 --force/);
});

Deno.test("eks list: without atmos.yaml it is whose credentials the AWS CLI would use", async () => {
  await using world = await loginWorld({ config: "" });
  const env = { ...keyEnv(SESSION_KEY), AWS_REGION: "us-east-2", ...NOBODY };
  const { status, stdout } = await world.run([...LIST, "-o", "json"], env);
  equal(status, 0);
  deepEqual(JSON.parse(stdout).map((one: { name: string; identity: null }) => [one.name, one.identity]), [
    ["dev-cluster", null],
  ]);
});

Deno.test("eks list: with --all-regions no region need be configured", async () => {
  await using world = await loginWorld({ config: "" });
  const { status, stdout, stderr } = await world.run([...LIST, "--all-regions", "-o", "json"], {
    ...keyEnv(SESSION_KEY),
    ...NOBODY,
  });
  equal(status, 0, stderr);
  deepEqual(JSON.parse(stdout).map((one: { name: string }) => one.name), ["dev-cluster"]);
});

Deno.test("eks list: of several contexts the identity's own comes first, and the others are counted; data has them all", async () => {
  await using world = await fleetWorld({ ...FLEET, accounts: 1, regions: ["us-east-2"], clusters: 1 });
  const path = world.home.at("kc");
  const update = ["aws", "eks", "update-kubeconfig", "--name", "c0", "--region", "us-east-2", "--kubeconfig", path];
  equal((await world.run([...update, "-i", "team-0", "--alias", "zz"], NOBODY)).status, 0);
  const text = world.home.read("kc")!;
  const cluster = `arn:aws:eks:us-east-2:${accountId(0)}:cluster/c0`;
  const other = `- {name: aa, context: {cluster: "${cluster}", user: theirs}}`;
  world.home.write("kc", text.replace("contexts:\n", `contexts:\n${other}\n`));
  const { stdout } = await world.run([...LIST, "-i", "team-0", "--kubeconfig", path], NOBODY);
  match(stdout, / {2}zz \(\+1\)$/m);
  const json = await world.run([...LIST, "-i", "team-0", "--kubeconfig", path, "-o", "json"], NOBODY);
  const [row] = JSON.parse(json.stdout);
  deepEqual([row.context, row.contexts.map((one: { name: string }) => one.name)], ["zz", ["zz", "aa"]]);
});

Deno.test("eks list: flags that do not go together, and no region at all", async () => {
  await using world = await loginWorld({ config: "" });
  const bad = [
    ["--all-identities", "-i", "x"],
    ["--all-identities", "--profile", "x"],
    ["--all-regions", "--region", "us-east-2"],
    ["--region", "evil.example/"],
  ];
  for (const words of bad) {
    const { status, stderr } = await world.run([...LIST, ...words]);
    equal(status, 2, stderr);
    match(stderr, /\nHint: /);
  }
  equal((await world.run([...LIST, "--all-identities"])).status, 3);
  deepEqual(world.aws.calls, []);
});

Deno.test("eks list: without a login and a terminal, exit 4 with the command; no secret is shown", async () => {
  await using world = await loginWorld();
  for (const words of [[...LIST, "-i", "Dev"], ALL]) {
    const { status, stderr } = await world.run(words, NOBODY);
    equal(status, 4, stderr);
    match(stderr, /atmos auth login/);
  }
  const { stderr } = await world.run([...LIST, "-i", "Dev"], NOBODY);
  for (const secret of world.aws.secrets()) doesNotMatch(stderr, new RegExp(RegExp.escape(secret)));
});
