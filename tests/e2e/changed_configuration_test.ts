import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { ssoSessionKey } from "../../src/auth/files/sso_session_place.ts";
import { keyEnv, SESSION_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";
import { atmosWords, runAtmos, type RunOutcome, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY, ROLE, START_URL } from "../support/runs/login_run.ts";

const [ACCOUNT, OTHER_ACCOUNT] = ["123456789012", "210987654321"];
const REGISTRY = `${ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`;
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
    twin: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev:
      kind: aws/permission-set
      default: true
      region: us-east-2
      via: {provider: sso}
      principal: {name: Admin, account: {id: "${ACCOUNT}"}}
    ops: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: {id: "${ACCOUNT}"}}}
    deploy:
      kind: aws/assume-role
      via: {identity: dev}
      principal: {assume_role: "${ROLE}", session_name: ci, region: us-east-2}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {auto_provision: false, registry: {account_id: "${ACCOUNT}", region: us-east-2}}}
`;
const roles = ["Admin", "ReadOnly", "Ops"];
const ACCOUNTS = [ACCOUNT, OTHER_ACCOUNT].map((id) => ({ id, name: id, email: `${id}@example.com`, roles }));

/** A home whose user has a session at IAM Identity Center. */
async function loggedIn(identity = "dev"): Promise<LoginWorld> {
  const world = await loginWorld({ config: CONFIG, sso: { accounts: ACCOUNTS } });
  const { status, stderr } = await world.run(["auth", "login", identity]);
  equal(status, 0, stderr);
  return world;
}

interface Command {
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Returns the access key that it used or handed out, where its output says it. */
  readonly key?: (run: RunOutcome) => string;
}

const ID = /^aws_access_key_id = (\S+)$/m;
const keyIn = ({ stdout }: RunOutcome) => ID.exec(stdout)![1]!;
const SHOW = ["sh", "-c", 'cat "$AWS_SHARED_CREDENTIALS_FILE"'];
const CLUSTER = ["--name", "dev-cluster", "--region", "us-east-2", "--identity", "dev"];

/** Whatever gets credentials of an identity, without a terminal. */
const COMMANDS: Readonly<Record<string, Command>> = {
  "auth login": { args: ["auth", "login"] },
  "auth console": {
    args: ["auth", "console", "--print-url"],
    key: ({ stdout }) => /SigninToken=[^&]*?(ASIA[A-Z0-9]+)/.exec(stdout)![1]!,
  },
  "auth whoami": { args: ["auth", "whoami"] },
  "auth exec": { args: ["auth", "exec", "--", ...SHOW], key: keyIn },
  "auth shell": { args: ["auth", "shell", "--shell", "sh"], stdin: 'cat "$AWS_SHARED_CREDENTIALS_FILE"\n', key: keyIn },
  "auth env --login": { args: ["auth", "env", "--login"] },
  "auth credential-process": {
    args: ["auth", "credential-process", "dev"],
    key: ({ stdout }) => JSON.parse(stdout).AccessKeyId,
  },
  "aws eks token": {
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--identity", "dev"],
    key: ({ stdout }) => keyOfToken(stdout),
  },
  "auth doctor": { args: ["auth", "doctor"] },
  "aws eks doctor": { args: ["aws", "eks", "doctor", ...CLUSTER] },
  "docker-credential get": { args: ["docker-credential", "get"], stdin: REGISTRY },
  "aws ecr login": { args: ["aws", "ecr", "login", "dev/ecr"] },
  "aws eks list": { args: ["aws", "eks", "list", "--region", "us-east-2"] },
  "update-kubeconfig": { args: ["aws", "eks", "update-kubeconfig", ...CLUSTER] },
  "update-kubeconfig --dry-run": { args: ["aws", "eks", "update-kubeconfig", ...CLUSTER, "--dry-run"] },
};

interface Change {
  readonly from: string;
  readonly to: string;
  /** What the ARN of the changed identity has, and that of the earlier one has not. */
  readonly arn: RegExp;
}

const CHANGES: Readonly<Record<string, Change>> = {
  "permission set": { from: "name: Admin", to: "name: ReadOnly", arn: /SSO_ReadOnly\// },
  "account": { from: `{id: "${ACCOUNT}"}`, to: `{id: "${OTHER_ACCOUNT}"}`, arn: /:210987654321:/ },
};

/** Where those of the changed identity are, while shells may have the earlier ones. */
function changedCredentials({ home }: LoginWorld): string {
  return home.files().find((path) => /\/sso\/fingerprint-[0-9a-f]{16}\/credentials$/.test(path))!;
}

/** The principals that calls were signed as. */
function signers({ aws }: LoginWorld, since: number): readonly string[] {
  return aws.calls.slice(since).map(({ principal }) => principal).filter((one) => one !== "anonymous");
}

/** Runs a command and returns everything that it did, and gave out, something as. */
async function principals(
  world: LoginWorld,
  { args, stdin, key, isChanged }: Command & { readonly isChanged: boolean },
): Promise<readonly string[]> {
  const since = world.aws.calls.length;
  const env = world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! });
  const run = await runAtmos(args, { env, cwd: world.home.at("repo"), ...(stdin === undefined ? {} : { stdin }) });
  const given = key === undefined ? [] : [key(run)];
  const stored = args.includes("--dry-run") || args.includes("doctor")
    ? []
    : [ID.exec(world.home.read(isChanged ? changedCredentials(world) : CREDENTIALS)!)![1]!];
  const found = [...given, ...stored].map((id) => world.aws.keys.get(id)!.principal);
  return [...signers(world, since), ...found];
}

for (const [name, { from, to, arn }] of Object.entries(CHANGES)) {
  Deno.test(`another ${name}: every command is the new one at once, without a user, and then the former again`, async () => {
    await using world = await loggedIn();
    for (const [command, input] of Object.entries(COMMANDS)) {
      world.home.write("repo/atmos.yaml", CONFIG.replace(from, to));
      const changed = await principals(world, { ...input, isChanged: true });
      ok(changed.length > 0 && changed.every((one) => arn.test(one)), `${command}: ${changed}`);
      world.home.write("repo/atmos.yaml", CONFIG);
      const before = await principals(world, { ...input, isChanged: false });
      ok(before.length > 0 && before.every((one) => !arn.test(one)), `${command}, back: ${before}`);
    }
    equal(world.aws.count("StartDeviceAuthorization"), 1);
  });
}

Deno.test("another profile of the configuration: each one's own identity, whichever was logged in last", async () => {
  await using world = await loggedIn();
  world.home.write(
    "repo/profiles/prod/atmos.yaml",
    `auth: {identities: {dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "${OTHER_ACCOUNT}"}}}}}\n`,
  );
  for (const args of [["auth", "whoami"], ["auth", "exec", "--", ...SHOW]]) {
    for (const [profile, account] of [["prod", OTHER_ACCOUNT], [undefined, ACCOUNT]] as const) {
      const { status, stdout, stderr } = await world.run(args, {
        ...NOBODY,
        ...(profile === undefined ? {} : { ATMOS_PROFILE: profile }),
      });
      equal(status, 0, stderr);
      const arn = ID.test(stdout) ? world.aws.keys.get(ID.exec(stdout)![1]!)!.principal : stdout;
      match(arn, new RegExp(`arn:aws:sts::${account}:`));
    }
  }
});

Deno.test("auth status and env say that credentials are of an earlier configuration, and env prints none of them", async () => {
  await using world = await loggedIn();
  const edited = CONFIG.replace("name: Admin", "name: ReadOnly");
  world.home.write("repo/atmos.yaml", edited);
  const status = await world.run(["auth", "status", "dev"], NOBODY);
  deepEqual(status, {
    status: 4,
    stdout: "dev: its credentials are of an earlier configuration\n",
    stderr: "Hint: atmos auth login dev\n",
  });
  const { valid, outdated } = JSON.parse((await world.run(["auth", "status", "dev", "--output=json"], NOBODY)).stdout);
  deepEqual([valid, outdated], [false, true]);
  const env = await world.run(["auth", "env"], NOBODY);
  deepEqual([env.status, env.stdout], [4, ""]);
  match(env.stderr, /"dev": its credentials are of an earlier configuration\nHint: .*atmos auth login dev\n$/);
  const login = await world.run(["auth", "login"], NOBODY);
  match(login.stderr, /✓ Logged in as dev\n/);
  match((await world.run(["auth", "login"], NOBODY)).stderr, /✓ Already logged in as dev\n/);
});

Deno.test("a session that is over: nothing of the earlier configuration is used instead", async () => {
  await using world = await loggedIn();
  const earlier = world.home.read(CREDENTIALS)!;
  world.aws.logins.accessTokens.clear();
  world.aws.logins.refreshTokens.clear();
  world.home.write("repo/atmos.yaml", CONFIG.replace("name: Admin", "name: ReadOnly"));
  const since = world.aws.calls.length;
  for (const [command, { args, stdin }] of Object.entries(COMMANDS)) {
    const run = await runAtmos(args, {
      env: world.env(NOBODY),
      cwd: world.home.at("repo"),
      ...(stdin === undefined ? {} : { stdin }),
    });
    ok(run.status !== 0 && !run.stdout.includes("ASIA"), `${command}: ${run.status} ${run.stdout}`);
  }
  deepEqual([signers(world, since), world.home.read(CREDENTIALS)], [[], earlier]);
});

/** Edits of a role's entry, and what AWS is told then. */
const ROLE_CHANGES: Readonly<Record<string, readonly [from: string, to: string, told: RegExp]>> = {
  "role": [ROLE, `${ROLE}2`, /"RoleArn":"[^"]*deployer2"/],
  "session name": ["session_name: ci", "session_name: cd", /"RoleSessionName":"cd"/],
  "external id": ["session_name: ci", "session_name: ci, external_id: x-9", /"ExternalId":"x-9"/],
  "duration": ["session_name: ci", "session_name: ci, duration: 20m", /"DurationSeconds":"1200"/],
  "source identity": ["session_name: ci", "session_name: ci, source_identity: me", /"SourceIdentity":"me"/],
  "tags": ["session_name: ci", "session_name: ci, tags: {team: a}", /"team"/],
  "policy": ["session_name: ci", "session_name: ci, policy: {Statement: []}", /Statement/],
  "managed policies": [
    "session_name: ci",
    'session_name: ci, policy_arns: ["arn:aws:iam::aws:policy/P"]',
    /policy\/P"/,
  ],
};

Deno.test("every field of a role: the next token is of a new session, also where an earlier run is remembered", async () => {
  await using world = await loggedIn("deploy");
  const line = ["aws", "eks", "token", "--cluster-name", "c", "--region", "us-east-2", "--identity=deploy"];
  const token = async () => {
    const since = world.aws.calls.length;
    const { status, stderr } = await world.run([...line, "--config", world.home.at("repo/atmos.yaml")], NOBODY);
    equal(status, 0, stderr);
    return world.aws.calls.slice(since).filter(({ action }) => action === "AssumeRole");
  };
  deepEqual(await token(), []);
  for (const [field, [from, to, told]] of Object.entries(ROLE_CHANGES)) {
    world.home.write("repo/atmos.yaml", CONFIG.replace(from, to));
    const calls = await token();
    equal(calls.length, 1, field);
    match(JSON.stringify(calls[0]!.parameters), told);
    deepEqual(await token(), [], field);
  }
});

Deno.test("another permission set of the identity before it: the role's session is asked for as the new one", async () => {
  await using world = await loggedIn("deploy");
  world.home.write("repo/atmos.yaml", CONFIG.replace("via: {identity: dev}", "via: {identity: ops}"));
  const since = world.aws.calls.length;
  equal((await world.run(["auth", "whoami", "deploy"], NOBODY)).status, 0);
  match(signers(world, since)[0]!, /SSO_Ops/);
  world.home.write("repo/atmos.yaml", CONFIG.replace("name: Admin", "name: ReadOnly"));
  const later = world.aws.calls.length;
  equal((await world.run(["auth", "whoami", "deploy"], NOBODY)).status, 0);
  match(signers(world, later)[0]!, /SSO_ReadOnly/);
});

Deno.test("a role behind the environment's own credentials: of other ones, a new session; in a child, what it was given", async () => {
  const config = CONFIG.replace("via: {identity: dev}", "via: {identity: runner}")
    .replace("  integrations:", "    runner: {kind: aws/ambient}\n  integrations:");
  await using world = await loginWorld({ config });
  const whoami = async (key: StandinKey) => {
    const since = world.aws.calls.length;
    const run = await world.run(["auth", "whoami", "deploy"], { ...NOBODY, ...keyEnv(key) });
    equal(run.status, 0, run.stderr);
    return world.aws.calls.slice(since).filter(({ action }) => action === "AssumeRole").map((one) => one.principal);
  };
  deepEqual(await whoami(USER_KEY), [USER_KEY.principal]);
  deepEqual(await whoami(USER_KEY), []);
  deepEqual(await whoami(SESSION_KEY), [SESSION_KEY.principal]);
  const since = world.aws.calls.length;
  const inner = [...atmosWords(), "auth", "credential-process", "deploy"];
  const env = { ...NOBODY, ...keyEnv(SESSION_KEY), ...runtimeEnv(), PATH: Deno.env.get("PATH")! };
  const run = await world.run(["auth", "exec", "-i", "deploy", "--", ...inner], env);
  equal(run.status, 0, run.stderr);
  equal(world.aws.calls.length, since);
});

Deno.test("what the Go atmos has left: its session is used, and credentials that do not say what they are, are not", async () => {
  await using world = await loggedIn();
  const text = world.home.read(CREDENTIALS)!.replace(/^atmos_fingerprint.*\n/m, "");
  world.home.write(CREDENTIALS, text);
  const before = ID.exec(text)![1]!;
  equal((await world.run(["auth", "whoami"], NOBODY)).status, 0);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
  const now = world.home.read(CREDENTIALS)!;
  ok(ID.exec(now)![1] !== before);
  match(now, /^atmos_fingerprint = \S+-[0-9a-f]{64}$/m);
});

/** As a login at AWS's own hosts leaves it, with texts that no other login has. */
const MADE_AT_AWS = {
  accessToken: "CANARY-ACCESS",
  expiresAt: "2099-01-01T00:00:00Z",
  region: "us-east-2",
  startUrl: START_URL,
  refreshToken: "CANARY-REFRESH",
  clientId: "CANARY-CLIENT",
  clientSecret: "CANARY-SECRET",
  registrationExpiresAt: "2099-01-01T00:00:00Z",
};

for (const expiresAt of ["2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]) {
  Deno.test(`a session that was made at AWS, to ${expiresAt}, and its registration are sent to no other host`, async () => {
    await using world = await loginWorld({
      config: CONFIG,
      sso: { accounts: ACCOUNTS, accessTokens: ["CANARY-ACCESS"] },
    });
    const key = await ssoSessionKey({ startUrl: START_URL, region: "us-east-2", endpointUrl: undefined });
    const path = `.cache/atmos/aws-sso/sessions/${key}.json`;
    world.home.write(path, JSON.stringify({ ...MADE_AT_AWS, expiresAt }));
    await using other = await loginWorld();
    const endpoint = `region: us-east-2, spec: {endpoint_url: "${other.aws.url}"}, start_url`;
    world.home.write("repo/atmos.yaml", CONFIG.replace("region: us-east-2, start_url", endpoint));
    const trusted = { ATMOS_TRUST: "1" };
    for (
      const args of [["auth", "whoami"], ["auth", "login"], ["auth", "exec", "--", "true"], ["auth", "logout", "dev"]]
    ) {
      const { status } = await world.run(args, { ...NOBODY, ...trusted });
      equal(status, args[1] === "logout" ? 0 : 4, args.join(" "));
    }
    equal(other.aws.calls.length, 0);
    const login = await world.run(["auth", "login"], trusted);
    equal(login.status, 0, login.stderr);
    deepEqual([other.aws.count("RegisterClient"), other.aws.count("GetRoleCredentials")], [1, 1]);
    doesNotMatch(JSON.stringify(other.aws.calls), /CANARY/);
    // It is still there, and good for AWS.
    world.home.write("repo/atmos.yaml", CONFIG);
    if (expiresAt.startsWith("2099")) equal((await world.run(["auth", "whoami"], NOBODY)).status, 0);
    deepEqual(JSON.parse(world.home.read(path)!), { ...MADE_AT_AWS, expiresAt });
  });
}
