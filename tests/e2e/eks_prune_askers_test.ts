import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { CA_DATA } from "../support/standin/clusters.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";

const PRUNE = ["aws", "eks", "prune", "--yes"];
const OTHER_URL = "https://other.awsapps.com/start";

/** Known to atmos.yaml, so that nobody need ask AWS for an entry. */
function clusterOf(name: string, more: string): string {
  const known = `endpoint: "https://${name}.example.com", certificate_authority_data: ${CA_DATA}`;
  return `spec: {cluster: {name: ${name}, region: us-east-2, ${known}, ${more}}}`;
}

/** Two ways into one cluster, each through an IAM Identity Center of its own, and a cluster with one. */
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
    other: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${OTHER_URL}}
  identities:
    admin: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
    reader: {kind: aws/permission-set, via: {provider: other}, principal: {name: Reader, account: {id: "123456789012"}}}
    lab: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Lab, account: {id: "210987654321"}}}
  integrations:
    dev/admin: {kind: aws/eks, via: {identity: admin}, ${clusterOf("dev", "alias: dev-admin")}}
    dev/reader: {kind: aws/eks, via: {identity: reader}, ${clusterOf("dev", "alias: dev-reader")}}
    ops: {kind: aws/eks, via: {identity: reader}, ${clusterOf("ops", "alias: ops, describe_identity: lab")}}
