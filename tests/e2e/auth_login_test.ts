import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { EXPIRED_KEY, keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CREDENTIALS, loginWorld, NOBODY, ROLE, sessionFile, START_URL } from "../support/runs/login_run.ts";
import { multiCluster } from "../support/config/multi_cluster.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const LOGIN = ["auth", "login"];
const FLOW = ["RegisterClient", "StartDeviceAuthorization"];

function mode(path: string): number {
  return Deno.statSync(path).mode! & 0o777;
}

Deno.test("auth login: a device flow leaves credentials, region and session, each for its owner alone", async () => {
  await using world = await loginWorld({ sso: { device: ["pending"] } });
  const { status, stdout, stderr } = await world.run(LOGIN);
  deepEqual({ status, stdout }, { status: 0, stdout: "" });
  match(stderr, /device\.sso\.us-east-2\.amazonaws\.com\/\?user_code=WXYZ-1234\n.*code: +WXYZ-1234\n/);
  match(stderr, /✓ Logged in as Dev\n {2}Realm +test \(config\)\n {2}Provider +sso\n {2}Identity +Dev\n {2}Region/);
  const session = sessionFile(world.home)!;
  const config = CREDENTIALS.replace("credentials", "config");
  match(world.home.read(CREDENTIALS)!, /^; atmos: expiration=\d{4}-\S+Z\n\[dev\]\naws_access_key_id = ASIASTANDIN/);
  equal(world.home.read(config), "[profile dev]\nregion = us-east-2\n");
  const { accessToken, refreshToken, clientId, startUrl, region } = JSON.parse(world.home.read(session)!);
  match(accessToken, /^standin-access-token/);
  match(refreshToken, /^standin-refresh-token/);
  match(clientId, /^standin-client/);
  deepEqual({ startUrl, region }, { startUrl: START_URL, region: "us-east-2" });
  for (const path of [session, CREDENTIALS, config]) {
    equal(mode(world.home.at(path)), 0o600, path);
    equal(mode(world.home.at(path.slice(0, path.lastIndexOf("/")))), 0o700, path);
  }
  deepEqual(world.aws.calls.map(({ action }) => action), [...FLOW, "CreateToken", "CreateToken", "GetRoleCredentials"]);
  world.aws.assertDone();
});

Deno.test("auth login: the real aws is who was logged in", async () => {
  if (!hasProgram("aws", "auth login: the real aws")) return;
  await using world = await loginWorld();
  equal((await world.run(LOGIN)).status, 0);
  const PATH = Deno.env.get("PATH")!;
  const args = ["auth", "exec", "--", "aws", "sts", "get-caller-identity", "--output", "text", "--query", "Arn"];
  const { status, stdout } = await world.run(args, { PATH, ...NOBODY });
  deepEqual(
    { status, stdout },
    { status: 0, stdout: "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/dev\n" },
  );
});

Deno.test("auth login: credentials that last for --min-ttl are left alone; --force asks", async () => {
  await using world = await loginWorld();
  await world.run(LOGIN);
  const before = world.aws.calls.length;
  const again = await world.run([...LOGIN, "--output", "json"], NOBODY);
  equal(again.status, 0);
  match(again.stderr, /✓ Already logged in as Dev\n/);
  const data = JSON.parse(again.stdout);
  deepEqual([data.identity, data.renewed, data.credentials_file], ["Dev", false, world.home.at(CREDENTIALS)]);
  equal((await world.run([...LOGIN, "--min-ttl=59m"], NOBODY)).status, 0);
  equal(world.aws.calls.length, before);
  equal(JSON.parse((await world.run([...LOGIN, "--min-ttl=61m", "--output=json"], NOBODY)).stdout).renewed, true);
  equal(JSON.parse((await world.run([...LOGIN, "--force", "--output=json"], NOBODY)).stdout).renewed, true);
  deepEqual(world.aws.calls.slice(before).map(({ action }) => action), ["GetRoleCredentials", "GetRoleCredentials"]);
  // What the login itself takes is no lack.
  equal((await world.run([...LOGIN, "--min-ttl=1h"], NOBODY)).status, 0);
  const bad = await world.run([...LOGIN, "--min-ttl", "soon"]);
  equal(bad.status, 2);
  match(bad.stderr, /^Error: .*--min-ttl.*"soon".*\nHint: .*--min-ttl 30m\n$/);
});

