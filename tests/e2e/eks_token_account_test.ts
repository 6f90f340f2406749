import { deepEqual, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { USER_KEY } from "../support/standin/keys.ts";

const ONE = "111111111111";
const TWO = "222222222222";
const NO_NETWORK = { ...NOBODY, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
const ROLE = `arn:aws:iam::${ONE}:role/kube`;

/** `principal` is the account of IAM Identity Center; `more` goes into the cluster's settings. */
const configOf = (principal: string, more = "") =>
  `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: ${principal}}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: main, region: us-east-2, alias: dev, exec_command: atmos${more}}}}
`;

const BY_ID = (id: string) => `{id: "${id}"}`;
const BY_NAME = (id: string) => `{name: "team-${id}"}`;

async function twoAccounts(config: string): Promise<LoginWorld> {
  const arn = (id: string) => `arn:aws:eks:us-east-2:${id}:cluster/main`;
  return await loginWorld({
    config,
    clusters: [cluster("main", { arn: arn(ONE) }), cluster("main", { arn: arn(TWO) })],
    sso: { accounts: [ONE, TWO].map((id) => ({ id, name: `team-${id}`, email: "a@b.c", roles: ["Admin"] })) },
  });
}

/** The account that the entry's plugin is told, if any. */
function accountInEntry({ home }: LoginWorld): string | undefined {
  return /- --account\n +- "?(\d{12})"?\n/.exec(home.read(KUBECONFIG)!)?.[1];
}

function tokenLine(world: LoginWorld, more: readonly string[] = []): readonly string[] {
  const config = ["--identity=dev", `--config=${world.home.at("repo/atmos.yaml")}`];
  return ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", ...config, ...more];
}

for (const [says, account] of [["by its id", BY_ID], ["by its name", BY_NAME]] as const) {
  Deno.test(`token: an identity that moved to another account, ${says}, makes none for the former cluster`, async () => {
    await using world = await twoAccounts(configOf(account(ONE)));
    const first = await world.run(["auth", "login", "dev", "--strict"]);
    equal(first.status, 0, first.stderr);
    equal(accountInEntry(world), ONE);
    const line = tokenLine(world, ["--account", ONE]);
    for (const _ of ["read", "known"]) {
      const { status, stderr } = await world.run(line, NO_NETWORK);
      deepEqual([status, stderr], [0, ""]);
    }
    world.home.write("repo/atmos.yaml", configOf(account(TWO)));
    equal((await world.run(["auth", "login", "dev", "--no-integrations"])).status, 0);
    for (const _ of ["read", "known"]) {
      const { status, stdout, stderr } = await world.run(line, NO_NETWORK);
      deepEqual([status, stdout], [2, ""]);
      equal(
        stderr,
        'Error: Cannot create a token for account "111111111111": the credentials of identity "dev" ' +
          "(--identity) belong to account 222222222222. Rewrite the entry: atmos aws eks update-kubeconfig --config " +
          `${world.home.at("repo/atmos.yaml")}\n`,
      );
    }
    equal((await world.run(tokenLine(world), NO_NETWORK)).status, 0);
    const again = await world.run(["aws", "eks", "update-kubeconfig", "dev/eks"], NOBODY);
    equal(again.status, 0, again.stderr);
    equal(accountInEntry(world), TWO);
    equal((await world.run(tokenLine(world, ["--account", TWO]), NO_NETWORK)).status, 0);
  });
}

Deno.test("token: an entry of an earlier version gets the account once, and credentials of one need no network", async () => {
  await using world = await twoAccounts(configOf(BY_ID(ONE)));
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  const { home } = world;
  home.write(KUBECONFIG, home.read(KUBECONFIG)!.replace(/ +- --account\n.*\n/, ""));
  home.write(CREDENTIALS, home.read(CREDENTIALS)!.replace(/atmos_account.*\n/, ""));
  equal(accountInEntry(world), undefined);
  equal((await world.run(tokenLine(world, ["--account", ONE]), NO_NETWORK)).status, 0);
  equal((await world.run(tokenLine(world, ["--account", TWO]), NO_NETWORK)).status, 2);
  match((await world.run(["auth", "login", "dev"])).stderr, /updated/i);
  equal(accountInEntry(world), ONE);
  const before = home.read(KUBECONFIG);
  for (const args of [["auth", "login", "dev"], ["aws", "eks", "update-kubeconfig", "dev/eks"]]) {
    equal((await world.run(args)).status, 0);
    equal(home.read(KUBECONFIG), before);
  }
});

Deno.test("token: a role's ARN says the account, no matter who assumes it", async () => {
  await using world = await twoAccounts(configOf(BY_ID(ONE), `, role_arn: "${ROLE}"`));
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  ok(world.home.read(KUBECONFIG)!.includes("--role-arn"));
  equal(accountInEntry(world), undefined);
});

Deno.test("token: AWS is asked where nothing says the account of the credentials", async () => {
  await using world = await twoAccounts(configOf(BY_ID(ONE)));
  const keys = { AWS_ACCESS_KEY_ID: USER_KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: USER_KEY.secretAccessKey };
  const line = ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", "--no-identity"];
  const run = (account: string, env = {}) => world.run([...line, "--account", account], { ...NOBODY, ...keys, ...env });
  equal((await run("123456789012")).status, 0);
  const other = await run(ONE);
  deepEqual([other.status, other.stdout], [2, ""]);
  match(other.stderr, /access key \w+ \(AWS_ACCESS_KEY_ID\) belong to account 123456789012/);
  const unreachable = await run("123456789012", NO_NETWORK);
  deepEqual([unreachable.status, unreachable.stdout], [7, ""]);
});

Deno.test("eks token: what an entry was written for is not the identity that has its name as an alias by now", async () => {
  await using world = await loginWorld();
  equal((await world.run(["auth", "login", "Dev"])).status, 0);
  equal((await world.run(["auth", "login", "deploy"])).status, 0);
  const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];
  const entry = [...token, "--identity", "deploy", "--account", "123456789012"];
  equal((await world.run(entry, NOBODY)).status, 0);
  world.home.write(
    "repo/atmos.yaml",
    CONFIG.replace("    deploy:", "    deployer:").replace("      default: true\n", "      alias: deploy\n"),
  );
  const refused = await world.run(entry, NOBODY);
  deepEqual([refused.status, refused.stdout], [3, ""]);
  match(refused.stderr, /"deploy": the entry was written for it, and it is an alias of "Dev" now/);
  equal((await world.run([...token, "--identity", "deploy"], NOBODY)).status, 0);
});
