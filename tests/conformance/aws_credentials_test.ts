import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { METADATA_TIMEOUT_MS } from "../../src/aws/credentials/instance.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { type ClientInput, type ClientOutcome, runClient } from "../support/standin/client.ts";
import { keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const DESCRIBE: ClientInput = { region: "us-east-2", name: "dev-cluster" };
const USER_KEYS = `aws_access_key_id = ${USER_KEY.accessKeyId}\naws_secret_access_key = ${USER_KEY.secretAccessKey}\n`;
const ROLE = "arn:aws:iam::123456789012:role/reader";

interface World {
  readonly standin: Standin;
  readonly home: TempHome;
  run(input: ClientInput, env?: Record<string, string>): Promise<ClientOutcome>;
}

function test(name: string, fn: (world: World) => Promise<void>, options: StandinOptions = {}): void {
  Deno.test(`credentials: ${name}`, async () => {
    await using standin = await startStandin(options);
    using home = tempHome();
    const base = home.env({ AWS_ENDPOINT_URL: standin.url });
    const run = async (input: ClientInput, env: Record<string, string> = {}) => {
      const outcome = await runClient(input, { env: { ...base, ...env } });
      for (const secret of [USER_KEY.secretAccessKey, SESSION_KEY.secretAccessKey, "EXAMPLE0003"]) {
        assert.ok(!outcome.printed.includes(secret), "a secret was printed");
      }
      return outcome;
    };
    await fn({ standin, home, run });
  });
}

/** The caller of the DescribeCluster call, which must have worked. */
function caller({ standin }: World, outcome: ClientOutcome): string {
  assert.equal(outcome.cluster?.status, "ACTIVE", JSON.stringify(outcome.error));
  return standin.calls.find((call) => call.action === "DescribeCluster")?.principal ?? "nobody";
}

test("the environment", async (world) => {
  assert.equal(caller(world, await world.run(DESCRIBE, keyEnv(SESSION_KEY))), SESSION_KEY.principal);
});

test("keys in ~/.aws/credentials", async (world) => {
  world.home.write(".aws/credentials", `[default]\n${USER_KEYS}`);
  assert.equal(caller(world, await world.run(DESCRIBE)), USER_KEY.principal);
});

test("--profile beats the environment", async (world) => {
  world.home.write(".aws/credentials", `[dev]\n${USER_KEYS}`);
  const outcome = await world.run({ ...DESCRIBE, profile: "dev" }, keyEnv(SESSION_KEY));
  assert.equal(caller(world, outcome), USER_KEY.principal);
});

test("credential_process", async (world) => {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = SESSION_KEY;
  const keys = world.home.write(
    "keys.json",
    JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken }),
  );
  world.home.write(".aws/config", `[profile dev]\ncredential_process = cat ${keys}\n`);
  assert.equal(caller(world, await world.run({ ...DESCRIBE, profile: "dev" })), SESSION_KEY.principal);
});

test("a role assumed from another profile, with the region of the call", async (world) => {
  world.home.write(".aws/credentials", `[base]\n${USER_KEYS}`);
  world.home.write(
    ".aws/config",
    `[profile dev]\nrole_arn = ${ROLE}\nsource_profile = base\nrole_session_name = me\nregion = us-east-2\n`,
  );
  const outcome = await world.run({ name: "dev-cluster", profile: "dev" });
  assert.equal(caller(world, outcome), "arn:aws:sts::123456789012:assumed-role/reader/me");
  assert.deepEqual(world.standin.calls.map((call) => [call.action, call.region]), [
    ["AssumeRole", "us-east-2"],
    ["DescribeCluster", "us-east-2"],
  ]);
});

test("a role of a profile without a region is assumed in the region of the call", async (world) => {
  world.home.write(".aws/credentials", `[base]\n${USER_KEYS}`);
  world.home.write(".aws/config", `[profile dev]\nrole_arn = ${ROLE}\nsource_profile = base\n`);
  await world.run({ region: "eu-west-3", profile: "dev" });
  assert.deepEqual(world.standin.calls.map((call) => [call.action, call.region]), [["AssumeRole", "eu-west-3"]]);
});