Deno.test("auth login: a --min-ttl that no credentials reach is said, with exit status 4 as auth status has it", async () => {
  await using world = await loginWorld();
  const soon = new Date(Date.now() + 20 * 60_000).toISOString();
  const ends = { ...keyEnv(USER_KEY), AWS_SESSION_TOKEN: "t", AWS_CREDENTIAL_EXPIRATION: soon };
  const known = [["Dev", "2h", {}], ["deploy", "45m", {}], ["runner", "1h", ends]] as const;
  for (const [identity, ttl, env] of known) {
    for (const more of [[], ["--force"], ["--output=json"]]) {
      const { status, stdout, stderr } = await world.run([...LOGIN, identity, "--min-ttl", ttl, ...more], env);
      equal(status, 4, stderr);
      match(
        stderr,
        new RegExp(`\nError: Cannot log in as "${identity}" for ${ttl}: its credentials are valid for \\d+m, `),
      );
      match(stderr, /\nHint: Use a shorter --min-ttl, /);
      equal(stdout !== "" && JSON.parse(stdout).identity === identity, more[0] === "--output=json");
    }
  }
  // They are stored all the same, and do where less is wanted.
  equal((await world.run(["auth", "status", "Dev"], NOBODY)).status, 0);
  equal((await world.run(["auth", "status", "Dev", "--min-ttl=2h"], NOBODY)).status, 4);
});

Deno.test("auth login: a session at its end is refreshed without a person, and reuses its registration else", async () => {
  await using world = await loginWorld({ sso: { tokenSeconds: 60 } });
  await world.run(LOGIN);
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 0);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
  world.aws.logins.refreshTokens.clear();
  equal((await world.run([...LOGIN, "--force"])).status, 0);
  deepEqual([world.aws.count("StartDeviceAuthorization"), world.aws.count("RegisterClient")], [2, 1]);
  world.aws.logins.refreshTokens.clear();
  world.aws.logins.expireClients();
  equal((await world.run([...LOGIN, "--force"])).status, 0);
  equal(world.aws.count("RegisterClient"), 2);
});

