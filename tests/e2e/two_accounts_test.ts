import { deepEqual, equal, match } from "node:assert/strict";
import { cluster } from "../support/standin/clusters.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";

const ONE = "111111111111";
const TWO = "222222222222";
const arn = (account: string) => `arn:aws:eks:us-east-2:${account}:cluster/main`;
const identity = (name: string, account: string) =>
  `    ${name}: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "${account}"}}}\n`;
const integration = (name: string) =>
  `    ${name}/eks: {kind: aws/eks, via: {identity: ${name}}, spec: {cluster: {name: main, region: us-east-2, alias: ${name}}}}\n`;

/** Every account of this company has a cluster called "main". */
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
${identity("shop", ONE)}${identity("bank", TWO)}  integrations:
${integration("shop")}${integration("bank")}`;

const account = (id: string) => ({ id, name: id, email: `${id}@example.com`, roles: ["Admin"] });

async function twoAccounts(config = CONFIG): Promise<LoginWorld> {
  const of = (id: string) => cluster("main", { arn: arn(id), endpoint: `https://${id}.example.com` });
  return await loginWorld({ config, clusters: [of(ONE), of(TWO)], sso: { accounts: [account(ONE), account(TWO)] } });
}

/** Each context with its cluster, that cluster's server, its user, and the profile of that user's command. */
async function seenByKubectl(world: LoginWorld): Promise<readonly (readonly (string | undefined)[])[]> {
  const { stdout } = await new Deno.Command("kubectl", {
    args: ["config", "view", "--raw", "--output", "json", "--kubeconfig", world.home.at(KUBECONFIG)],
    env: { HOME: world.home.at(".") },
  }).output();
  // deno-lint-ignore no-explicit-any -- a kubeconfig as kubectl prints it
  const { clusters, contexts, users } = JSON.parse(new TextDecoder().decode(stdout)) as Record<string, any[]>;
  return contexts!.map(({ name, context }) => [
    name,
    context.cluster,
    clusters!.find((one) => one.name === context.cluster)?.cluster.server,
    context.user,
    users!.find((one) => one.name === context.user)?.user.exec.env?.[0]?.value,
  ]);
}

const SHOP = ["shop", arn(ONE), `https://${ONE}.example.com`, "user-main", "shop"];
const BANK = ["bank", arn(TWO), `https://${TWO}.example.com`, `user-main@${TWO}.us-east-2`, "bank"];

Deno.test("clusters of one name in two accounts never share an entry, whichever comes first, however often", async () => {
  if (!hasProgram("kubectl", "clusters of one name in two accounts")) return;
  await using world = await twoAccounts();
  for (const name of ["shop", "bank", "shop", "bank"]) {
    const { status, stderr } = await world.run(["auth", "login", name, "--strict"]);
    equal(status, 0, stderr);
  }
  deepEqual(await seenByKubectl(world), [BANK, SHOP]);
  const again = await world.run(["aws", "eks", "update-kubeconfig", "--all"], NOBODY);
  equal(again.status, 0, again.stderr);
  deepEqual(await seenByKubectl(world), [BANK, SHOP]);
});

Deno.test("both in one write, and without an alias: two clusters, two users, two contexts called by their ARNs", async () => {
  if (!hasProgram("kubectl", "both in one write")) return;
  await using world = await twoAccounts(CONFIG.replaceAll(/, alias: \w+/g, ""));
  for (const name of ["shop", "bank"]) await world.run(["auth", "login", name, "--no-integrations"]);
  const { status, stderr } = await world.run(["aws", "eks", "update-kubeconfig", "--all"], NOBODY);
  equal(status, 0, stderr);
  deepEqual(await seenByKubectl(world), [[arn(ONE), ...SHOP.slice(1)], [arn(TWO), ...BANK.slice(1)]]);
});

