import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY, sessionFile } from "../support/runs/login_run.ts";

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "auth credential-process": ["auth", "credential-process", "dev"],
  "auth exec": ["auth", "exec", "-i", "dev", "--", "true"],
  "auth login": ["auth", "login", "dev"],
  "aws eks token": ["aws", "eks", "token", "--cluster-name", "c", "--region", "us-east-2", "--identity", "dev"],
};
const LOGOUTS = [["dev"], ["--provider", "sso"], ["--all"], ["--all-realms"]];

const SOMETHING =
  "# atmos: expiration=2100-01-01T00:00:00Z\n[other]\naws_access_key_id = A\naws_secret_access_key = b\n";

const LINKED = `  integrations:
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
    dev/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;

interface RaceInput {
  readonly action: string;
  readonly command: readonly string[];
  readonly logout: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command, and a logout while its call waits for AWS's answer. */
async function race(
  { aws, home, env, run }: LoginWorld,
  { action, command, logout, env: more = NOBODY }: RaceInput,
) {
  const before = aws.count(action);
  const answer = Promise.withResolvers<void>();
  aws.fail(action, { until: answer.promise });
  const child = spawnAtmos(command, { env: env(more), cwd: home.at("repo") });
  for (let tries = 0; tries < 600 && aws.count(action) === before; tries++) await sleep(50);
  ok(aws.count(action) > before, "AWS was not asked");
  const out = await run(["auth", "logout", ...logout], NOBODY);
  answer.resolve();
  await child.stdin.close();
  const { code, stderr, stdout } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { out, code, stderr: text(stderr), stdout: text(stdout) };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A user who is logged in, and whose identity has to ask AWS once more. */
async function loggedIn(options = {}): Promise<LoginWorld> {
  const world = await loginWorld(options);
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  Deno.removeSync(world.home.at(CREDENTIALS));
  return world;
}

const isStored = ({ home }: LoginWorld) => home.files().some((path) => /aws_secret/.test(home.read(path) ?? ""));

for (const [at, [name, command]] of Object.entries(COMMANDS).entries()) {
  const logout = LOGOUTS[at]!;
  Deno.test(`a logout while AWS is asked for credentials: ${name}, ${logout.join(" ")}`, async () => {
    await using world = await loggedIn();
    const { out, code, stderr, stdout } = await race(world, { action: "GetRoleCredentials", command, logout });
    deepEqual([out.status, code, stdout], [0, 4, ""], stderr);
    match(out.stderr, /^✓ Logged out of /);
    match(stderr, /identity "Dev": you logged out while its credentials were being requested\n?/);
    equal(isStored(world), false);
    equal(sessionFile(world.home), undefined);
    equal((await world.run(["auth", "status", "dev"], NOBODY)).status, 4);
    const again = await world.run(["auth", "login", "dev"]);
    equal(again.status, 0, again.stderr);
    equal(isStored(world), true);
  });
}

Deno.test("a logout while AWS is asked for a new session: nothing of it stays", async () => {
  await using world = await loggedIn({ sso: { tokenSeconds: 120 } });
  const command = COMMANDS["auth exec"]!;
  const { out, code } = await race(world, { action: "CreateToken", command, logout: ["--all"] });
  deepEqual([out.status, code], [0, 4]);
  equal(sessionFile(world.home), undefined);
  equal(isStored(world), false);
});

Deno.test("a logout while a login makes clusters and registries ready: neither is written", async () => {
  await using world = await loggedIn({ config: CONFIG + LINKED });
  for (const action of ["DescribeCluster", "GetAuthorizationToken"]) {
    equal((await world.run(["auth", "login", "dev"])).status, 0);
    const command = ["auth", "login", "dev", "--force"];
    const { out, stderr } = await race(world, { action, command, logout: ["--all"] });
    equal(out.status, 0, out.stderr);
    match(stderr, /identity "Dev": you logged out while its credentials were being requested/);
    const written = world.home.read(action === "DescribeCluster" ? ".config/atmos/kube/config" : ".docker/config.json");
    doesNotMatch(written ?? "", /dev-cluster|dkr\.ecr/);
  }
});

/** Commands that store what an identity has got, what they ask AWS, and where it would be. */
const STORING: readonly (readonly [command: readonly string[], action: string, file: string])[] = [
  [["aws", "ecr", "login", "dev/ecr"], "GetAuthorizationToken", ".docker/config.json"],
  [["aws", "eks", "update-kubeconfig", "dev/eks"], "DescribeCluster", ".config/atmos/kube/config"],
  [["aws", "eks", "update-kubeconfig", "--all"], "DescribeCluster", ".config/atmos/kube/config"],
];

for (const [command, action, file] of STORING) {
  Deno.test(`a logout while AWS is asked for what is stored elsewhere: ${command.join(" ")}`, async () => {
    await using world = await loggedIn({
      config: CONFIG + LINKED.replaceAll("spec: {", "spec: {auto_provision: false, "),
    });
    equal((await world.run(["auth", "login", "dev"])).status, 0);
    const { out, code, stderr } = await race(world, { action, command, logout: ["dev"] });
    deepEqual([out.status, code], [0, 4], stderr);
    doesNotMatch(world.home.read(file) ?? "", /dev-cluster|dkr\.ecr/);
    match(stderr, /you logged out while its credentials were being requested/);
  });
}

Deno.test("a logout while a role is assumed for kubectl: its session does not stay", async () => {
  await using world = await loggedIn();
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  const token = COMMANDS["aws eks token"]!;
  const command = [...token, "--role-arn", "arn:aws:iam::123456789012:role/x"];
  await race(world, { action: "AssumeRole", command, logout: ["dev"] });
  deepEqual(world.home.files().filter((path) => /^\.cache\/atmos\/sessions\/.*\.json$/.test(path)), []);
});

Deno.test("a logout while a user's login is confirmed: no session stays", async () => {
  await using world = await loggedIn();
  for (
    const args of [["auth", "login", "dev", "--device-code"], ["auth", "login", "--provider", "sso", "--device-code"]]
  ) {
    equal((await world.run(["auth", "login", "dev"])).status, 0);
    Deno.removeSync(world.home.at(sessionFile(world.home)!));
    Deno.removeSync(world.home.at(CREDENTIALS));
    world.home.write(".config/atmos/test/aws/sso/credentials", SOMETHING);
    const { out, code, stderr } = await race(world, {
      action: "CreateToken",
      command: args,
      logout: ["--all"],
      env: {},
    });
    deepEqual([out.status, code], [0, 4], stderr);
    equal(sessionFile(world.home), undefined);
  }
});

Deno.test("a login after the logout keeps what it has got, whatever an answer from before brings", async () => {
  await using world = await loggedIn();
  const { aws, home, run } = world;
  const answer = Promise.withResolvers<void>();
  aws.fail("GetRoleCredentials", { until: answer.promise });
  const child = spawnAtmos(COMMANDS["auth credential-process"]!, { env: world.env(NOBODY), cwd: home.at("repo") });
  const before = aws.count("GetRoleCredentials");
  for (let tries = 0; tries < 600 && aws.count("GetRoleCredentials") === before; tries++) await sleep(50);
  equal((await run(["auth", "logout", "dev"], NOBODY)).status, 0);
  equal((await run(["auth", "login", "dev"])).status, 0);
  answer.resolve();
  await child.stdin.close();
  equal((await child.output()).code, 4);
  equal((await run(["auth", "status", "dev"], NOBODY)).status, 0);
});

Deno.test("a logout of another identity while AWS is asked: what it did not name is stored", async () => {
  await using world = await loggedIn();
  const command = COMMANDS["auth credential-process"]!;
  const { out, code, stderr } = await race(world, { action: "GetRoleCredentials", command, logout: ["deploy"] });
  deepEqual([out.status, code], [0, 0], stderr);
  equal(isStored(world), true);
});