Deno.test("auth login: a revoked session is dropped once, and a person asked once", async () => {
  await using world = await loginWorld();
  await world.run(LOGIN);
  world.aws.logins.revoke();
  const alone = await world.run([...LOGIN, "--force"], NOBODY);
  equal(alone.status, 4);
  match(alone.stderr, /^Error: Cannot use the SSO session of ".*\nHint: Log in at a terminal: atmos auth login Dev\n$/);
  equal(sessionFile(world.home), undefined);
  equal((await world.run([...LOGIN, "--force"])).status, 0);
  world.aws.logins.revoke();
  equal((await world.run([...LOGIN, "--force"])).status, 0);
  equal(world.aws.count("StartDeviceAuthorization"), 3);
});

for (
  const [says, sso, found] of [
    ["denied", { device: ["denied"] }, /"https:\S+": the login was refused in the browser\n/],
    ["expired", { device: ["pending", "expired"] }, /"https:\S+": the code expired before it was confirmed\n/],
  ] as const
) {
  Deno.test(`auth login: ${says}: exit 4 with the command, remembered for those that were not asked to`, async () => {
    await using world = await loginWorld({ sso });
    const { status, stderr } = await world.run(LOGIN);
    equal(status, 4);
    match(stderr, found);
    match(stderr, /\nHint: Log in again: atmos auth login Dev\n$/);
    const poller = await world.run(["auth", "exec", "--", "true"]);
    equal(poller.status, 4);
    match(poller.stderr, /^Error: Cannot log in at .*: another run was refused \d+ s ago\nHint: .* auth login Dev\n$/);
    equal(world.aws.count("StartDeviceAuthorization"), 1);
    equal((await world.run(LOGIN)).status, 0);
  });
}

Deno.test("auth login: no terminal: exit 4 with the command to type, and no call at all", async () => {
  await using world = await loginWorld();
  const { status, stdout, stderr } = await world.run(LOGIN, NOBODY);
  deepEqual({ status, stdout }, { status: 4, stdout: "" });
  match(stderr, /^Error: Cannot use the SSO session of ".*\nHint: Log in at a terminal: atmos auth login Dev\n$/);
  equal(world.aws.calls.length, 0);
});

Deno.test("auth login: a terminal in a pipeline has nobody at it", async () => {
  if (!hasProgram("script", "auth login: CI on a terminal")) return;
  await using world = await loginWorld();
  const run = { args: LOGIN, question: "never", answer: "", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, env: world.env({ ...NOBODY, CI: "true" }) });
  equal(status, 4);
  match(shown, /Hint: CI is set, so no user is asked\. Log in at a terminal without it: atmos auth login Dev/);
  match(
    shown,
    /Hint: In a pipeline, use an identity that needs no user: through github\/oidc, or of kind aws\/ambient/,
  );
  equal(world.aws.calls.length, 0);
});

Deno.test("auth login: Ctrl-C while waiting is 130, blocks nobody and leaves no half of a file", async () => {
  await using world = await loginWorld({ sso: { device: Array(60).fill("pending") } });
  const child = spawnAtmos(LOGIN, { env: world.env(), cwd: world.home.at("repo") });
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  for (let shown = ""; !shown.includes("Waiting");) shown += (await reader.read()).value;
  child.kill("SIGINT");
  equal((await child.status).code, 130);
  await Promise.all([reader.cancel(), child.stdout.cancel(), child.stdin.close()]);
  equal(sessionFile(world.home), undefined);
  await using other = await loginWorld();
  const env = world.env({ AWS_ENDPOINT_URL: other.aws.url });
  equal((await world.run(LOGIN, env)).status, 0);
  ok(sessionFile(world.home));
});

Deno.test("auth login: a corrupt session file is told of and written anew", async () => {
  await using world = await loginWorld();
  await world.run(LOGIN);
  const path = sessionFile(world.home)!;
  world.home.write(path, '{"accessToken": ');
  const { status, stderr } = await world.run([...LOGIN, "--force"]);
  equal(status, 0);
  match(stderr, /Warning: Cannot use SSO session "\S+": it is not what a login writes\nHint: /);
  match(JSON.parse(world.home.read(path)!).accessToken, /^standin/);
});

Deno.test("auth login: which identity: the argument or --identity, not both, before the variable before the default", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { externalId: "x-1" } } });
  const who = async (args: readonly string[], env = {}) =>
    JSON.parse((await world.run([...LOGIN, "--output=json", ...args], env)).stdout).identity;
  equal(await who([]), "Dev");
  equal(await who([], { ATMOS_IDENTITY: "DEPLOY" }), "deploy");
  equal(await who(["--identity", "dEV"], { ATMOS_IDENTITY: "deploy" }), "Dev");
  equal(await who(["deploy"], { ATMOS_IDENTITY: "dev" }), "deploy");
  const both = await world.run([...LOGIN, "deploy", "--identity=dev"]);
  deepEqual([both.status, both.stdout], [2, ""]);
});

Deno.test("auth login: a chain: external id, duration, session name, and the role's own credentials", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { externalId: "x-1" } } });
  equal((await world.run([...LOGIN, "deploy"])).status, 0);
  const { parameters, principal } = world.aws.calls.at(-1)!;
  match(principal, /AWSReservedSSO_Admin/);
  deepEqual([parameters["ExternalId"], parameters["DurationSeconds"], parameters["RoleSessionName"]], [
    "x-1",
    "1800",
    "ci",
  ]);
  match(world.home.read(CREDENTIALS)!, /\[deploy\]/);
  equal(world.home.read(CREDENTIALS)!.includes("[dev]"), false);
});

