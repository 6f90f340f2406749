import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY, sessionFile } from "../support/runs/login_run.ts";

/** Longer than a logout takes. */
const DELAY_MS = 6_000;

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "auth credential-process": ["auth", "credential-process", "dev"],
  "auth exec": ["auth", "exec", "-i", "dev", "--", "true"],
  "auth login": ["auth", "login", "dev"],
  "aws eks token": ["aws", "eks", "token", "--cluster-name", "c", "--region", "us-east-2", "--identity", "dev"],
};
const LOGOUTS = [["dev"], ["--provider", "sso"], ["--all"], ["--all-realms"]];

/** Runs a command, and a logout while its call waits for AWS's answer. */
async function race(
  { aws, home, env, run }: LoginWorld,
  { action, command, logout }: { action: string; command: readonly string[]; logout: readonly string[] },
) {
  const before = aws.count(action);
  aws.fail(action, { delayMs: DELAY_MS });
  const child = spawnAtmos(command, { env: env(NOBODY), cwd: home.at("repo") });
  for (let tries = 0; tries < 600 && aws.count(action) === before; tries++) await sleep(50);
  ok(aws.count(action) > before, "AWS was not asked");
  const out = await run(["auth", "logout", ...logout], NOBODY);
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
    match(stderr, /identity "Dev": a logout has come while AWS was asked\n?/);
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
  const integrations = `  integrations:
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
    dev/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;
  await using world = await loggedIn({ config: CONFIG + integrations });
  for (const action of ["DescribeCluster", "GetAuthorizationToken"]) {
    equal((await world.run(["auth", "login", "dev"])).status, 0);
    const command = ["auth", "login", "dev", "--force"];
    const { out, stderr } = await race(world, { action, command, logout: ["--all"] });
    equal(out.status, 0, out.stderr);
    match(stderr, /identity "Dev": a logout has come meanwhile/);
    const written = world.home.read(action === "DescribeCluster" ? ".config/atmos/kube/config" : ".docker/config.json");
    doesNotMatch(written ?? "", /dev-cluster|dkr\.ecr/);
  }
});

Deno.test("a logout of another identity while AWS is asked: what it did not name is stored", async () => {
  await using world = await loggedIn();
  const command = COMMANDS["auth credential-process"]!;
  const { out, code, stderr } = await race(world, { action: "GetRoleCredentials", command, logout: ["deploy"] });
  deepEqual([out.status, code], [0, 0], stderr);
  equal(isStored(world), true);
});
