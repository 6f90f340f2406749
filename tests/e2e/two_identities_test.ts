import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const UPDATE = ["aws", "eks", "update-kubeconfig"];
const ACCOUNTS = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Admin", "ReadOnly"] }];
const cluster = (more = "") => `spec: {cluster: {name: dev-cluster, region: us-east-2${more}}}`;

function config(integrations: string): string {
  const set = (name: string) =>
    `{kind: aws/permission-set, via: {provider: sso}, principal: {name: ${name}, account: {id: "123456789012"}}}`;
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: ${set("Admin")}
    reader: ${set("ReadOnly")}
  integrations:
${integrations}`;
}

async function world(integrations: string): Promise<LoginWorld> {
  return await loginWorld({ config: config(integrations), sso: { accounts: ACCOUNTS } });
}

/** Each context with its user and the profile of that user's command. */
function entries(world: LoginWorld): readonly (readonly (string | undefined)[])[] {
  const text = world.home.read(KUBECONFIG)!;
  return [...text.matchAll(/- name: (.*)\n {2}context:\n {4}cluster: .*\n {4}user: (.*)\n/g)].map(([, name, user]) => [
    name,
    user,
    new RegExp(`- name: ${user}\\n(?:  .*\\n)*? {8}value: (.*)\\n`).exec(text)?.[1],
  ]);
}

Deno.test("without aliases the second identity's context has its name: two contexts and two users, whoever logs in last", async () => {
  await using one = await world(`    d: {kind: aws/eks, via: {identity: dev}, ${cluster()}}
    r: {kind: aws/eks, via: {identity: reader}, ${cluster()}}
`);
  const both = [[ARN, "user-dev-cluster", "dev"], [
    `${ARN}@reader`,
    "user-dev-cluster@123456789012.us-east-2",
    "reader",
  ]];
  for (const name of ["dev", "reader", "dev"]) equal((await one.run(["auth", "login", name, "--strict"])).status, 0);
  deepEqual(entries(one), both);
  match(one.home.read(KUBECONFIG)!, new RegExp(`\\ncurrent-context: ${ARN}\\n`));
  equal((await one.run([...UPDATE, "--all"], NOBODY)).status, 0);
  deepEqual(entries(one), both);
  equal((await one.run(["auth", "logout", "dev"], NOBODY)).status, 0);
  deepEqual(entries(one), both.slice(1));
});

Deno.test("exec makes its own identity's entry: one that another identity has left under that name is none", async () => {
  await using one = await world(
    `    all: {kind: aws/eks, via: {provider: sso}, ${cluster(", alias: all, exec_command: atmos")}}\n`,
  );
  for (const name of ["dev", "reader"]) await one.run(["auth", "login", name]);
  const user = () => /user: (user-.*)\n/.exec(one.home.read(KUBECONFIG)!)![1]!;
  const whose = () => one.home.read(KUBECONFIG)!.split(`- name: ${user()}\n`)[1]!.match(/--identity=(\w+)/)![1];
  equal(whose(), "reader");
  equal((await one.run(["auth", "exec", "-i", "dev", "--", "true"], NOBODY)).status, 0);
  equal(whose(), "dev");
  const calls = one.aws.count("DescribeCluster");
  equal((await one.run(["auth", "exec", "-i", "dev", "--", "true"], NOBODY)).status, 0);
  equal(one.aws.count("DescribeCluster"), calls);
});

Deno.test("one alias for two identities: the first keeps it, and a flag gives the second one its own", async () => {
  await using one = await world(`    d: {kind: aws/eks, via: {identity: dev}, ${cluster(", alias: main")}}
    r: {kind: aws/eks, via: {identity: reader}, ${cluster(", alias: main")}}
`);
  await one.run(["auth", "login", "dev", "--strict"]);
  const reader = await one.run(["auth", "login", "reader", "--strict", "--output", "json"]);
  equal(reader.status, 5);
  match(
    reader.stderr,
    /\nWarning: r: .*:10:111: Cannot use integration "r": its context belongs to another integration\nHint: .*: atmos aws eks update-kubeconfig --integration r --alias NAME\n/,
  );
  const { integrations: [failed] } = JSON.parse(reader.stdout);
  deepEqual([failed.integration, failed.action, failed.error.code], ["r", "failed", "config-invalid"]);
  deepEqual(entries(one), [["main", "user-dev-cluster", "dev"]]);
  const named = await one.run([...UPDATE, "r", "--alias", "read"], NOBODY);
  equal(named.status, 0, named.stderr);
  deepEqual(entries(one).map(([name, , profile]) => [name, profile]), [["main", "dev"], ["read", "reader"]]);
});

Deno.test("a broken integration counts: --strict is 5, JSON has it, and --all makes the others and ends with its status", async () => {
  await using one = await world(`    d: {kind: aws/eks, via: {identity: dev}, ${cluster(", alias: d")}}
    broken: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: 7, region: us-east-2}}}
    others: {kind: aws/eks, via: {identity: reader}, spec: {cluster: {name: 7, region: us-east-2}}}