Deno.test("auth login: a role that is not given: exit 5 with principal, permission and role", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { closed: true } } });
  const { status, stderr } = await world.run([...LOGIN, "deploy"]);
  equal(status, 5);
  match(
    stderr,
    /Error: Cannot assume role "arn:aws:iam::123456789012:role\/deployer": arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin\/dev may not perform sts:AssumeRole/,
  );
  match(stderr, /\nHint: Use another identity, or have sts:AssumeRole allowed\n$/);
});

Deno.test("auth login: the environment's own keys: nothing kept, and the start of a chain", async () => {
  await using world = await loginWorld();
  const alone = await world.run([...LOGIN, "runner"], { ...keyEnv(USER_KEY), ...NOBODY });
  equal(alone.status, 0);
  deepEqual(world.home.files(), ["repo/atmos.yaml"]);
  const chain = await world.run([...LOGIN, "from-runner"], { ...keyEnv(USER_KEY), ...NOBODY, AWS_REGION: "eu-west-1" });
  equal(chain.status, 0, chain.stderr);
  equal(world.aws.calls.at(-1)!.principal, USER_KEY.principal);
  equal(world.aws.calls.at(-1)!.region, "eu-west-1");
  match(world.home.read(".config/atmos/test/aws/aws-ambient/credentials")!, /\[from-runner\]/);
  const expired = await world.run([...LOGIN, "from-runner", "--force"], { ...keyEnv(EXPIRED_KEY), ...NOBODY });
  equal(expired.status, 4);
  match(
    expired.stderr,
    /expired; credentials: identity "from-runner", .*\nHint: Log in again: atmos auth login from-runner, or renew the access keys\n$/,
  );
});

const USER = `auth:
  realm: test
  identities:
    glass:
      kind: aws/user
      credentials:
        access_key_id: !env KEY_ID
        secret_access_key: !env KEY_SECRET
        mfa_arn: arn:aws:iam::123456789012:mfa/glass
        region: us-west-2
    root:
      kind: aws/assume-root
      via: {identity: plain}
      principal:
        target_principal: "123456789012"
        task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
    plain: {kind: aws/user, credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET}}
`;
const KEYS = { KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey };

Deno.test("auth login: a user's keys, and root by them", async () => {
  await using world = await loginWorld({ config: USER });
  const plain = await world.run([...LOGIN, "plain"], { ...KEYS, ...NOBODY });
  equal(plain.status, 0, plain.stderr);
  match(world.home.read(".config/atmos/test/aws/aws-user/credentials")!, /\[plain\]\naws_access_key_id = ASIA/);
  const root = await world.run([...LOGIN, "root"], { ...KEYS, ...NOBODY });
  equal(root.status, 0, root.stderr);
  equal(world.aws.calls.at(-1)!.action, "AssumeRoot");
  const unasked = await world.run([...LOGIN, "glass"], { ...KEYS, ...NOBODY });
  equal(unasked.status, 4);
  match(unasked.stderr, /needs a code from its MFA device\nHint: Log in at a terminal: atmos auth login glass\n$/);
  const wrong = await world.run([...LOGIN, "plain", "--force"], { ...KEYS, ...NOBODY, KEY_SECRET: "wrong" });
  equal(wrong.status, 4);
  match(wrong.stderr, /\nHint: .* the secret in atmos\.yaml or the keyring: atmos auth user configure .*plain\n$/);
});

Deno.test("auth login: the code of the MFA device is asked for on the terminal", async () => {
  if (!hasProgram("script", "auth login: MFA")) return;
  await using world = await loginWorld({ config: USER });
  const run = { args: [...LOGIN, "glass"], question: "mfa/glass: ", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, answer: "123456\r", env: world.env({ ...KEYS, ...NOBODY }) });
  equal(status, 0, shown);
  const session = world.aws.calls.find(({ action }) => action === "GetSessionToken")!;
  equal(session.parameters["TokenCode"], "123456");
  const wrong = [...LOGIN, "glass", "--force"];
  const refused = await onTerminal({ ...run, args: wrong, answer: "000000\r", env: world.env({ ...KEYS, ...NOBODY }) });
  equal(refused.status, 4);
  match(refused.shown, /AWS rejected the MFA code/);
});

