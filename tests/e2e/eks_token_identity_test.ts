import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";
import { execInfo, keyOfToken } from "../support/kube_api/token_facts.ts";

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];
/** Nothing listens there. */
const NO_NETWORK = { ...NOBODY, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };

async function loggedIn(): Promise<LoginWorld> {
  const world = await loginWorld();
  equal((await world.run(["auth", "login"])).status, 0);
  return world;
}

/** Sets the end of the kept credentials; milliseconds from now. */
function ends({ home }: LoginWorld, ms: number): void {
  const time = new Date(Date.now() + ms).toISOString().replace(/\.\d+Z$/, "Z");
  home.write(CREDENTIALS, home.read(CREDENTIALS)!.replace(/expiration=\S+/, `expiration=${time}`));
}

function keptKey({ home }: LoginWorld): string {
  return /aws_access_key_id = (\S+)/.exec(home.read(CREDENTIALS)!)![1]!;
}

Deno.test("token: kept credentials need no network, in any directory", async () => {
  await using world = await loggedIn();
  const here = await world.run(TOKEN, NO_NETWORK);
  deepEqual([here.status, here.stderr], [0, ""]);
  equal(keyOfToken(here.stdout), keptKey(world));
  const config = ["--identity=dev", "--config", world.home.at("repo/atmos.yaml")];
  const elsewhere = await runAtmos([...TOKEN, ...config], { env: world.env(NO_NETWORK), cwd: "/" });
  deepEqual([elsewhere.status, elsewhere.stderr], [0, ""]);
  equal(keyOfToken(elsewhere.stdout), keptKey(world));
});

Deno.test("token: the identity named, the environment's keys, the default, the only one, else what the AWS CLI finds", async () => {
  await using world = await loggedIn();
  const keys = { ...NO_NETWORK, ...keyEnv(USER_KEY) };
  equal(keyOfToken((await world.run(TOKEN, NO_NETWORK)).stdout), keptKey(world));
  const signedBy = async (args: readonly string[], env = {}) =>
    keyOfToken((await world.run([...TOKEN, ...args], { ...keys, ...env })).stdout);
  equal(await signedBy([]), USER_KEY.accessKeyId);
  equal(await signedBy(["-i", "DEV"]), keptKey(world));
  equal(await signedBy(["--no-identity"]), USER_KEY.accessKeyId);
  equal(await signedBy(["-i", "runner"]), USER_KEY.accessKeyId);
  equal(await signedBy([], { ATMOS_IDENTITY: "runner" }), USER_KEY.accessKeyId);
  world.home.write(".aws/credentials", "[team]\naws_access_key_id = AKIATEAM\naws_secret_access_key = s\n");
  equal(await signedBy(["--profile", "team"]), "AKIATEAM");
  equal(await signedBy(["--profile", "team"], { ATMOS_IDENTITY: "dev" }), "AKIATEAM");
  equal((await world.run([...TOKEN, "--profile", "team", "-i", "dev"], keys)).status, 2);
  const verbose = await world.run([...TOKEN, "--verbose"], keys);
  match(verbose.stderr, /^Using access key AKIA\w+ \(AWS_ACCESS_KEY_ID\), not an identity of atmos\.yaml\n$/);
  world.home.write("repo/atmos.yaml", "auth: {identities: {a: {kind: aws/ambient}, b: {kind: aws/ambient}}}\n");
  equal(await signedBy([]), USER_KEY.accessKeyId);
  world.home.write("repo/atmos.yaml", "stacks: {base_path: stacks}\n");
  equal(await signedBy([]), USER_KEY.accessKeyId);
  // No login has made that profile: it is not the identity's own shell, and never the keys instead.
  const shell = await world.run(TOKEN, { ...keys, ATMOS_IDENTITY: "Team", AWS_PROFILE: "team" });
  deepEqual([shell.status, shell.stdout], [3, ""]);
  const unknown = await world.run([...TOKEN, "-i", "nobody"], keys);
  deepEqual([unknown.status, unknown.stdout], [3, ""]);
  equal((await world.run([...TOKEN, "-i"], keys)).status, 2);
});