test("--assume-role-arn", async (world) => {
  const outcome = await world.run({ ...DESCRIBE, assumeRoleArn: ROLE }, keyEnv(USER_KEY));
  assert.equal(caller(world, outcome), "arn:aws:sts::123456789012:assumed-role/reader/EKSDescribeClusterSession");
});

test("web identity", async (world) => {
  const AWS_WEB_IDENTITY_TOKEN_FILE = world.home.write("token", "jwt");
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN: ROLE, AWS_ROLE_SESSION_NAME: "pod" };
  assert.equal(caller(world, await world.run(DESCRIBE, env)), "arn:aws:sts::123456789012:assumed-role/reader/pod");
});

function signIn(home: TempHome, token: { readonly accessToken: string; readonly expiresAt: string }): void {
  home.write(
    ".aws/config",
    "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\nregion = us-east-2\n" +
      "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n",
  );
  const name = createHash("sha1").update("corp").digest("hex");
  home.write(`.aws/sso/cache/${name}.json`, JSON.stringify({ ...token, region: "eu-west-1" }));
}

const LATER = new Date(Date.now() + 3_600_000).toISOString();
const EARLIER = new Date(Date.now() - 3_600_000).toISOString();

test("a login in the SSO cache", async (world) => {
  signIn(world.home, { accessToken: "good", expiresAt: LATER });
  const outcome = await world.run({ ...DESCRIBE, profile: "dev" });
  assert.equal(caller(world, outcome), "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/dev");
});

const overs: readonly (readonly [string, { accessToken: string; expiresAt: string }])[] = [
  ["that is over", { accessToken: "good", expiresAt: EARLIER }],
  ["that AWS has ended", { accessToken: "expired", expiresAt: LATER }],
];

for (const [says, token] of overs) {
  test(`a login in the SSO cache ${says}: login-needed`, async (world) => {
    signIn(world.home, token);
    const { error } = await world.run({ ...DESCRIBE, profile: "dev" });
    assert.equal(error?.code, "login-needed", error?.message);
    assert.match(renderRemedy({}, error), /aws sso login --profile dev/);
  });
}

test("a container's credentials", async (world) => {
  const server = createServer((request, response) => {
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token } = SESSION_KEY;
    const good = request.headers.authorization === "pod-token";
    response.writeHead(good ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token, Expiration: LATER }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const AWS_CONTAINER_CREDENTIALS_FULL_URI = `http://127.0.0.1:${(server.address() as AddressInfo).port}/creds`;
  const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN: "pod-token" };
  try {
    assert.equal(caller(world, await world.run(DESCRIBE, env)), SESSION_KEY.principal);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a container that cannot be asked is named", async (world) => {
  using closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr as Deno.NetAddr;
  closed.close();
  const dead = `http://127.0.0.1:${port}/creds`;
  const { error } = await world.run(DESCRIBE, { AWS_CONTAINER_CREDENTIALS_FULL_URI: dead });
  assert.equal(error?.code, "unreachable", error?.message);
  assert.match(
    error?.message ?? "",
    /from AWS_CONTAINER_CREDENTIALS_FULL_URI "http:.*\/creds": .*: connection refused$/,
  );
  const elsewhere = await world.run(DESCRIBE, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "https://elsewhere.example/x" });
  assert.equal(elsewhere.error?.code, "host-not-allowed", elsewhere.error?.message);
});