Deno.test("auth login: chosen from a list on a terminal; without one, a name must be said", async () => {
  if (!hasProgram("script", "auth login: choosing")) return;
  await using world = await loginWorld();
  const run = { args: [...LOGIN, "-i"], question: "Number or name: ", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, answer: "Dev\r", env: world.env(NOBODY) });
  equal(status, 0, shown);
  match(shown, /Which identity\?\r\n {2}1 {2}Dev \(123456789012, default, Admin\)\r\n/);
  const unasked = await world.run([...LOGIN, "-i"]);
  equal(unasked.status, 3);
  match(
    unasked.stderr,
    /^Error: Cannot choose an identity: .*no terminal to ask on\nHint: Specify one: --identity NAME \(Dev, /,
  );
});

Deno.test("auth login: AWS out of reach: exit 7", async () => {
  await using world = await loginWorld();
  const { status, stderr } = await world.run(LOGIN, { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" });
  equal(status, 7);
  match(stderr, /^Error: Cannot register with IAM Identity Center in us-east-2: 127\.0\.0\.1:1: .*\nHint: .*\n$/);
});

Deno.test("auth login: an unknown name: exit 3 with the one that was meant", async () => {
  await using world = await loginWorld();
  const { status, stderr } = await world.run([...LOGIN, "deplyo"]);
  equal(status, 3);
  match(stderr, /^Error: Cannot use identity "deplyo": .* did you mean "deploy"\?\nHint: .*atmos auth list\n$/);
});

const account = (id: string, name: string) => ({ id, name, email: `${id}@example.com`, roles: ["Admin"] });
const ACCOUNTS = ["a", "b", "Core", "twice", "twice", "PROD", "prod"].map((name, at) =>
  account(`11111111111${at}`, name)
);

Deno.test("auth login: an account by its name, on any page; ambiguous and unknown ones are told", async () => {
  const identity = (name: string) =>
    `    ${name}: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: ${name}}}\n`;
  const config = `auth:
  realm: test
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}
  identities:
${["core", "twice", "prod", "cores"].map(identity).join("")}`;
  await using world = await loginWorld({ config, pageSize: 2, sso: { accounts: ACCOUNTS } });
  equal((await world.run([...LOGIN, "core"])).status, 0);
  equal(world.aws.calls.at(-1)!.parameters["account_id"], "111111111112");
  equal(world.aws.count("ListAccounts"), 4);
  equal((await world.run([...LOGIN, "prod"])).status, 0);
  equal(world.aws.calls.at(-1)!.parameters["account_id"], "111111111116");
  const twice = await world.run([...LOGIN, "twice"]);
  equal(twice.status, 3);
  match(
    twice.stderr,
    /2 accounts are named "twice": 111111111113, 111111111114\nHint: Set principal\.account to the ID/,
  );
  const unknown = await world.run([...LOGIN, "cores"]);
  equal(unknown.status, 3);
  match(unknown.stderr, /you have no account named "cores"\nHint: Available: Core\n$/);
});

Deno.test("auth login: the only identity needs no default, and a realm of the variable has files of its own", async () => {
  const config = `auth:
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}
  identities:
    only: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
`;
  await using world = await loginWorld({ config });
  equal((await world.run(LOGIN, { ATMOS_AUTH_REALM: "mine" })).status, 0);
  match(world.home.read(".config/atmos/mine/aws/sso/credentials")!, /\[only\]/);
  notEqual(sessionFile(world.home), undefined);
});

Deno.test("auth login: a chain goes on from what an earlier login kept, and begins anew when AWS refuses that", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { externalId: "x-1" } } });
  await world.run(LOGIN);
  const actions = async (args: readonly string[]) => {
    const before = world.aws.calls.length;
    const { status, stderr } = await world.run([...LOGIN, "deploy", ...args], NOBODY);
    equal(status, 0, stderr);
    return world.aws.calls.slice(before).map(({ action, status }) => `${action} ${status}`);
  };
  deepEqual(await actions([]), ["AssumeRole 200"]);
  deepEqual(await actions(["--force"]), ["GetRoleCredentials 200", "AssumeRole 200"]);
  const text = world.home.read(CREDENTIALS)!;
  const stored = /ASIASTANDIN\w+/.exec(text)![0];
  // In what says whose keys they are as well.
  world.home.write(CREDENTIALS, text.replaceAll(stored, EXPIRED_KEY.accessKeyId));
  const again = await actions(["--min-ttl=30m"]);
  deepEqual([again[0]!.slice(-3) === "200", again.slice(-2)], [false, ["GetRoleCredentials 200", "AssumeRole 200"]]);
});

