import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fakeBrowser } from "../support/browser/fake_browser.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions, NOBODY } from "../support/runs/login_run.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import { startShell } from "../support/terminal/shell_session.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const LOGIN = ["auth", "login"];
const KEPT = ".cache/atmos/aws-webflow/me-test/refresh.json";
const CREDENTIALS = ".config/atmos/test/aws/aws-user/credentials";
const ROLE = "arn:aws:iam::123456789012:role/deployer";
const CONFIG = `auth:
  realm: test
  keyring: {type: memory}
  identities:
    Me: {kind: aws/user, default: true, credentials: {region: us-east-2}}
    role: {kind: aws/assume-role, via: {identity: Me}, principal: {assume_role: "${ROLE}"}}
    keyed:
      kind: aws/user
      credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET}
    closed: {kind: aws/user, credentials: {webflow_enabled: false}}
`;
const KEYS = { KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey };
const ANEW = ["AuthorizeSignIn", "CreateOAuth2Token"];

/** Needs curl, which is the browser's engine. */
function test(name: string, body: (world: LoginWorld) => Promise<void>, options: LoginWorldOptions = {}): void {
  Deno.test(`auth login with the browser as aws/user: ${name}`, async () => {
    if (!hasProgram("curl", name)) return;
    await using world = await loginWorld({ config: CONFIG, ...options });
    await body(world);
    world.aws.assertDone();
  });
}

/** The calls since the last time. */
function counter(world: LoginWorld): () => readonly string[] {
  let seen = 0;
  return () => {
    const actions = world.aws.calls.slice(seen).map(({ action }) => action);
    seen = world.aws.calls.length;
    // A session of a user does not say whose account it is of.
    return actions.filter((action) => action !== "GetCallerIdentity");
  };
}

test("without keys it signs in once, and is renewed without the browser, in other processes, and for roles", async (world) => {
  const browser = fakeBrowser(world);
  const calls = counter(world);
  const first = await world.run(LOGIN, browser.env);
  equal(first.status, 0, first.stderr);
  match(
    first.stderr,
    /Your browser opens this page:\n.*\/v1\/authorize\?client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools/,
  );
  match(first.stderr, /✓ Logged in as Me\n[^]* Expires .*\(14m\)\n/);
  deepEqual(calls(), ANEW);
  match(browser.shown(), /\nHTTP\/1\.1 200 OK\r\n[^]*You can close this tab/);
  match(world.home.read(CREDENTIALS)!, /\[me\]\naws_access_key_id = ASIASTANDINROLE/);
  const kept = JSON.parse(world.home.read(KEPT)!);
  deepEqual([kept.region, kept.clientId.split("/")[1], kept.fingerprint.length], ["us-east-2", "same-device", 64]);
  equal(Deno.statSync(world.home.at(KEPT)).mode! & 0o777, 0o600);
  const again = await world.run([...LOGIN, "--force"], NOBODY);
  equal(again.status, 0, again.stderr);
  deepEqual(calls(), ["CreateOAuth2Token"]);
  // The token is another one now, bound to the same key.
  const next = JSON.parse(world.home.read(KEPT)!);
  deepEqual([next.dpopKey, next.expiresAt, next.refreshToken === kept.refreshToken], [
    kept.dpopKey,
    kept.expiresAt,
    false,
  ]);
  equal((await world.run([...LOGIN, "role"], NOBODY)).status, 0);
  deepEqual(calls(), ["CreateOAuth2Token", "AssumeRole"]);
  equal((await world.run(["auth", "exec", "--", "true"], NOBODY)).status, 0);
  equal((await world.run(["auth", "whoami"], NOBODY)).status, 0);
});

test("--webflow signs in anew, whatever keys and sign-ins there are; without it keys win", async (world) => {
  const { env } = fakeBrowser(world);
  const calls = counter(world);
  const login = (...args: string[]) => world.run([...LOGIN, ...args], { ...env, ...KEYS });
  equal((await login("keyed")).status, 0);
  deepEqual(calls(), ["GetSessionToken"]);
  for (let times = 0; times < 2; times++) {
    const { status, stderr } = await login("keyed", "--webflow");
    equal(status, 0, stderr);
    deepEqual(calls(), ANEW);
  }
  const refused = {
    "role": 'Cannot log in as "role" with --webflow: it is not of kind aws/user',
    "closed": 'Cannot log in as "closed" with --webflow: its webflow_enabled is false',
  };
  for (const [name, found] of Object.entries(refused)) {
    const { status, stderr } = await login(name, "--webflow");
    deepEqual([status, stderr.split("\n")[0]], [2, `Error: ${found}`]);
  }
  equal((await login("--webflow", "--provider", "x")).status, 2);
  const closed = await login("closed");
  deepEqual([closed.status, calls()], [4, []]);
  match(closed.stderr, /"closed": neither atmos\.yaml nor the keyring has access keys for it\nHint: Store them: /);
});

