import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { fakeBrowser } from "../support/browser/fake_browser.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions, NOBODY, sessionFile } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const LOGIN = ["auth", "login"];
const DONE = ["Authorize", "CreateToken", "GetRoleCredentials"];
const BY_CODE = ["RegisterClient", "StartDeviceAuthorization", "CreateToken", "GetRoleCredentials"];

/** Needs curl, which is the browser's engine. */
function test(name: string, options: LoginWorldOptions, body: (world: LoginWorld) => Promise<void>): void {
  Deno.test(`auth login by redirect: ${name}`, async () => {
    if (!hasProgram("curl", name)) return;
    await using world = await loginWorld(options);
    await body(world);
    world.aws.assertDone();
  });
}

function actions(world: LoginWorld): readonly string[] {
  return world.aws.calls.map(({ action }) => action);
}

test("on a terminal, the browser opens, comes back, and nobody types anything", {}, async (world) => {
  if (!hasProgram("script", "login by redirect on a terminal")) return;
  const browser = fakeBrowser(world);
  const run = { args: LOGIN, question: "never", answer: "", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, env: world.env({ ...NOBODY, ...browser.env }) });
  equal(status, 0, shown);
  match(shown, /^Log in to AWS\r\n {2}Your browser opens this page:\r\n {4}http:\/\/127\.0\.0\.1:\d+\/authorize\?/);
  match(shown, /Sign in there and allow access .*\r\n.*--device-code\.\r\n {2}Only approve if you started this login/);
  match(shown, /✓ Logged in as Dev/);
  deepEqual(actions(world), ["RegisterClient", ...DONE]);
  ok(shown.includes(browser.opened()[0]!));
  match(browser.shown(), /\nHTTP\/1\.1 200 OK\r\n[^]*You can close this tab/);
  equal(Deno.statSync(world.home.at(sessionFile(world.home)!)).mode! & 0o777, 0o600);
});

test("renewed without a person; else its registration is used again, until it is over", {
  sso: { tokenSeconds: 60 },
}, async (world) => {
  const { env } = fakeBrowser(world);
  equal((await world.run(LOGIN, env)).status, 0);
  equal((await world.run([...LOGIN, "--force"], NOBODY)).status, 0);
  equal(world.aws.count("Authorize"), 1);
  world.aws.logins.refreshTokens.clear();
  equal((await world.run([...LOGIN, "--force"], env)).status, 0);
  deepEqual([world.aws.count("Authorize"), world.aws.count("RegisterClient")], [2, 1]);
  world.aws.logins.refreshTokens.clear();
  world.aws.logins.expireClients();
  equal((await world.run([...LOGIN, "--force"], env)).status, 0);
  deepEqual([world.aws.count("Authorize"), world.aws.count("RegisterClient")], [3, 2]);
});

test("neither way uses the other's registration", { sso: { tokenSeconds: 60 } }, async (world) => {
  const { env } = fakeBrowser(world);
  for (const args of [[], ["--device-code"], [], ["--device-code"]]) {
    const { status, stderr } = await world.run([...LOGIN, "--force", ...args], env);
    equal(status, 0, stderr);
    world.aws.logins.refreshTokens.clear();
  }
  deepEqual(world.aws.calls.filter(({ action, status }) => status >= 400 && action !== "CreateToken"), []);
  deepEqual([world.aws.count("RegisterClient"), world.aws.count("Authorize")], [4, 2]);
});

test("a revoked session is made anew once", {}, async (world) => {
  const { env } = fakeBrowser(world);
  await world.run(LOGIN, env);
  world.aws.logins.revoke();
  equal((await world.run([...LOGIN, "--force"], env)).status, 0);
  deepEqual([world.aws.count("Authorize"), world.aws.count("RegisterClient")], [2, 1]);
});

test("a browser in the wrong state is sent away, the right one is waited for", {
  sso: { browser: ["wrong_state"] },
}, async (world) => {
  const browser = fakeBrowser(world, { times: 2 });
  equal((await world.run(LOGIN, browser.env)).status, 0);
  deepEqual(actions(world), ["RegisterClient", "Authorize", ...DONE]);
});

test("refused in the browser: exit 4, remembered for those that were not asked to log in", {
  sso: { browser: ["access_denied"] },
}, async (world) => {
  const browser = fakeBrowser(world);
  const { status, stderr } = await world.run(LOGIN, browser.env);
  equal(status, 4);
  match(stderr, /: the login was refused in the browser\nHint: Log in again: atmos auth login Dev\n$/);
  match(browser.shown(), /HTTP\/1\.1 400 Bad Request\r\n[^]*AWS reported: access_denied\./);
  const poller = await world.run(["auth", "exec", "--", "true"], browser.env);
  equal(poller.status, 4);
  match(poller.stderr, /another run was refused \d+ s ago/);
  equal(world.aws.count("Authorize"), 1);
  equal((await world.run(LOGIN, browser.env)).status, 0);
});