test("a chain of roles that ends with a credential_process", async (world) => {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = USER_KEY;
  const keys = world.home.write("keys.json", JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  world.home.write(
    ".aws/config",
    `[profile dev]\nrole_arn = ${ROLE}\nsource_profile = mid\nrole_session_name = me\nexternal_id = e\n` +
      `[profile mid]\nrole_arn = ${ROLE}\nsource_profile = base\nduration_seconds = 900\n` +
      `[profile base]\ncredential_process = cat ${keys}\n`,
  );
  const outcome = await world.run({ ...DESCRIBE, profile: "dev" });
  assert.equal(caller(world, outcome), "arn:aws:sts::123456789012:assumed-role/reader/me");
  const asked = world.standin.calls.map(({ parameters }) => [parameters["DurationSeconds"], parameters["ExternalId"]]);
  assert.deepEqual(asked.slice(0, 2), [["900", undefined], [undefined, "e"]]);
});

test("credential_source = Environment", async (world) => {
  world.home.write(
    ".aws/config",
    `[profile dev]\nrole_arn = ${ROLE}\ncredential_source = Environment\nrole_session_name = me\n`,
  );
  const input = { ...DESCRIBE, profile: "dev" };
  assert.match(caller(world, await world.run(input, keyEnv(USER_KEY))), /assumed-role\/reader\/me$/);
  const { error } = await world.run(input);
  assert.equal(error?.code, "login-needed");
  assert.match(error?.message ?? "", /credential_source is Environment, but AWS_ACCESS_KEY_ID/);
});

test("the role of a web identity that a profile names", async (world) => {
  const token = world.home.write("token", "jwt");
  world.home.write(
    ".aws/config",
    `[profile dev]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${token}\nrole_session_name = pod\n`,
  );
  const outcome = await world.run({ ...DESCRIBE, profile: "dev" });
  assert.equal(caller(world, outcome), "arn:aws:sts::123456789012:assumed-role/reader/pod");
});

test("a denied role is told with its principal", async (world) => {
  world.home.write(".aws/credentials", `[base]\n${USER_KEYS}`);
  world.home.write(".aws/config", `[profile dev]\nrole_arn = ${ROLE}\nsource_profile = base\n`);
  const { error } = await world.run({ ...DESCRIBE, profile: "dev" });
  assert.equal(error?.code, "aws-denied", error?.message);
  assert.match(error?.message ?? "", /user\/dev may not perform sts:AssumeRole on arn:r/);
}, {
  faults: {
    AssumeRole: [{
      error: {
        status: 403,
        code: "AccessDenied",
        message: `User: ${USER_KEY.principal} is not authorized to perform: sts:AssumeRole on resource: arn:r`,
      },
    }],
  },
});

test("none at all: login-needed", async (world) => {
  const { error } = await world.run(DESCRIBE);
  assert.equal(error?.code, "login-needed");
  assert.match(error?.message ?? "", /there are none in the environment/);
});

test("a metadata service that never answers is asked twice, half a second each at most", async (world) => {
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const questions = questionsTo(silent);
  const { port } = silent.addr as Deno.NetAddr;
  const { error } = await world.run(DESCRIBE, {
    AWS_EC2_METADATA_DISABLED: "false",
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}`,
  });
  silent.close();
  assert.equal(error?.code, "login-needed", error?.message);
  assert.match(error?.message ?? "", /there are none in the environment/);
  // Each of them is over: the client closed the connection itself.
  assert.deepEqual(await questions, ["PUT /latest/api/token", "GET /latest/meta-data/iam/security-credentials/"]);
  assert.ok(2 * METADATA_TIMEOUT_MS <= 1_000);
});

/** The requests of every connection, none of which is answered, once their clients have closed them all. */
async function questionsTo(listener: Deno.Listener): Promise<readonly string[]> {
  const questions: Promise<string>[] = [];
  for await (const connection of listener) {
    questions.push(new Response(connection.readable).text().then((text) => text.split(" HTTP")[0]!));
  }
  return await Promise.all(questions);
}

Deno.test("credentials: a metadata service that may not be asked counts as absent", async () => {
  using home = tempHome();
  const env = home.env({ AWS_EC2_METADATA_DISABLED: "false" });
  const flags = ["--no-prompt", "--allow-read", "--allow-env", "--allow-sys=osRelease", "--allow-net=127.0.0.1"];
  const { error } = await runClient(DESCRIBE, { env, flags });
  assert.equal(error?.code, "login-needed", error?.message);
  assert.match(error?.message ?? "", /there are none in the environment/);
});