Deno.test("one of the two is deleted, or logged out of: the other one stays as it is", async () => {
  if (!hasProgram("kubectl", "one of the two is deleted")) return;
  await using world = await twoAccounts();
  for (const name of ["shop", "bank"]) await world.run(["auth", "login", name]);
  world.aws.clusters.shift();
  const pruned = await world.run(["aws", "eks", "prune", "--yes"], NOBODY);
  match(pruned.stderr, /^Warning: context shop is the current context of .*\nRemoved context shop from /);
  deepEqual(await seenByKubectl(world), [BANK]);
  world.aws.clusters.unshift(cluster("main", { arn: arn(ONE), endpoint: `https://${ONE}.example.com` }));
  await world.run(["auth", "login", "shop"]);
  const out = await world.run(["auth", "logout", "bank"], NOBODY);
  equal(out.status, 0, out.stderr);
  deepEqual(await seenByKubectl(world), [SHOP]);
});

Deno.test("two clusters of one name that want one context: an error of the second, and the first one is made", async () => {
  await using world = await twoAccounts(CONFIG.replaceAll(/alias: \w+/g, "alias: main"));
  const { status, stderr } = await world.run(["auth", "login", "bank"]);
  equal(status, 0, stderr);
  match(stderr, /auth\.integrations\[bank\/eks\].*"shop\/eks" .* gives to the cluster main of account 111111111111/);
  equal(world.home.read(KUBECONFIG), undefined);
  const shop = await world.run(["auth", "login", "shop"]);
  match(shop.stderr, /\nshop\/eks: added main in /);
  const bank = await world.run(["aws", "eks", "update-kubeconfig", "bank/eks", "--alias", "bank"], NOBODY);
  equal(bank.status, 0, bank.stderr);
  match(bank.stderr, /\nAdded new context bank to /);
});

const SERVER = ["--", "kubectl", "config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}"];

Deno.test("two identities exchange their accounts: kubectl reaches neither's former cluster", async () => {
  if (!hasProgram("kubectl", "two identities exchange their accounts")) return;
  await using world = await twoAccounts();
  for (const name of ["shop", "bank"]) equal((await world.run(["auth", "login", name, "--strict"])).status, 0);
  const [identities] = CONFIG.replace(
    identity("shop", ONE) + identity("bank", TWO),
    identity("shop", TWO) + identity("bank", ONE),
  )
    .split("  integrations:");
  world.home.write("repo/atmos.yaml", identities!);
  const around = { KUBECONFIG: world.home.at(KUBECONFIG) };
  for (const name of ["shop", "bank"]) {
    const { status, stdout, stderr } = await world.run(["auth", "exec", "-i", name, ...SERVER], around);
    equal(status, 1, stdout);
    match(
      stderr,
      new RegExp(
        `identity ${name} has no cluster, and the current-context shop is (another identity's|identity shop's)`,
      ),
    );
  }
});

Deno.test("a cluster in the account of the identity that describes it is in place, and is selected", async () => {
  if (!hasProgram("kubectl", "a cluster in the account of the identity that describes it")) return;
  const lent = CONFIG.replace(integration("bank"), "").replace("alias: shop", "alias: shop, describe_identity: bank");
  await using world = await twoAccounts(lent);
  equal((await world.run(["auth", "login", "shop", "--strict"])).status, 0);
  const { status, stdout, stderr } = await world.run(["auth", "exec", "-i", "shop", ...SERVER], NOBODY);
  deepEqual([status, stdout], [0, `https://${TWO}.example.com`], stderr);
  equal(world.aws.count("DescribeCluster"), 1);
});

Deno.test("whose cluster an entry is for is not for an unknown repository to say", async () => {
  const lent = CONFIG.replace("  realm: test\n", "").replace("alias: shop", "alias: shop, describe_identity: bank");
  await using world = await twoAccounts(lent);
  for (
    const args of [
      ["auth", "login", "shop"],
      ["auth", "exec", "-i", "shop", "--", "true"],
      ["auth", "env", "-i", "shop", "--login"],
      ["aws", "eks", "update-kubeconfig", "--all"],
      ["aws", "eks", "update-kubeconfig", "--all", "--dry-run"],
      ["aws", "eks", "prune", "--yes"],
    ]
  ) {
    const { status, stderr } = await world.run(args, { ...NOBODY, ATMOS_TRUST: "0" });
    equal(status, 3, `${args.join(" ")}: ${stderr}`);
    match(stderr, /describe_identity:? "bank"/, args.join(" "));
  }
  equal(world.aws.count("DescribeCluster"), 0);
  equal(world.home.read(KUBECONFIG), undefined);
});