Deno.test("auth login: one that cannot be saved is used, and is exit 6 all the same", async () => {
  await using world = await loginWorld();
  const file = world.home.write("file", "in the way");
  const blocked = { ATMOS_XDG_CONFIG_HOME: file, ATMOS_XDG_CACHE_HOME: file };
  const identity = await world.run([...LOGIN, "--output", "json"], blocked);
  equal(identity.status, 6, identity.stderr);
  match(identity.stderr, /✓ Logged in as Dev\n[^]*\nError: Cannot write credentials "\S+\/file\/atmos\S+": .*\nHint: /);
  equal(JSON.parse(identity.stdout).credentials_file, null);
  const homeless = await world.run(LOGIN, { HOME: "", ATMOS_CONFIG: world.home.at("repo/atmos.yaml") });
  equal(homeless.status, 6, homeless.stderr);
  match(homeless.stderr, /\nError: Cannot store the credentials of identity "Dev": HOME is not set\nHint: Set HOME /);
  const provider = await world.run([...LOGIN, "--provider", "sso"], blocked);
  equal(provider.status, 6, provider.stderr);
  match(provider.stderr, /\nError: Cannot write SSO session "\S+": .*\nHint: /);
  doesNotMatch(provider.stderr, /✓/);
});

Deno.test("auth login: what is linked is made ready before one that cannot be saved is exit 6", async () => {
  await using world = await multiCluster();
  const file = world.home.write("file", "in the way");
  const args = [...LOGIN, "--strict"];
  const { status, stderr } = await world.run(args, {
    ATMOS_XDG_CACHE_HOME: world.home.at("cache"),
    ATMOS_XDG_CONFIG_HOME: file,
    ATMOS_KUBECONFIG: world.home.at("k"),
  });
  equal(status, 6, stderr);
  match(world.home.read("k")!, /cluster\/dev-cluster$/m);
  match(stderr, /\nError: Cannot write credentials "/);
});

Deno.test("auth login: two spellings of one start URL are one session, to log in and to log out of", async () => {
  const identity = (via: string) =>
    `{kind: aws/permission-set, via: {provider: ${via}}, principal: {name: Admin, account: {id: "123456789012"}}}`;
  const provider = (url: string) => `{kind: aws/iam-identity-center, region: us-east-2, start_url: ${url}}`;
  await using world = await loginWorld({
    config: `auth:
  realm: test
  providers: {one: ${provider(START_URL)}, two: ${provider("https://CORP.awsapps.com/start/#/")}}
  identities: {a: ${identity("one")}, b: ${identity("two")}}
`,
  });
  for (const name of ["a", "b"]) equal((await world.run([...LOGIN, name])).status, 0);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
  const { stderr } = await world.run(["auth", "logout", "b"]);
  match(stderr, /The providers one and two share the session of https:\/\/corp\.awsapps\.com\/start\n/);
  equal(sessionFile(world.home), undefined);
});