`);
  const login = await one.run(["auth", "login", "dev", "--strict", "--output", "json"]);
  equal(login.status, 5);
  match(login.stderr, /\nError: Cannot provision 1 integration: broken\n/);
  const found = JSON.parse(login.stdout).integrations.map((
    row: Record<string, unknown>,
  ) => [row["integration"], row["action"]]);
  deepEqual(found, [["d", "added"], ["broken", "failed"]]);
  Deno.removeSync(one.home.at(KUBECONFIG));
  const all = await one.run([...UPDATE, "--all"], NOBODY);
  equal(all.status, 3);
  deepEqual(entries(one).map(([name]) => name), ["d"]);
  match(all.stderr, /Error: .*Cannot use integration "broken"/);
  doesNotMatch(all.stderr, /identity "broken"/);
});

Deno.test("a preview of two files in which one user's name means two identities has a document for each", async () => {
  const more = (file: string) => `, exec_command: atmos, kubeconfig: {path: ${file}}`;
  await using one = await world(
    `    d: {kind: aws/eks, via: {identity: dev}, ${cluster(`, alias: dev${more("~/.kube/one")}`)}}
    r: {kind: aws/eks, via: {identity: reader}, ${cluster(`, alias: reader${more("~/.kube/two")}`)}}
`,
  );
  await one.run(["auth", "login", "dev", "--no-integrations"]);
  const { status, stdout, stderr } = await one.run([...UPDATE, "d", "r", "--dry-run"]);
  equal(status, 0, stderr);
  const documents = stdout.split("---\n");
  deepEqual(documents.map((text) => /^# (.*)\n/.exec(text)?.[1]), ["one", "two"].map((n) => one.home.at(`.kube/${n}`)));
  deepEqual(documents.map((text) => text.match(/^- name: user-dev-cluster$/gm)?.length), [1, 1]);
  deepEqual(documents.map((text) => /--identity=(\w+)/.exec(text)?.[1]), ["dev", "reader"]);
  // Of one user, or of one file, it stays one document.
  doesNotMatch((await one.run([...UPDATE, "d", "--dry-run"])).stdout, /^---$|^# /m);
});

Deno.test("a context of an integration that a cluster by its name takes for another identity: it is said, with both ways out", async () => {
  const integrations = `    dev/eks: {kind: aws/eks, via: {identity: dev}, ${cluster(", alias: dev")}}\n`;
  await using here = await world(integrations);
  for (const identity of ["dev", "reader"]) equal((await here.run(["auth", "login", identity])).status, 0);
  const named = [...UPDATE, "--name", "dev-cluster", "--region", "us-east-2"];
  const taken = await here.run([...named, "--alias", "dev", "-i", "reader"], NOBODY);
  equal(taken.status, 0, taken.stderr);
  match(
    taken.stderr,
    /^Warning: Context dev acted as dev, for integration dev\/eks; it acts as reader now\nHint: .* --alias\. .*update-kubeconfig --integration dev\/eks$/m,
  );
  equal(entries(here)[0]![2], "reader");
  for (
    const more of [["--alias", "own", "-i", "reader"], ["--alias", "own", "-i", "reader"], [
      "--alias",
      "more",
      "-i",
      "dev",
    ]]
  ) {
    doesNotMatch((await here.run([...named, ...more], NOBODY)).stderr, /Warning: Context/);
  }
  const back = await here.run([...UPDATE, "--integration", "dev/eks"], NOBODY);
  equal(back.status, 0, back.stderr);
});