test("where AWS takes no such registration, a code, said in a line", {
  faults: { RegisterClient: [{ error: { status: 400, code: "InvalidClientMetadataException", message: "no" } }] },
}, async (world) => {
  const { status, stderr } = await world.run(LOGIN, fakeBrowser(world).env);
  equal(status, 0, stderr);
  match(stderr, /^AWS does not offer a browser redirect here; logging in with a code instead\.\nLog in to AWS\n/);
  match(stderr, /code: +WXYZ-1234\n/);
  deepEqual(actions(world), ["RegisterClient", ...BY_CODE]);
});

const codes: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
  ["auth login --device-code", [...LOGIN, "--device-code"], {}],
  ["auth exec --device-code", ["auth", "exec", "--device-code", "--", "true"], {}],
  ["auth env --login --device-code", ["auth", "env", "--login", "--device-code"], {}],
  ["auth shell --device-code", ["auth", "shell", "--device-code", "--shell", "/bin/true"], {}],
  ["ATMOS_AUTH_DEVICE_CODE", LOGIN, { ATMOS_AUTH_DEVICE_CODE: "true" }],
  ["SSH", LOGIN, { ATMOS_AUTH_DEVICE_CODE: "", SSH_CONNECTION: "10.0.0.1 50000 10.0.0.2 22" }],
  ["a container", LOGIN, { ATMOS_AUTH_DEVICE_CODE: "", container: "podman" }],
  ["no display", LOGIN, { ATMOS_AUTH_DEVICE_CODE: "", DISPLAY: "" }],
];

for (const [says, args, more] of codes) {
  test(`a code with ${says}`, {}, async (world) => {
    const { env } = fakeBrowser(world);
    const { status, stderr } = await world.run(args, { ...env, ...more });
    equal(status, 0, stderr);
    match(stderr, /code: +WXYZ-1234\n/);
    deepEqual(actions(world), BY_CODE);
  });
}

test("on a desktop without being told; in a container a code", {}, async (world) => {
  const inside = ["/.dockerenv", "/run/.containerenv"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
  const { env } = fakeBrowser(world);
  equal((await world.run(LOGIN, { ...env, ATMOS_AUTH_DEVICE_CODE: "" })).status, 0);
  deepEqual(actions(world), inside ? BY_CODE : ["RegisterClient", ...DONE]);
});

test("20 processes need one session: one browser, one login, and all get its result", {}, async (world) => {
  const browser = fakeBrowser(world);
  const run = () => world.run(["auth", "exec", "--", "sh", "-c", "echo $AWS_PROFILE"], browser.env);
  const runs = await Promise.all(Array.from({ length: 20 }, run));
  deepEqual(runs.map(({ status, stdout }) => [status, stdout]), Array(20).fill([0, "dev\n"]));
  equal(browser.opened().length, 1);
  deepEqual([world.aws.count("RegisterClient"), world.aws.count("Authorize")], [1, 1]);
});

test("Ctrl-C while waiting is 130, gives the port back and leaves no session", {}, async (world) => {
  const { env } = fakeBrowser(world, { times: 0 });
  const child = spawnAtmos(LOGIN, { env: world.env(env), cwd: world.home.at("repo") });
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let shown = "";
  while (!shown.includes("Waiting")) shown += (await reader.read()).value;
  const port = Number(/127\.0\.0\.1%3A(\d+)/.exec(shown)![1]);
  (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  child.kill("SIGINT");
  equal((await child.status).code, 130);
  await Promise.all([reader.cancel(), child.stdout.cancel(), child.stdin.close()]);
  await Deno.connect({ hostname: "127.0.0.1", port }).then(
    (open) => (open.close(), ok(false, "somebody still listens")),
    (error) => ok(error instanceof Deno.errors.ConnectionRefused),
  );
  equal(sessionFile(world.home), undefined);
});

test("code, verifier and tokens are nowhere but in the session file", {}, async (world) => {
  const { env } = fakeBrowser(world);
  const loud = { ...env, ATMOS_LOGS_LEVEL: "trace" };
  const { status, stdout, stderr } = await world.run([...LOGIN, "--verbose", "--output", "json"], loud);
  equal(status, 0, stderr);
  const { parameters } = world.aws.calls.find(({ action }) => action === "CreateToken")!;
  const session = sessionFile(world.home)!;
  const kept = JSON.parse(world.home.read(session)!);
  const secrets = [
    parameters["code"],
    parameters["codeVerifier"],
    kept.accessToken,
    kept.refreshToken,
    kept.clientSecret,
  ];
  const others = world.home.files().filter((path) => path !== session && !path.startsWith("browser/"));
  const texts = [stdout, stderr, ...others.map((path) => world.home.read(path)!)];
  for (const secret of secrets) {
    ok(secret.length > 10);
    equal(texts.some((text) => text.includes(secret)), false, secret);
  }
  for (const once of secrets.slice(0, 2)) equal(world.home.read(session)!.includes(once), false);
});
