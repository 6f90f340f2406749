import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";

const CONSOLE = ["auth", "console"];
const WITH_LENGTH = CONFIG.replace(/(start_url: \S+)\}/, "$1, console: {session_duration: 4h}}") +
  "    user: {kind: aws/user, credentials: {access_key_id: AKIAX, secret_access_key: x}}\n";

async function loggedIn(config = WITH_LENGTH): Promise<LoginWorld> {
  const world = await loginWorld({ config });
  equal((await world.run(["auth", "login"])).status, 0);
  return world;
}

/** What the sign-in service was asked, but for the session. */
function asked({ aws }: LoginWorld): readonly Readonly<Record<string, string>>[] {
  return aws.calls.filter(({ action }) => action === "getSigninToken").map(({ parameters }) => {
    const { Session: _session, ...rest } = parameters;
    return rest;
  });
}

/** A program that is asked for web pages, and writes down what it is asked for. */
function recordBrowser({ home }: LoginWorld): Readonly<Record<string, string>> {
  const path = home.write("bin/xdg-open", `#!/bin/sh\nprintf '%s\\n' "$@" > "${home.at("opened")}"\n`);
  Deno.chmodSync(path, 0o755);
  return { PATH: `${home.at("bin")}:/usr/bin:/bin`, DISPLAY: ":0", ATMOS_AUTH_DEVICE_CODE: "false" };
}

Deno.test("auth console: the link alone is on stdout, and no secret anywhere", async () => {
  await using world = await loggedIn();
  const { status, stdout, stderr } = await world.run([...CONSOLE, "-d", "eks", "--print-url"], NOBODY);
  deepEqual([status, stderr], [0, ""]);
  const url = new URL(stdout.trim());
  deepEqual([url.origin, url.pathname], [new URL(world.aws.url).origin, "/federation"]);
  const { SigninToken: token, ...rest } = Object.fromEntries(url.searchParams);
  match(token!, /^signin-token-of\/ASIASTANDINROLE/);
  const destination = "https://console.aws.amazon.com/eks/home?region=us-east-2";
  deepEqual(rest, { Action: "login", Issuer: "atmos", Destination: destination });
  deepEqual(asked(world), [{ Action: "getSigninToken", SessionDuration: "14400" }]);
  for (const secret of world.aws.secrets()) doesNotMatch(stdout, new RegExp(RegExp.escape(secret)));
});

Deno.test("auth console: the region is the identity's, else its cluster's; where its provider signs users in comes last", async () => {
  const cluster =
    "{kind: aws/eks, via: {identity: Dev}, auto_provision: false, spec: {cluster: {name: c, region: eu-west-1}}}";
  const own = WITH_LENGTH.replace("default: true", "default: true\n      region: ap-south-1");
  for (
    const [config, region] of [
      [WITH_LENGTH, "us-east-2"],
      [`${WITH_LENGTH}  integrations:\n    dev/eks: ${cluster}\n`, "eu-west-1"],
      [`${own}  integrations:\n    dev/eks: ${cluster}\n`, "ap-south-1"],
    ] as const
  ) {
    await using world = await loggedIn(config);
    const { stdout, stderr } = await world.run([...CONSOLE, "-d", "eks", "--print-url"], NOBODY);
    equal(new URL(new URL(stdout.trim()).searchParams.get("Destination")!).searchParams.get("region"), region, stderr);
  }
});

Deno.test("auth console: AWS_REGION comes after the identity's region, and is another identity's in that one's shell", async () => {
  const own = WITH_LENGTH.replace("default: true", "default: true\n      region: ap-south-1");
  const shell = (world: LoginWorld) => ({
    ATMOS_IDENTITY: "other",
    AWS_SHARED_CREDENTIALS_FILE: world.home.at(CREDENTIALS),
  });
  for (
    const [config, plain, inShell] of [[WITH_LENGTH, "eu-north-1", "us-east-2"], [
      own,
      "ap-south-1",
      "ap-south-1",
    ]] as const
  ) {
    await using world = await loggedIn(config);
    const open = async (more: readonly string[], env: Readonly<Record<string, string>>) => {
      const args = [...CONSOLE, "-i", "Dev", "-d", "eks", "--print-url", ...more];
      const { stdout, stderr } = await world.run(args, { ...NOBODY, AWS_REGION: "eu-north-1", ...env });
      ok(stdout !== "", stderr);
      return new URL(new URL(stdout.trim()).searchParams.get("Destination")!).searchParams.get("region");
    };
    deepEqual([await open([], {}), await open([], shell(world))], [plain, inShell]);
    equal(await open(["--region", "eu-north-1"], shell(world)), "eu-north-1");
  }
});

