import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const eks = (identity: string, alias: string) =>
  `{kind: aws/eks, via: {identity: ${identity}}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: ${alias}}}}`;

/** One cluster through two identities. */
const ADMIN = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    admin: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
    reader: {kind: aws/permission-set, via: {provider: sso}, principal: {name: ReadOnly, account: {id: "123456789012"}}}
  integrations:
    dev/admin: ${eks("admin", "dev")}
`;
const BOTH = `${ADMIN}    dev/reader: ${eks("reader", "read")}\n`;
const THEIRS = `# by hand
clusters:
- name: mine # stays
  cluster: {server: "https://a"}
contexts:
- name: mine
  context: {cluster: mine, user: mine}
users:
- name: mine
  user: {token: x}
`;

async function loggedIn(config: string, identities: readonly string[]): Promise<LoginWorld> {
  const world = await loginWorld({ config });
  for (const identity of identities) {
    const { status, stderr } = await world.run(["auth", "login", identity, "--strict"]);
    equal(status, 0, stderr);
  }
  return world;
}

async function logOut(world: LoginWorld, ...args: readonly string[]) {
  const { status, stderr } = await world.run(["auth", "logout", ...args], NOBODY);
  equal(status, 0, stderr);
  return stderr;
}

/** Names of all entries of the kubeconfig, in order. */
function names({ home }: LoginWorld): readonly string[] {
  return [...home.read(KUBECONFIG)!.matchAll(/^- name: (.*)$/gm)].map((found) => found[1]!);
}

Deno.test("auth logout: a context that another file of KUBECONFIG selects is told to be gone", async () => {
  await using world = await loggedIn(ADMIN, ["admin"]);
  const mine = world.home.write("mine", "current-context: dev\n");
  const env = { ...NOBODY, KUBECONFIG: `${mine}:${world.home.at(KUBECONFIG)}` };
  const { stderr } = await world.run(["auth", "logout", "admin"], env);
  ok(
    stderr.endsWith(
      `Warning: kubectl's current context dev, which ${mine} selects, is gone\n` +
        "Hint: Select another one: kubectl config use-context NAME\n",
    ),
    stderr,
  );
});

Deno.test("auth logout: one of two identities of a cluster: its context and user go, the cluster and the other's stay", async () => {
  await using world = await loggedIn(BOTH, ["admin", "reader"]);
  const reader = "user-dev-cluster@123456789012.us-east-2";
  deepEqual(names(world), [ARN, "dev", "read", "user-dev-cluster", reader]);
  match(world.home.read(KUBECONFIG)!, /^current-context: dev$/m);
  match(await logOut(world, "admin"), /\n {2}Removed: context dev in \S+\n/);
  deepEqual(names(world), [ARN, "read", reader]);
  match(world.home.read(KUBECONFIG)!, /^current-context: ""$/m);
  await logOut(world, "reader");
  deepEqual(names(world), []);
});

Deno.test("auth logout: a second way into the cluster, and another alias, that atmos.yaml has got since the login", async () => {
  await using world = await loggedIn(ADMIN, ["admin"]);
  world.home.write("repo/atmos.yaml", BOTH.replace("alias: dev}", "alias: renamed}"));
  const told = await logOut(world, "admin", "--dry-run");
  match(told, /\n {2}Would remove: context dev in \S+\n/);
  deepEqual(names(world), [ARN, "dev", "user-dev-cluster"]);
  match(await logOut(world, "admin"), /\n {2}Removed: context dev in \S+\n/);
  deepEqual(names(world), []);
});

Deno.test("auth logout: what a person added to our context goes with it; our user stays where a context by hand has it", async () => {
  await using world = await loginWorld({ config: ADMIN });
  world.home.write(KUBECONFIG, THEIRS);
  await world.run(["auth", "login", "admin", "--strict"]);
  const own = world.home.read(KUBECONFIG)!;
  const byHand = `- name: byhand\n  context: {cluster: mine, user: user-dev-cluster}\n`;
  const added = own.replace("user: user-dev-cluster\n", "user: user-dev-cluster\n    namespace: web # mine\n")
    .replace("contexts:\n", `contexts:\n${byHand}`);
  world.home.write(KUBECONFIG, added);
  await logOut(world, "admin");
  const user = own.slice(own.indexOf("- name: user-dev-cluster")).replace(/^current-context:.*\n/m, "");
  const left = world.home.read(KUBECONFIG)!;
  equal(left.replace(/^current-context:.*\n/m, ""), THEIRS.replace("contexts:\n", `contexts:\n${byHand}`) + user);
});

const UNEDITABLE: readonly (readonly [what: string, change: (path: string) => void])[] = [
  ["broken", (path) => Deno.writeTextFileSync(path, "clusters: {\n")],
  ["a directory", (path) => (Deno.removeSync(path), Deno.mkdirSync(path))],
];