test("without a terminal: exit 4 and the command, no browser and no call", async (world) => {
  const calls = counter(world);
  for (const args of [LOGIN, ["auth", "exec", "--", "true"], ["auth", "whoami"], ["auth", "env", "--login"]]) {
    const { status, stdout, stderr } = await world.run(args, { ...fakeBrowser(world).env, ...NOBODY });
    deepEqual([status, stdout], [4, ""], stderr);
    match(
      stderr,
      /^Error: .*"Me": neither atmos\.yaml .* not signed in .*\nHint: Log in at a terminal: .*login Me\nHint: Or store /,
    );
  }
  deepEqual(calls(), []);
});

test("a sign-in of another configuration, place, owner or time is none", async (world) => {
  const { env } = fakeBrowser(world);
  equal((await world.run(LOGIN, env)).status, 0);
  const good = world.home.read(KEPT)!;
  const fields = JSON.parse(good);
  const { fingerprint: _of, ...ofTheGoAtmos } = fields;
  const strange: Record<string, object> = {
    "the Go atmos's": ofTheGoAtmos,
    "another configuration's": { ...fields, fingerprint: "0".repeat(64) },
    "another region's": { ...fields, region: "eu-west-1" },
    "AWS's own": { ...fields, endpointUrl: undefined },
    "over": { ...fields, expiresAt: "2020-01-01T00:00:00Z" },
    "without a key": { ...fields, dpopKey: "" },
    "with a key of another": { ...fields, dpopKey: "AAAA" },
  };
  const calls = counter(world);
  calls();
  for (const [whose, kept] of Object.entries(strange)) {
    world.home.write(KEPT, JSON.stringify(kept), 0o600);
    const { status, stderr } = await world.run([...LOGIN, "--force"], NOBODY);
    equal(status, 4, `${whose}: ${stderr}`);
    deepEqual(calls(), [], whose);
  }
  world.home.write(KEPT, good);
  Deno.chmodSync(world.home.at(KEPT), 0o644);
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 4);
  Deno.chmodSync(world.home.at(KEPT), 0o600);
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 0);
  calls();
  // Where a region of its own is configured, another place is asked for another login.
  world.home.write("repo/atmos.yaml", CONFIG.replace("region: us-east-2", "mfa_arn: arn:aws:iam::123456789012:mfa/me"));
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 4);
  deepEqual(calls(), []);
});

test("a token that is over is forgotten; a service that is away leaves it", async (world) => {
  const { env } = fakeBrowser(world);
  equal((await world.run(LOGIN, env)).status, 0);
  world.aws.fail("CreateOAuth2Token", { error: { status: 503, code: "ServiceUnavailable" } });
  const away = await world.run([...LOGIN, "--force"], NOBODY);
  equal(away.status, 7, away.stderr);
  match(away.stderr, /Cannot get credentials from the AWS sign-in service: it answered with status 503\nHint: /);
  ok(world.home.read(KEPT) !== undefined);
  world.aws.signIns.refreshTokens.clear();
  const over = await world.run([...LOGIN, "--force"], NOBODY);
  deepEqual([over.status, world.home.read(KEPT)], [4, undefined]);
  equal((await world.run([...LOGIN, "--force"], env)).status, 0);
});

test("a refusal in the browser is one here, and a page that knows no state ends nothing", async (world) => {
  const { env } = fakeBrowser(world);
  const denied = await world.run(LOGIN, env);
  equal(denied.status, 4);
  match(denied.stderr, /Error: Cannot log in as "Me" with the browser: the login was refused in the browser\nHint: /);
  equal(world.home.read(KEPT), undefined);
  equal((await world.run(LOGIN, env)).status, 0);
}, { sso: { browser: ["access_denied"] } });

test("logout removes it, of the identity, of its roles, of the realm", async (world) => {
  const { env } = fakeBrowser(world);
  for (const args of [["me"], ["role"], ["--all"], ["--all-realms"]]) {
    equal((await world.run([...LOGIN, "--webflow"], env)).status, 0);
    const dry = await world.run(["auth", "logout", ...args, "--dry-run"]);
    match(dry.stderr, /Would remove: sign-in with the browser in \S+aws-webflow\/me-test\/refresh\.json\n/);
    const { status, stderr } = await world.run(["auth", "logout", ...args]);
    equal(status, 0, stderr);
    match(stderr, /Removed: sign-in with the browser in /);
    equal(world.home.read(KEPT), undefined);
    equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 4);
  }
});

/** A code that a browser on any machine shows. */
async function shownCode(page: string): Promise<string> {
  return await (await fetch(page)).text();
}