Deno.test("auth console: it is opened in the browser, and stdout stays empty", async () => {
  await using world = await loggedIn();
  const { status, stdout, stderr } = await world.run([...CONSOLE, "--duration", "1h"], recordBrowser(world));
  deepEqual([status, stdout, stderr], [0, "", "AWS console as Dev, for 1h 0m\n"]);
  for (let tries = 0; tries < 50 && world.home.read("opened") === undefined; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Every user of the machine may read the arguments of a program: the link with its token is in a page of the user's.
  const opened = new URL(world.home.read("opened")!.trim());
  const path = decodeURIComponent(opened.pathname);
  deepEqual([opened.protocol, opened.search], ["file:", ""]);
  match(path, /\/\.cache\/atmos\/links\/[0-9a-f]{32}\.html$/);
  const mode = (one: string) => Deno.statSync(one).mode! & 0o777;
  deepEqual([mode(path), mode(path.slice(0, path.lastIndexOf("/")))], [0o600, 0o700]);
  const page = Deno.readTextFileSync(path);
  match(page, /content="0;url=http:\/\/127[^"]*\/federation\?Action=login&amp;[^"]*SigninToken=signin-token-of/);
});

Deno.test("auth console: a directory that others may use gets no link; it is printed instead", async () => {
  const spoil: readonly ((path: string) => void)[] = [
    (path) => Deno.mkdirSync(path, { recursive: true, mode: 0o777 }),
    (path) => {
      Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      Deno.symlinkSync("/tmp", path);
    },
  ];
  for (const make of spoil) {
    await using world = await loggedIn();
    const directory = world.home.at(".cache/atmos/links");
    make(directory);
    const { status, stdout } = await world.run(CONSOLE, recordBrowser(world));
    equal(status, 0);
    match(stdout, /^http\S+\/federation\?Action=login\S+\n$/);
    equal(world.home.read("opened"), undefined);
  }
});

Deno.test("auth console: without a browser, or with --no-open, the link is printed with a word of warning", async () => {
  await using world = await loggedIn();
  for (const env of [NOBODY, { ...recordBrowser(world), only: "--no-open" }]) {
    const { status, stdout, stderr } = await world.run([...CONSOLE, "--no-open"], env);
    equal(status, 0);
    match(stdout, /^http\S+\/federation\?Action=login\S+\n$/);
    match(stderr, /^AWS console as Dev, for 4h 0m\nAnyone who opens this link within 15 minutes is signed in:\n$/);
  }
  equal(world.home.read("opened"), undefined);
});

Deno.test("auth console: --isolated without a screen prints the link, too", async () => {
  await using world = await loggedIn();
  const { status, stdout } = await world.run([...CONSOLE, "--isolated"], NOBODY);
  equal(status, 0);
  match(stdout, /^http\S+\/federation\?Action=login\S+\n$/);
});

Deno.test("auth console: a role that a role has assumed gets no length of its own, and is told so", async () => {
  await using world = await loggedIn();
  const { status, stderr } = await world.run([...CONSOLE, "deploy", "--duration", "2h", "--print-url"], NOBODY);
  deepEqual([status, stderr], [
    0,
    'Warning: --duration has no effect: "Dev" is a role already, so the session ends with the credentials\n',
  ]);
  deepEqual(asked(world), [{ Action: "getSigninToken" }]);
});

Deno.test("auth console: keys of a user are refused before anything is asked; a session of the environment is not", async () => {
  await using world = await loginWorld({ config: WITH_LENGTH });
  for (const [identity, env] of [["user", {}], ["runner", keyEnv(USER_KEY)]] as const) {
    const { status, stderr } = await world.run([...CONSOLE, identity, "--print-url"], env);
    equal(status, 3);
    match(
      stderr,
      /^Error: Cannot open the AWS console as "(?:user|runner)": it is an IAM user, and the console can only be opened as a role/,
    );
  }
  deepEqual(world.aws.calls, []);
  equal((await world.run([...CONSOLE, "runner", "--print-url"], keyEnv(SESSION_KEY))).status, 0);
});

Deno.test("auth console: bad words are refused before anything is asked", async () => {
  await using world = await loginWorld();
  const bad = [["-d", "eeks"], ["-d", "https://evil.example/"], ["--duration", "13h"], ["--duration", "1m"], [
    "--region",
    "evil.example/",
  ]];
  for (const words of bad) equal((await world.run([...CONSOLE, ...words])).status, 2, words.join(" "));
  deepEqual(world.aws.calls, []);
});

Deno.test("auth console: credentials that AWS refuses, and an answer that is none", async () => {
  await using world = await loggedIn();
  const faults = [
    [{ error: { status: 400, code: "BadRequest" } }, 4, "AWS refused the credentials (status 400)"],
    [{ body: "{}" }, 7, "the response to signin:GetSigninToken contains no SigninToken"],
    [
      { page: { status: 200 } },
      7,
      "the response is an HTML page with status 200; is a proxy or captive portal in between?",
    ],
    [{ reset: true }, 7, "127.0.0.1"],
  ] as const;
  for (const [fault, exit, says] of faults) {
    world.aws.fail("getSigninToken", fault);
    const { status, stdout, stderr } = await world.run([...CONSOLE, "--print-url"], {
      ...NOBODY,
      AWS_MAX_ATTEMPTS: "1",
    });
    deepEqual([status, stdout], [exit, ""], stderr);
    match(stderr, new RegExp(`^Error: Cannot get a sign-in token for the AWS console: ${RegExp.escape(says)}`));
  }
});