for (const [what, change] of UNEDITABLE) {
  Deno.test(`auth logout: a kubeconfig that is ${what} is a warning; the logout holds, and another one removes the rest`, async () => {
    await using world = await loggedIn(ADMIN, ["admin"]);
    const before = world.home.read(KUBECONFIG)!;
    change(world.home.at(KUBECONFIG));
    const told = await logOut(world, "admin");
    match(
      told,
      /^Warning: \S*.*kubeconfig "\S+".*\nHint: Fix that and log out again, or remove the entries yourself\n/m,
    );
    match(told, /Logged out of admin/);
    Deno.removeSync(world.home.at(KUBECONFIG));
    world.home.write(KUBECONFIG, before);
    match(await logOut(world, "admin"), /\n {2}Removed: context dev in /);
    deepEqual(names(world), []);
  });
}

Deno.test("auth logout: a kubeconfig that is gone or empty stays so", async () => {
  await using world = await loggedIn(ADMIN, ["admin"]);
  world.home.write(KUBECONFIG, "");
  ok(!(await logOut(world, "admin")).includes("context"));
  equal(world.home.read(KUBECONFIG), "");
  await world.run(["auth", "login", "admin", "--strict"]);
  Deno.removeSync(world.home.at(".config/atmos/kube"), { recursive: true });
  ok(!(await logOut(world, "admin")).includes("context"));
  deepEqual(world.home.files().filter((path) => path.startsWith(".config/atmos/kube")), []);
});

Deno.test("auth logout: the shell that auth env was evaluated in is told to unset every variable that it set", async () => {
  const config =
    ADMIN.replace("kind: aws/permission-set,", "kind: aws/permission-set, env: [{key: TEAM, value: core}],") +
    '    dev/ecr: {kind: aws/ecr, via: {identity: admin}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}\n';
  await using world = await loggedIn(config, ["admin"]);
  const { stdout } = await world.run(["auth", "env", "admin", "--format", "json"], NOBODY);
  const set = JSON.parse(stdout) as Record<string, string>;
  ok("KUBECONFIG" in set && "DOCKER_CONFIG" in set && "TEAM" in set, stdout);
  const { status, stderr } = await world.run(["auth", "logout", "admin"], { ...NOBODY, ...set, EDITOR: "vi" });
  equal(status, 0, stderr);
  const [, names] = /^ {2}This shell still names it: unset (.*)$/m.exec(stderr)!;
  deepEqual(names!.split(" ").sort(), Object.keys(set).sort());
});

const REGISTRY =
  `{kind: aws/ecr, via: {identity: admin}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}`;

/** What became of the configuration between the login and the logout. */
const EDITS: Readonly<Record<string, (config: string) => string>> = {
  "its integrations of ECR are gone": (config) => config.replace(/^ {4}dev\/ecr:.*\n/m, ""),
  "all integrations are gone": (config) => config.replace(/^ {2}integrations:[\s\S]*/m, ""),
  "the identity has another name, and the integrations go on with it": (config) =>
    config.replace(/^ {4}admin:/m, "    other:").replaceAll("{identity: admin}", "{identity: other}"),
  "they and the identity's name are gone": (config) =>
    config.replace(/^ {2}integrations:[\s\S]*/m, "").replace(/^ {4}admin:/m, "    other:"),
};

for (const [edit, change] of Object.entries(EDITS)) {
  Deno.test(`auth logout --all: where ${edit}, docker's login and the contexts go as well`, async () => {
    const config = `${ADMIN}    dev/ecr: ${REGISTRY}\n`;
    for (const how of ["--all", "--all-realms"]) {
      await using world = await loggedIn(config, ["admin"]);
      world.home.write("repo/atmos.yaml", change(config));
      match(await logOut(world, how), /Removed: docker's login at 123456789012\.dkr\.ecr\.us-east-2\.amazonaws\.com /);
      ok(!world.home.read(".docker/config.json")?.includes("dkr.ecr"), how);
      deepEqual(world.home.read(KUBECONFIG)?.match(/^- name: dev$/m) ?? null, null);
    }
  });
}

Deno.test("auth logout --all: docker's login of another configuration stays, but for --all-realms", async () => {
  await using world = await loggedIn(`${ADMIN}    dev/ecr: ${REGISTRY}\n`, ["admin"]);
  world.home.write("other/atmos.yaml", ADMIN);
  const from = (how: string) => world.run(["-C", world.home.at("other"), "auth", "logout", how], NOBODY);
  const has = () => world.home.read(".docker/config.json")!.includes("dkr.ecr");
  equal((await from("--all")).status, 0);
  equal(has(), true);
  equal((await from("--all-realms")).status, 0);
  equal(has(), false);
});