test("on a machine without a browser, the code that any other shows is typed", async (world) => {
  if (!hasProgram("script", "a code of the browser")) return;
  const env = { ...NOBODY, ATMOS_AUTH_DEVICE_CODE: "true" };
  const run = { cwd: world.home.at("repo"), env: world.env(env) };
  await using session = startShell({
    line: `${[...atmosWords(), ...LOGIN].map((word) => `'${word}'`).join(" ")}; echo ended $?`,
    env: { ...runtimeEnv(), SHELL: "/bin/sh", ...run.env, TERM: "dumb" },
    cwd: run.cwd,
  });
  const shown = await session.until(/Authorization code: /);
  match(
    shown,
    /Open this page in a browser, on any machine:\r\n {4}http\S+cross-device\S+\r\n {2}Sign in there, and type /,
  );
  await session.type(`${await shownCode(/http:\S+/.exec(shown)![0])}\r`);
  match(await session.until(/ended \d+/), /✓ Logged in as Me\r\n[^]*ended 0/);
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 0);
  match(JSON.parse(world.home.read(KEPT)!).clientId, /cross-device$/);
  equal((await world.run(["auth", "logout", "me"], NOBODY)).status, 0);
  const wrong = await onTerminal({ ...run, args: LOGIN, question: "Authorization code", answer: "nonsense\r" });
  equal(wrong.status, 4, wrong.shown);
  match(wrong.shown, /AWS rejected the code from the browser \(AUTHCODE_EXPIRED\)/);
  const other = btoa("code=x&state=of-somebody-else");
  const foreign = await onTerminal({ ...run, args: LOGIN, question: "Authorization code", answer: `${other}\r` });
  match(foreign.shown, /the code belongs to another login/);
});

test("an endpoint of the working tree gets no browser and no token before it is trusted", async (world) => {
  const { env, opened } = fakeBrowser(world);
  equal((await world.run(LOGIN, env)).status, 0);
  const calls = counter(world);
  calls();
  const theirs = `spec: {endpoint_url: ${world.aws.url}/theirs}, credentials: {region: us-east-2}`;
  world.home.write("repo/atmos.yaml", CONFIG.replace("credentials: {region: us-east-2}", theirs));
  for (const args of [LOGIN, [...LOGIN, "--force"], [...LOGIN, "--webflow"]]) {
    const { status, stderr } = await world.run(args, { ...env, ...NOBODY, ATMOS_TRUST: "0" });
    equal(status, 3, stderr);
    match(stderr, /endpoint_url/);
  }
  // Trusted, it is another place: what was made at the former one is not sent there.
  equal((await world.run([...LOGIN, "--force"], { ...env, ...NOBODY, ATMOS_TRUST: "1" })).status, 4);
  deepEqual([calls(), opened().length], [[], 1]);
});

test("no secret of it is shown or kept but in its files", async (world) => {
  const { env } = fakeBrowser(world);
  const loud = ["--logs-level=trace", "--verbose"];
  const runs = [
    await world.run([...LOGIN, ...loud], env),
    await world.run([...LOGIN, "--force", ...loud], NOBODY),
    await world.run(["auth", "env", "--login", ...loud], NOBODY),
  ];
  deepEqual(runs.map(({ status }) => status), [0, 0, 0]);
  const key = JSON.parse(world.home.read(KEPT)!).dpopKey;
  const secrets = [key, ...world.aws.logins.secrets.filter((one) => one.includes("refresh-token"))];
  secrets.push("standin/secret", "standin//session");
  for (const { stdout, stderr } of runs) for (const one of secrets) ok(!(stdout + stderr).includes(one), one);
  const own = [KEPT, CREDENTIALS];
  for (const path of world.home.files().filter((one) => !own.includes(one) && !one.startsWith("browser/"))) {
    for (const one of secrets) ok(!world.home.read(path)!.includes(one), path);
  }
});

test("a shell stays with the user that it was opened for while another one signs in", async (world) => {
  const signIn = async (principal: string) => {
    world.aws.signIns.principal = principal;
    const run = await world.run([...LOGIN, "--force", "--webflow"], fakeBrowser(world).env);
    equal(run.status, 0, run.stderr);
    const opened = await world.run(["auth", "env", "--format", "json"], NOBODY);
    return JSON.parse(opened.stdout) as Readonly<Record<string, string>>;
  };
  const principalIn = ({ AWS_SHARED_CREDENTIALS_FILE: path }: Readonly<Record<string, string>>) =>
    world.aws.keys.get(/^aws_access_key_id = (\S+)/m.exec(Deno.readTextFileSync(path!))![1]!)!.principal;
  const [one, other] = ["one", "other"].map((name) => `arn:aws:iam::123456789012:user/${name}`);
  const first = await signIn(one!);
  const second = await signIn(other!);
  deepEqual([principalIn(first), principalIn(second)], [one, other]);
  equal((await world.run(["auth", "whoami"], { ...NOBODY, ...first })).status, 4);
  equal((await world.run(["auth", "whoami"], { ...NOBODY, ...second })).status, 0);
  equal((await signIn(one!))["AWS_SHARED_CREDENTIALS_FILE"], first["AWS_SHARED_CREDENTIALS_FILE"]);
  equal((await world.run(["auth", "whoami"], { ...NOBODY, ...first })).status, 0);
});