`;

const ACCOUNTS = [
  { id: "123456789012", name: "platform", email: "p@example.com", roles: ["Admin", "Reader"] },
  { id: "210987654321", name: "lab", email: "l@example.com", roles: ["Lab"] },
];

/** Logged in as admin and reader, with entries of clusters that are not there; only then lab was to describe one. */
async function goneWorld(options: LoginWorldOptions = {}): Promise<LoginWorld> {
  const config = CONFIG.replace(", describe_identity: lab", "");
  const world = await loginWorld({ config, clusters: [], sso: { accounts: ACCOUNTS }, ...options });
  for (const identity of ["admin", "reader"]) {
    const { status, stderr } = await world.run(["auth", "login", identity, "--strict"]);
    equal(status, 0, stderr);
  }
  world.home.write("repo/atmos.yaml", CONFIG);
  return world;
}

/** As if nobody had ever logged in with the provider. */
function forget({ home }: LoginWorld, provider: "sso" | "other"): void {
  Deno.removeSync(home.at(`.config/atmos/test/aws/${provider}`), { recursive: true });
  const url = provider === "sso" ? START_URL : OTHER_URL;
  const sessions = home.files().filter((path) => path.startsWith(".cache/atmos/aws-sso/sessions/"));
  const own = sessions.filter((path) => home.read(path)?.includes(url));
  ok(own.length > 0, "there is a session");
  for (const path of own) Deno.removeSync(home.at(path));
}

/** Runs it, and gives who asked about which cluster meanwhile, by permission set, and how many logins that took. */
async function pruned(
  world: LoginWorld,
  { args = [] as readonly string[], env = NOBODY as Record<string, string> } = {},
) {
  const from = world.aws.calls.length;
  const outcome = await world.run([...PRUNE, ...args], env);
  const calls = world.aws.calls.slice(from);
  const asked = calls.filter(({ action }) => action === "DescribeCluster")
    .map(({ principal, parameters }) => `${/SSO_(\w+)/.exec(principal)?.[1]}: ${parameters["name"]}`).toSorted();
  const logins = calls.filter(({ action }) => action === "StartDeviceAuthorization").length;
  return { ...outcome, asked, logins, left: contexts(world) };
}

function contexts({ home }: LoginWorld): readonly string[] {
  return ["dev-admin", "dev-reader", "ops"].filter((name) => home.read(KUBECONFIG)!.includes(`- name: ${name}\n`));
}

Deno.test("prune: after one that may not look the next context's identity is asked, and its answer settles it", async () => {
  await using world = await goneWorld({ mayNotDescribe: /SSO_Admin/ });
  const { status, stderr, asked, left } = await pruned(world);
  equal(status, 0, stderr);
  deepEqual(asked, ["Admin: dev", "Reader: dev", "Reader: ops"]);
  deepEqual(left, []);
  doesNotMatch(stderr, /Kept/);
  equal(world.aws.count("ListClusters"), 0, "nobody reads which clusters there are instead");
});

Deno.test("prune: what nobody may look at stays, with what came of each that was asked", async () => {
  await using world = await goneWorld({ mayNotDescribe: /SSO_/ });
  const { status, stderr, left } = await pruned(world);
  equal(status, 0);
  deepEqual(left, ["dev-admin", "dev-reader", "ops"]);
  match(stderr, /^Kept: \S+\/dev: Cannot describe .*SSO_Admin[^\n]*\n {6}Cannot describe .*SSO_Reader/m);
  // Its describe_identity is of another account, so it is not even asked to log in.
  match(stderr, /^Kept: \S+\/ops: .*"lab" is of account 210987654321\n {6}Cannot describe .*SSO_Reader/m);
});

Deno.test("prune: who is logged in is asked before anybody has to log in", async () => {
  await using world = await goneWorld();
  forget(world, "sso");
  const { status, stderr, asked, left, logins } = await pruned(world, { env: {} });
  equal(status, 0, stderr);
  deepEqual([asked, logins, left], [["Reader: dev", "Reader: ops"], 0, []]);
});

Deno.test("prune: of several logins the one that tells most is asked for, and no other", async () => {
  await using world = await goneWorld();
  forget(world, "sso");
  forget(world, "other");
  const { status, stderr, asked, left, logins } = await pruned(world, { env: {} });
  equal(status, 0, stderr);
  match(stderr, /^No logged-in identity can check whether 2 clusters exist; logging in as reader may help\n/m);
  deepEqual([asked, logins, left], [["Reader: dev", "Reader: ops"], 1, []]);
});

Deno.test("prune: nobody there and nobody logged in: everything stays, with the logins to type, each once", async () => {
  await using world = await goneWorld();
  forget(world, "sso");
  forget(world, "other");
  const { status, stderr, asked, left, logins } = await pruned(world);
  deepEqual([status, asked, logins, left.length], [0, [], 0, 3]);
  equal(stderr.match(/^Hint: .*atmos auth login reader/gm)?.length, 1);
  equal(stderr.match(/^Hint: .*atmos auth login admin/gm)?.length, 1);
});

Deno.test("prune: a dry run asks whoever is logged in, and nobody to log in", async () => {
  await using world = await goneWorld();
  forget(world, "sso");
  const from = world.aws.calls.length;
  const { status, stdout, stderr } = await world.run(["aws", "eks", "prune", "--dry-run"], {});
  equal(status, 0);
  match(
    stderr,
    /^Warning: context dev-admin is the current context of \S+\nWould remove 3 contexts; nothing was written\.\n$/,
  );
  match(stdout, /^-- name: dev-admin$/m);
  equal(world.aws.calls.slice(from).some(({ action }) => action === "StartDeviceAuthorization"), false);
});

Deno.test("prune: --identity is asked first; one that is not there is an error", async () => {
  await using world = await goneWorld();
  const first = await pruned(world, { args: ["--identity", "reader"] });
  deepEqual([first.asked, first.left], [["Reader: dev", "Reader: ops"], []]);
  const none = await pruned(world, { args: ["--identity", "raeder"] });
  deepEqual([none.status, none.asked], [3, []]);
  match(none.stderr, /did you mean "reader"/);
});

Deno.test("prune: an integration that may only not be loaded is still known: by its kubeconfig and its identity", async () => {
  await using world = await goneWorld();
  const elsewhere = CONFIG.replace("alias: ops, describe_identity: lab", "alias: ops, kubeconfig: {path: ~/ops}");
  world.home.write("repo/atmos.yaml", elsewhere);
  equal((await world.run(["auth", "login", "reader"], NOBODY)).status, 0);
  ok(world.home.read("ops")!.includes("- name: ops\n"));
  world.home.write("repo/atmos.yaml", CONFIG.slice(0, CONFIG.indexOf("  integrations:")));
  const record = ".local/state/atmos/kube/contexts.json";
  world.home.write(record, world.home.read(record)!.replace(/"definedIn": \[[^\]]*\],\s*/g, ""));
  const { status, stderr, asked } = await pruned(world);
  equal(status, 0, stderr);
  deepEqual(asked, ["Admin: dev", "Reader: ops"]);
  ok(!world.home.read("ops")!.includes("- name: ops\n"));
  equal(world.home.read(record), "[]\n", "nothing is left to know");
});

Deno.test("prune: who does not confirm a login is not asked for another one of that provider", async () => {
  const auditor =
    `    auditor: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Reader, account: {id: "123456789012"}}}\n`;
  const config = CONFIG.slice(0, CONFIG.indexOf("  integrations:")) + auditor;
  await using world = await loginWorld({ config, clusters: [], sso: { accounts: ACCOUNTS, device: ["denied"] } });
  const entry = (name: string, profile: string) => {
    const arn = `arn:aws:eks:us-east-2:123456789012:cluster/${name}`;
    const args = `[eks, get-token, --cluster-name, ${name}, --region, us-east-2, --profile, ${profile}]`;
    return {
      context: `- name: ${name}\n  context: {cluster: "${arn}", user: user-${name}}\n`,
      user: `- name: user-${name}\n  user: {exec: {command: aws, args: ${args}}}\n`,
    };
  };
  const entries = [entry("a", "admin"), entry("b", "auditor")];
  const text = `contexts:\n${entries.map(({ context }) => context).join("")}users:\n` +
    entries.map(({ user }) => user).join("");
  world.home.write(KUBECONFIG, text);
  const { status, stderr, logins } = await pruned(world, { env: {} });
  deepEqual([status, logins, world.home.read(KUBECONFIG)], [0, 1, text]);
  equal(stderr.match(/^Kept: /gm)?.length, 2);
});
