import { deepEqual, equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import { CREDENTIALS, type LoginWorld, loginWorld, START_URL } from "../support/runs/login_run.ts";

const identity = (role: string) =>
  `{kind: aws/permission-set, via: {provider: sso}, principal: {name: ${role}, account: {id: "123456789012"}}}`;
const integration = (via: string) =>
  `{kind: aws/eks, via: {identity: ${via}}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: ${via}}}}`;
const START = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: ${identity("Admin")}
    reader: ${identity("ReadOnly")}
  integrations:
    dev/eks: ${integration("dev")}
`;
/** Both have the cluster, so that each entry says whose it is. */
const CONFIG = `${START}    reader/eks: ${integration("reader")}\n`;
const ACCOUNTS = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Admin", "ReadOnly"] }];

async function loggedIn(config = CONFIG): Promise<LoginWorld> {
  const world = await loginWorld({ config, sso: { accounts: ACCOUNTS } });
  equal((await world.run(["auth", "login", "dev", "--strict"])).status, 0);
  return world;
}

interface Exec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
}

/** The plugin of a context, as kubectl reads it. */
async function pluginOf({ home }: LoginWorld, context: string): Promise<Exec> {
  const words = ["config", "view", "--raw", "--minify", "--context", context, "--kubeconfig", home.at(KUBECONFIG)];
  const { stdout } = await new Deno.Command("kubectl", { args: [...words, "-o", "json"], env: { HOME: home.path } })
    .output();
  return JSON.parse(new TextDecoder().decode(stdout)).users[0].user.exec;
}

/** What the plugin prints where kubectl starts it with these variables. */
async function runPlugin(world: LoginWorld, { command, args, env }: Exec, outside: Readonly<Record<string, string>>) {
  const own = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  const { stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    clearEnv: true,
    env: { ...world.home.env({ PATH: Deno.env.get("PATH")!, ...outside }), ...own },
  }).output();
  return { stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("pinned profile: the aws of an entry that names an identity signs as that one, whatever the environment has", async () => {
  if (!["kubectl", "aws"].every((name) => hasProgram(name, "pinned profile: the environment"))) return;
  await using world = await loggedIn();
  const { home } = world;
  const key = /\[dev\]\naws_access_key_id = (\S+)/.exec(home.read(CREDENTIALS)!)![1];
  home.write(".aws/credentials", "[dev]\naws_access_key_id = AKIAMINE\naws_secret_access_key = s\n");
  home.write(".aws/config", "[profile dev]\noutput = table\n[profile other]\nregion = eu-west-1\n");
  home.write("token", "a web identity's token");
  const plugin = await pluginOf(world, "dev");
  const environments = [
    {},
    { AWS_PROFILE: "other" },
    { AWS_DEFAULT_PROFILE: "other" },
    { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" },
    { AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/web", AWS_WEB_IDENTITY_TOKEN_FILE: home.at("token") },
    { AWS_SHARED_CREDENTIALS_FILE: home.at(".aws/credentials"), AWS_CONFIG_FILE: home.at(".aws/config") },
  ];
  for (const outside of environments) {
    const { stdout, stderr } = await runPlugin(world, plugin, outside);
    equal(stdout === "" ? stderr : keyOfToken(stdout), key, JSON.stringify(outside));
  }
  // Without its own credentials there is no token, instead of another one's.
  equal((await world.run(["auth", "logout", "dev"])).status, 0);
  const { stdout } = await runPlugin(world, plugin, environments[3]!);
  equal(stdout, "");
});

Deno.test("pinned profile: an entry of an earlier version is upgraded once; one that names no identity is as aws writes it", async () => {
  if (!hasProgram("kubectl", "pinned profile: upgraded")) return;
  await using world = await loggedIn(START);
  const { home } = world;
  equal((await pluginOf(world, "dev")).env ?? null, null);
  home.write("repo/atmos.yaml", CONFIG);
  match((await world.run(["auth", "login", "dev"])).stderr, /updated/i);
  const { env } = await pluginOf(world, "dev");
  deepEqual(env!.map(({ name }) => name), [
    ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"],
    ...["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"],
  ]);
  const pinned = home.read(KUBECONFIG)!;
  home.write(
    KUBECONFIG,
    pinned.replace(/(- name: AWS_PROFILE\n +value: dev\n)(?: +- name: AWS_.*\n +value: .*\n)+/, "$1"),
  );
  equal((await pluginOf(world, "dev")).env!.length, 1);
  for (
    const args of [["auth", "login", "dev"], ["auth", "login", "dev"], ["aws", "eks", "update-kubeconfig", "dev/eks"]]
  ) {
    equal((await world.run(args)).status, 0);
    equal(home.read(KUBECONFIG), pinned);
  }
  home.write("repo/atmos.yaml", START);
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  equal((await pluginOf(world, "dev")).env ?? null, null);
});

Deno.test("pinned profile: the atmos of an entry signs as the profile that was asked for, whatever the environment has", async () => {
  if (!hasProgram("kubectl", "pinned profile: atmos")) return;
  await using world = await loginWorld({ config: "{}\n" });
  const { home } = world;
  const section = (name: string, { accessKeyId, secretAccessKey }: typeof USER_KEY) =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  const other = { ...USER_KEY, accessKeyId: "AKIAOTHER" };
  home.write(".aws/credentials", section("work", USER_KEY) + section("other", other));
  const named = [
    "aws",
    "eks",
    "update-kubeconfig",
    "--name",
    "dev-cluster",
    "--region",
    "us-east-2",
    "--alias",
    "work",
  ];
  const args = [...named, "--profile", "work", "--exec-command", "atmos"];
  for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
    const { status, stderr } = await world.run(args, { [variable]: "other" });
    equal(status, 0, stderr);
    match(
      stderr,
      new RegExp(`^Using AWS profile "work" \\(--profile\\), not AWS profile "other" \\(${variable}\\)$`, "m"),
    );
  }
  const plugin = await pluginOf(world, "work");
  for (const outside of [{}, keyEnv(SESSION_KEY), { AWS_PROFILE: "other" }, { AWS_DEFAULT_PROFILE: "other" }]) {
    const { stdout, stderr } = await runPlugin(world, plugin, outside);
    equal(stdout === "" ? stderr : keyOfToken(stdout), USER_KEY.accessKeyId, JSON.stringify(outside));
  }
  const before = home.read(KUBECONFIG);
  equal((await world.run(args)).status, 0);
  equal(home.read(KUBECONFIG), before);
  // Keys of the environment win over a profile with the AWS CLI; another profile does not.
  equal((await world.run([...named, "--profile", "work"])).status, 0);
  const aws = await pluginOf(world, "work");
  for (const outside of [{}, { AWS_PROFILE: "other" }, { AWS_DEFAULT_PROFILE: "other" }]) {
    const { stdout, stderr } = await runPlugin(world, aws, outside);
    equal(stdout === "" ? stderr : keyOfToken(stdout), USER_KEY.accessKeyId, JSON.stringify(outside));
  }
});
