import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { cluster } from "../support/standin/clusters.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";

const LOGIN = ["auth", "login", "--strict"];
const ALL = ["aws", "eks", "update-kubeconfig", "--all"];

function config(integrations: string): string {
  const set =
    `{kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}`;
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: ${set}
  integrations:
${integrations}`;
}

/** An integration: what its cluster says beside the region. */
function linked(name: string, says: string): string {
  return `    ${name}: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {region: us-east-2, ${says}}}}\n`;
}

async function world(...integrations: readonly string[]): Promise<LoginWorld> {
  const clusters = [...["one", "two", "three"].map((name) => cluster(name)), cluster("one", { region: "us-west-2" })];
  const accounts = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Admin"] }];
  const found = await loginWorld({ config: config(integrations.join("")), clusters, sso: { accounts } });
  equal((await found.run(["auth", "login"])).status, 0);
  return found;
}

function change({ home }: LoginWorld, ...integrations: readonly string[]): void {
  home.write("repo/atmos.yaml", config(integrations.join("")));
}

function edit({ home }: LoginWorld, by: (text: string) => string): void {
  home.write(KUBECONFIG, by(home.read(KUBECONFIG)!));
}

/** A login, and another one that changes nothing. */
async function login(one: LoginWorld): Promise<string> {
  const first = await one.run(LOGIN, NOBODY);
  equal(first.status, 0, first.stderr);
  const before = one.home.read(KUBECONFIG);
  const second = await one.run(LOGIN, NOBODY);
  equal(second.status, 0, second.stderr);
  equal(one.home.read(KUBECONFIG), before);
  doesNotMatch(second.stderr, /added|updated|Note/);
  return first.stderr;
}

/** Each context with its cluster and user; then the users and the clusters. */
function said({ home }: LoginWorld) {
  const text = home.read(KUBECONFIG)!;
  const names = (from: string, to: string) =>
    [
      ...text.slice(text.indexOf(`${from}:`), to === "" ? undefined : text.indexOf(`\n${to}:`))
        .matchAll(/^- name: (\S+)/gm),
    ].map((found) => found[1]!.split("/").at(-1)!);
  const contexts = [...text.matchAll(/- name: (\S+).*\n {2}context:\n((?: {4}.*\n)*)/g)].map(([, name, says]) =>
    [name, ...["cluster: .*/", "user: "].map((key) => new RegExp(`${key}(\\S+)\n`).exec(says!)![1])].join(" ")
  );
  return { contexts, clusters: names("clusters", "contexts"), users: names("users", "") };
}

Deno.test("aliases that are exchanged: shown, then made by a login and by --all, with what was added", async () => {
  const as = (
    one: string,
    two: string,
    three: string,
  ) => [
    linked("x", `name: one, alias: ${one}`),
    linked("y", `name: two, alias: ${two}`),
    linked("z", `name: three, alias: ${three}`),
  ];
  await using here = await world(...as("a", "b", "c"));
  edit(here, (text) => text.replace("- name: a\n  context:\n", "- name: a # one's\n  context:\n    namespace: web\n"));
  change(here, ...as("b", "a", "d"));
  const diff = await here.run([...ALL, "--diff"], NOBODY);
  equal(diff.status, 0, diff.stderr);
  match(diff.stdout, /\n-current-context: a\n\+current-context: b\n/);
  match(diff.stdout, /\n-- name: a # one's\n\+- name: b # one's\n/);
  const dry = await here.run([...ALL, "--dry-run"], NOBODY);
  equal(dry.status, 0, dry.stderr);
  match(dry.stdout, /- name: b\n {2}context:\n {4}cluster: .*\/one\n/);
  await login(here);
  deepEqual(said(here).contexts, ["b one user-one", "a two user-two", "d three user-three"]);
  match(here.home.read(KUBECONFIG)!, /\n- name: b # one's\n {2}context:\n {4}namespace: web\n/);
  match(here.home.read(KUBECONFIG)!, /\ncurrent-context: b\n/);
  change(here, ...as("a", "d", "b"));
  const all = await here.run(ALL, NOBODY);
  equal(all.status, 0, all.stderr);
  deepEqual(said(here).contexts, ["a one user-one", "d two user-two", "b three user-three"]);
  const alone = as("d", "a", "b");
  change(here, ...alone);
  const one = await here.run(["aws", "eks", "update-kubeconfig", "x"], NOBODY);
  equal(one.status, 6);
  match(
    one.stderr,
    /"d": it belongs to [^]*Hint: .*"y".*: atmos aws eks update-kubeconfig --integration x --integration y\n/,
  );
});

Deno.test("another cluster, another user, fields that are dropped, another plugin: nothing is left behind, and logout takes all", async () => {
  const full =
    "user_alias: u1, namespace: core, proxy_url: http://p:1, tls_server_name: t.internal, exec_command: atmos";
  await using plain = await world(linked("x", "name: two, alias: dev"));
  const document = plain.home.read(KUBECONFIG)!;
  await using here = await world(linked("x", `name: one, alias: dev, ${full}`));
  match(here.home.read(KUBECONFIG)!, /tls-server-name: t.internal\n[^]*provideClusterInfo: true\n/);
  change(here, linked("x", "name: one, alias: dev, user_alias: u2, namespace: core, exec_command: atmos"));
  await login(here);
  deepEqual(said(here), { contexts: ["dev one u2"], clusters: ["one"], users: ["u2"] });
  doesNotMatch(here.home.read(KUBECONFIG)!, /proxy-url|tls-server-name/);
  change(here, linked("x", "name: two, alias: dev"));
  await login(here);
  equal(here.home.read(KUBECONFIG), document.replaceAll(plain.aws.url, here.aws.url));
  change(here, linked("x", "name: three, alias: other, exec_command: atmos"));
  const { stderr } = await here.run(["auth", "logout", "dev"], NOBODY);
  match(stderr, / {2}Removed: context dev in /);
  deepEqual(said(here), { contexts: [], clusters: [], users: [] });
});

Deno.test("an alias that is dropped and has something of a person's stays, which is told once; logout removes it", async () => {
  await using here = await world(linked("x", "name: one, aliases: [a1, a2, a3]"));
  edit(here, (text) => text.replace("- name: a1\n  context:\n", "- name: a1\n  context:\n    namespace: web\n"));
  change(here, linked("x", "name: one, aliases: [a3]"));
  const diff = await here.run([...ALL, "--diff"], NOBODY);
  match(
    diff.stderr,
    /^Note: context a1 is no longer in atmos.yaml; kept in \S+ because it was edited\. auth logout removes it\.\n/m,
  );
  match(await login(here), /^Note: context a1 .*\n/m);
  deepEqual(said(here).contexts, ["a1 one user-one", "a3 one user-one"]);
  const { stderr } = await here.run(["auth", "logout", "dev"], NOBODY);
  match(stderr, /context a1 in .*\n.*context a3 in /);
  deepEqual(said(here).contexts, []);
});

Deno.test("update: error of atmos.yaml lets its own entry be, --update error nothing", async () => {
  const x = (alias: string) => linked("x", `name: one, alias: ${alias}, kubeconfig: {update: error}`);
  await using here = await world(x("a"));
  await login(here);
  change(here, x("b"));
  await login(here);
  deepEqual(said(here).contexts, ["b one user-one"]);
  const flag = await here.run(["aws", "eks", "update-kubeconfig", "x", "--update", "error"], NOBODY);
  equal(flag.status, 6);
  match(flag.stderr, /it already exists/);
  Deno.removeSync(here.home.at(".local/state/atmos/kube/contexts.json"));
  equal((await here.run(LOGIN, NOBODY)).status, 5, "nobody knows whose it is");
});

Deno.test("what a flag says for this once is not taken for atmos.yaml's", async () => {
  await using here = await world(linked("x", "name: one, alias: dev"));
  const UPDATE = ["aws", "eks", "update-kubeconfig", "x"];
  equal((await here.run([...UPDATE, "-n", "web"], NOBODY)).status, 0);
  await login(here);
  match(here.home.read(KUBECONFIG)!, /namespace: web\n/);
  const before = here.home.read(KUBECONFIG)!;
  const region = await here.run([...UPDATE, "--region", "us-west-2"], NOBODY);
  equal(region.status, 6);
  match(region.stderr, /"dev": it belongs to the cluster .*\nHint: .*--alias/);
  const same = await here.run([...ALL.slice(0, 3), "--name", "one", "--region", "us-east-2", "-i", "dev"], NOBODY);
  equal(same.status, 0, same.stderr);
  deepEqual(said(here).contexts.map((one) => one.split(" ")[0]!.split("/").at(-1)), ["dev", "one"]);
  ok(here.home.read(KUBECONFIG)!.includes(before.slice(before.indexOf("- name: dev\n"), before.indexOf("users:"))));
});