Deno.test("token: where a login is needed, one line and the command to type; nobody is asked", async () => {
  await using world = await loginWorld();
  const config = world.home.at("repo/atmos.yaml");
  const runs = [
    await world.run(TOKEN, { KUBERNETES_EXEC_INFO: execInfo({ interactive: false }) }),
    await world.run(TOKEN),
    await world.run(TOKEN, { ...NOBODY, KUBERNETES_EXEC_INFO: execInfo({ interactive: true }) }),
  ];
  for (const { status, stdout, stderr } of runs) {
    deepEqual([status, stdout], [4, ""]);
    match(stderr, /^Error: Cannot use the SSO session of .*\. Log in at a terminal: atmos auth login Dev\n$/);
  }
  const named = await runAtmos([...TOKEN, "--config", config], { env: world.env(NOBODY), cwd: "/" });
  ok(named.stderr.endsWith(`atmos auth login Dev --config ${config}\n`), named.stderr);
  equal(world.aws.count("StartDeviceAuthorization"), 0);
});

Deno.test("token: the login starts where kubectl has a person at a terminal, and stdout stays pure", async () => {
  if (!hasProgram("script", "token: login at a terminal")) return;
  await using world = await loginWorld();
  const on = (env: Readonly<Record<string, string>>) =>
    onTerminal({
      args: TOKEN,
      answer: "",
      question: "\0",
      env: world.env({ ATMOS_FORCE_TTY: "", ...env }),
      cwd: world.home.at("repo"),
    });
  const poller = await on({ KUBERNETES_EXEC_INFO: execInfo({ interactive: false }) });
  deepEqual([poller.status, world.aws.count("StartDeviceAuthorization")], [4, 0]);
  equal((await on({})).status, 4);
  const person = await on({ KUBERNETES_EXEC_INFO: execInfo({ interactive: true }) });
  equal(person.status, 0, person.shown);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
  equal(keyOfToken(person.shown.trim().split("\n").at(-1)!.trim()), keptKey(world));
});

Deno.test("token: 20 at once with expired credentials ask AWS once, without a person", async () => {
  await using world = await loggedIn();
  const old = keptKey(world);
  ends(world, -1000);
  const before = world.aws.count("GetRoleCredentials");
  const runs = await Promise.all(Array.from({ length: 20 }, () => world.run(TOKEN, NOBODY)));
  deepEqual(runs.map(({ status, stderr }) => [status, stderr]), Array(20).fill([0, ""]));
  equal(world.aws.count("GetRoleCredentials"), before + 1);
  notEqual(keptKey(world), old);
  for (const { stdout } of runs) equal(keyOfToken(stdout), keptKey(world));
});

Deno.test("token: it ends after 14 minutes, or with its credentials", async () => {
  await using world = await loggedIn();
  const left = async () => {
    const { status, stdout } = await world.run(TOKEN, NO_NETWORK);
    equal(status, 0);
    return (Date.parse(JSON.parse(stdout).status.expirationTimestamp) - Date.now()) / 60_000;
  };
  const usual = await left();
  ok(usual > 13 && usual <= 14, String(usual));
  ends(world, 6 * 60_000);
  const sooner = await left();
  ok(sooner > 5 && sooner <= 6, String(sooner));
  // AWS is not to be reached: what is kept is used up to its last minute.
  ends(world, 3 * 60_000);
  ok(await left() <= 3);
});

Deno.test("token: an identity's session of a role is kept, and a logout takes it along", async () => {
  await using world = await loggedIn();
  const role = [...TOKEN, "--role-arn", "arn:aws:iam::123456789012:role/kube"];
  const [first, second] = [await world.run(role, NOBODY), await world.run(role, NOBODY)];
  deepEqual([second.status, second.stderr], [0, ""]);
  equal(keyOfToken(first.stdout), keyOfToken(second.stdout));
  notEqual(keyOfToken(first.stdout), keptKey(world));
  equal(world.aws.count("AssumeRole"), 1);
  const kept = () => world.home.files().filter((path) => /atmos\/sessions\/[0-9a-f]{64}\.json$/.test(path));
  equal(kept().length, 1);
  equal((await world.run(["auth", "logout", "--all"])).status, 0);
  deepEqual(kept(), []);
  equal((await world.run(role, NOBODY)).status, 4);
});

Deno.test("token: without a place for sessions a login is needed, and one line says so", async () => {
  await using world = await loggedIn();
  ends(world, -1000);
  world.home.write(".blocked", "no directory");
  const run = await world.run(TOKEN, { ...NOBODY, ATMOS_XDG_CACHE_HOME: world.home.at(".blocked") });
  deepEqual([run.status, run.stdout], [4, ""]);
  equal(run.stderr.split("\n").length, 2);
});
