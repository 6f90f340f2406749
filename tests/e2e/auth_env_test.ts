import { canaryJob } from "../support/canary/github_job.ts";
import { IDENTITY_ENV, recordVariables } from "../../src/auth/environment/recorded_variables.ts";
import { FORMATS } from "../../src/cli/commands/auth_env/formats.ts";
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { AUTH_ENV_FLAGS } from "../../src/cli/commands/auth_env/command.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const ENV = ["auth", "env"];

async function loggedIn(): Promise<LoginWorld> {
  const world = await loginWorld();
  equal((await world.run(["auth", "login"])).status, 0);
  return world;
}

Deno.test("auth env: eval in a real bash", async () => {
  if (!hasProgram("bash", "auth env: bash")) return;
  await using world = await loggedIn();
  const words = [...atmosWords(), ...ENV].map((word) => `'${word}'`).join(" ");
  const script = `eval "$(${words} --format=export)"; echo "$AWS_PROFILE|$AWS_SHARED_CREDENTIALS_FILE|$TEAM"`;
  const { stdout, code } = await new Deno.Command("bash", {
    args: ["-c", script],
    clearEnv: true,
    env: { ...runtimeEnv(), ...world.env(NOBODY) },
    cwd: world.home.at("repo"),
  }).output();
  deepEqual([code, new TextDecoder().decode(stdout)], [0, `dev|${world.home.at(CREDENTIALS)}|core\n`]);
});

Deno.test("auth env: every format says the same, by flag or variable", async () => {
  await using world = await loggedIn();
  const { stdout } = await world.run([...ENV, "--format", "json"], NOBODY);
  const expected = JSON.parse(stdout);
  deepEqual(Object.keys(expected), [
    "ATMOS_IDENTITY",
    "ATMOS_IDENTITY_CONFIG",
    "ATMOS_IDENTITY_ENV",
    "ATMOS_IDENTITY_FINGERPRINT",
    "AWS_CONFIG_FILE",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_SHARED_CREDENTIALS_FILE",
    "TEAM",
  ]);
  equal(expected["AWS_PROFILE"], "dev");
  const lines: Readonly<Record<string, RegExp>> = {
    bash: /^export AWS_PROFILE=dev;$/m,
    fish: /^set -gx AWS_PROFILE /m,
    powershell: /^\$env:AWS_PROFILE = /m,
    dotenv: /^AWS_PROFILE=dev$/m,
    env: /^AWS_PROFILE=dev$/m,
  };
  for (const [format, line] of Object.entries(lines)) {
    match((await world.run([...ENV, "-f", format], NOBODY)).stdout, line);
  }
  match((await world.run(ENV, { ...NOBODY, ATMOS_AUTH_ENV_FORMAT: "fish" })).stdout, lines["fish"]!);
});

Deno.test("auth env: in every format another AWS_DEFAULT_PROFILE, which aws takes first, is the identity's as well", async () => {
  await using world = await loggedIn();
  for (const format of AUTH_ENV_FLAGS.format.choices) {
    const printed = async (profile: string) => {
      const env = { ...NOBODY, AWS_DEFAULT_PROFILE: profile, GITHUB_ENV: world.home.at("github") };
      const { stdout } = await world.run([...ENV, "-f", format], env);
      const text = format === "github" ? world.home.read("github")! : stdout;
      if (format === "github") Deno.removeSync(env.GITHUB_ENV);
      return text.split("\n").filter((line) => line.includes("AWS_DEFAULT_PROFILE"));
    };
    const [line, ...more] = await printed("other");
    match(line!, /AWS_DEFAULT_PROFILE\W+dev\b/, format);
    deepEqual([more, await printed("dev")], [[], []], format);
  }
});

Deno.test("auth env: --output-file appends, and makes a file for its owner alone", async () => {
  await using world = await loggedIn();
  const out = [...ENV, "--format=env", "--output-file", "~/out"];
  deepEqual(await world.run(out, NOBODY), { status: 0, stdout: "", stderr: "" });
  equal(Deno.statSync(world.home.at("out")).mode! & 0o777, 0o600);
  deepEqual(world.home.files().filter((path) => path.startsWith("out")), ["out"]);
  const once = world.home.read("out")!;
  Deno.writeFileSync(world.home.at("out"), new Uint8Array([0xff, 0x41]), { append: true });
  await world.run(out, NOBODY);
  const bytes = Deno.readFileSync(world.home.at("out"));
  equal(bytes.length, 2 * once.length + 3);
  deepEqual([...bytes.subarray(once.length, once.length + 3)], [0xff, 0x41, 0x0a]);
  // Reading a pipe would wait for what writes to it.
  new Deno.Command("mkfifo", { args: [world.home.at("pipe")] }).outputSync();
  for (const path of [world.home.path, world.home.at("pipe")]) {
    const closed = await world.run([...ENV, "-o", path], NOBODY);
    equal(closed.status, 2);
    match(closed.stderr, /^Error: Cannot write ".*\nHint: Use another file: --output-file FILE\n$/);
  }
});

Deno.test("auth env: a GitHub job hides in its logs what it gets from memory; nothing is printed elsewhere", async () => {
  await using world = await loginWorld();
  await using job = canaryJob({ token: "a.b.c", bearer: "bearer-of-the-job" });
  const file = world.home.write("github", "", 0o644);
  const given = { ...NOBODY, ...job.env, HOME: "", GITHUB_ENV: file };
  const line = ["auth", "env", "ci", "--login", "--format=github"];
  for (const GITHUB_ACTIONS of ["true", ""]) {
    world.home.write("github", "");
    const { status, stdout, stderr } = await world.run(line, { ...given, GITHUB_ACTIONS });
    equal(status, 0, stderr);
    const set = world.home.read("github")!;
    const values = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map((name) =>
      RegExp(`^${name}=(.+)$`, "m").exec(set)![1]
    );
    const masks = values.map((value) => `::add-mask::${value}\n`);
    equal(stdout, "", "it may be appended to the same file");
    for (const mask of masks) equal(stderr.includes(mask), GITHUB_ACTIONS !== "", stderr);
  }
});

Deno.test("auth env: the format github goes to $GITHUB_ENV", async () => {
  await using world = await loggedIn();
  const file = world.home.write("github", "A=1\n", 0o644);
  const done = await world.run([...ENV, "--format=github"], { ...NOBODY, GITHUB_ENV: file });
  deepEqual(done, { status: 0, stdout: "", stderr: "" });
  match(
    world.home.read("github")!,
    /^A=1\nATMOS_IDENTITY=Dev\nATMOS_IDENTITY_CONFIG=\S+\/repo\nATMOS_IDENTITY_ENV=TEAM=[0-9a-f]{8}\nATMOS_IDENTITY_FINGERPRINT=[0-9a-f]{16}:Dev\n(?:AWS_\w+=\S+\n)+TEAM=core\n$/,
  );
  const nowhere = await world.run([...ENV, "--format=github"], NOBODY);
  equal(nowhere.status, 2);
  match(nowhere.stderr, /GITHUB_ENV names no file\nHint: Specify one: --output-file FILE\n$/);
});

Deno.test("auth env: keys in the shell that would win are told of", async () => {
  await using world = await loggedIn();
  const { stderr } = await world.run(ENV, { ...NOBODY, ...keyEnv(USER_KEY), AWS_SESSION_TOKEN: "" });
  equal(
    stderr,
    "Warning: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in this shell would be used before these variables\n" +
      "Hint: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY\n",
  );
  const quiet = await world.run([...ENV, "--logs-level=error"], { ...NOBODY, ...keyEnv(USER_KEY) });
  equal(quiet.stderr, "");
});

Deno.test("auth env: a web identity of the shell, which programs would use first, is unset or emptied", async () => {
  await using world = await loggedIn();
  const role = "arn:aws:iam::210987654321:role/pod";
  const job = {
    AWS_WEB_IDENTITY_TOKEN_FILE: world.home.write("token", "x"),
    AWS_ROLE_ARN: role,
    AWS_ROLE_SESSION_NAME: "p",
  };
  const gone = {
    bash: (name: string) => `unset ${name};`,
    fish: (name: string) => `set -e ${name}\n`,
    powershell: (name: string) => `Remove-Item Env:${name}`,
    github: (name: string) => `${name}=\n`,
    dotenv: (name: string) => `${name}=''\n`,
    env: (name: string) => `${name}=\n`,
    json: (name: string) => `"${name}": ""`,
  };
  deepEqual(Object.keys(gone).sort(), Object.keys(FORMATS).sort());
  for (const [format, line] of Object.entries(gone)) {
    const github = world.home.write("github", "");
    const { status, stdout, stderr } = await world.run([...ENV, "-f", format], {
      ...NOBODY,
      ...job,
      GITHUB_ENV: github,
    });
    deepEqual([status, stderr], [0, ""]);
    for (const name of Object.keys(job)) {
      ok(`${stdout}${world.home.read("github")}`.includes(line(name)), `${format}: ${name}`);
    }
  }
  if (!hasProgram("aws", "auth env: web identity, as the AWS CLI")) return;
  const words = [...atmosWords(), ...ENV].map((word) => `'${word}'`).join(" ");
  const env = { ...runtimeEnv(), ...world.env({ ...NOBODY, ...job, PATH: Deno.env.get("PATH")! }) };
  for (const take of [`eval "$(${words})"`, `${words} -f dotenv > .env; set -a; . ./.env`]) {
    const { stdout } = await new Deno.Command("bash", {
      args: ["-c", `${take}; aws sts get-caller-identity --query Arn --output text`],
      cwd: world.home.at("repo"),
      env,
      clearEnv: true,
    }).output();
    match(new TextDecoder().decode(stdout), /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin/, take);
  }
});

Deno.test("auth env, exec: what the identity before had in its env does not stay; what the user has set does", async () => {
  const config = CONFIG.replace(
    "runner: {kind: aws/ambient}",
    "runner: {kind: aws/ambient, env: [{key: A, value: a}]}",
  );
  await using world = await loginWorld({ config });
  equal((await world.run(["auth", "login"])).status, 0);
  const recorded = recordVariables({ A: "a" });
  const shell = { ...NOBODY, ATMOS_IDENTITY: "Runner", [IDENTITY_ENV]: recorded, A: "a", TEAM: "mine" };
  const { stdout } = await world.run([...ENV, "Dev"], shell);
  match(stdout, /^unset A;$/m);
  doesNotMatch((await world.run([...ENV, "Dev"], { ...shell, A: "b" })).stdout, /\bA;/);
  const exec = ["auth", "exec", "-i", "Dev", "--", "sh", "-c", 'echo "A=${A-none} TEAM=$TEAM"'];
  equal((await world.run(exec, shell)).stdout, "A=none TEAM=core\n");
  equal((await world.run(exec, { ...shell, A: "b" })).stdout, "A=b TEAM=core\n");
});

Deno.test("auth env: before a login, what is known of it, with a warning, and no call; --login logs in", async () => {
  await using world = await loginWorld();
  await using expected = await loggedIn();
  const { stdout: after } = await expected.run(ENV, NOBODY);
  const known = after.replace(/^export AWS_CREDENTIAL_EXPIRATION=.*\n/m, "").replaceAll(
    expected.home.path,
    world.home.path,
  );
  const { status, stdout, stderr } = await world.run(ENV);
  deepEqual({ status, stdout }, { status: 0, stdout: known });
  equal(stderr, 'Warning: Cannot use identity "Dev": it is not logged in\nHint: Log in: atmos auth login Dev\n');
  for (const format of ["json", "dotenv", "env", "fish", "powershell"]) {
    const run = await world.run([...ENV, "--format", format], NOBODY);
    deepEqual([run.status, run.stdout.includes("dev")], [0, true]);
  }
  equal((await world.run([...ENV, "--logs-level=error"])).stderr, "");
  deepEqual([world.aws.calls.length, world.home.read(CREDENTIALS)], [0, undefined]);
  equal((await world.run([...ENV, "--login"], NOBODY)).status, 4);
  const login = await world.run([...ENV, "--login"]);
  equal(login.status, 0);
  match(login.stdout, /^export AWS_PROFILE=dev;$/m);
  world.home.write(CREDENTIALS, world.home.read(CREDENTIALS)!.replace(/(?<=expiration=)\S+/, "2020-01-01T00:00:00Z"));
  const expired = await world.run(ENV);
  deepEqual([expired.status, expired.stdout], [0, known]);
  match(expired.stderr, /^Warning: .*its credentials have expired\nHint: Log in: atmos auth login Dev\n$/);
});

Deno.test("auth env: before a login, never the files where something else is in them", async () => {
  await using world = await loggedIn();
  const text = world.home.read(CREDENTIALS)!;
  const theirs = "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = planted\n";
  for (const planted of [text.replace(/(?<=_fingerprint = )\w+/, "0"), theirs, "[dev\n"]) {
    if (planted === text) throw new Error("the fingerprint is not there");
    world.home.write(CREDENTIALS, planted);
    const { status, stdout, stderr } = await world.run(ENV, NOBODY);
    deepEqual([status, stdout], [4, ""], planted);
    match(stderr, /Error: Cannot use identity "Dev": /);
  }
});

Deno.test("auth env: without a place for its files nothing is known; what the environment lacks is no login's business", async () => {
  await using world = await loginWorld();
  const homeless = { HOME: "", ATMOS_CONFIG: world.home.at("repo/atmos.yaml") };
  deepEqual((await world.run(ENV, homeless)).status, 4);
  const ambient = await world.run([...ENV, "runner"]);
  deepEqual([ambient.status === 0, ambient.stdout], [false, ""]);
  deepEqual((await world.run([...ENV, "from-runner"])).status, 0);
});

Deno.test("auth env: where nothing can be kept, the keys themselves", async () => {
  await using world = await loginWorld();
  const file = world.home.write("file", "in the way");
  const { status, stdout, stderr } = await world.run([...ENV, "--login"], { ATMOS_XDG_CONFIG_HOME: file });
  equal(status, 0);
  match(stdout, /^export AWS_ACCESS_KEY_ID=ASIASTANDIN/m);
  match(stdout, /^export AWS_SESSION_TOKEN=/m);
  equal(stdout.includes("AWS_PROFILE"), false);
  match(stderr, /Warning: Cannot write credentials "/);
});

Deno.test("auth env, login, exec: no secret but where it belongs, however much is said", async () => {
  await using world = await loginWorld({ sso: { device: ["pending"], tokenSeconds: 60 } });
  const loud = ["--logs-level=trace", "--verbose"];
  const runs = [
    await world.run(["auth", "login", ...loud]),
    await world.run(["auth", "login", "--force", "--output=json", ...loud]),
    await world.run([...ENV, ...loud]),
    await world.run(["auth", "exec", ...loud, "--", "env"]),
  ];
  world.aws.logins.revoke();
  runs.push(await world.run(["auth", "login", "--force", ...loud], NOBODY));
  runs.push(await world.run(["auth", "login", "--force", ...loud]));
  deepEqual(runs.map(({ status }) => status), [0, 0, 0, 0, 4, 0]);
  const secret = /standin-(?:access-token|refresh-token|client-secret|device-code)|standin\/secret|standin\/\/session/;
  const own = /\/atmos\/(?:test\/aws\/sso\/credentials|aws-sso\/sessions\/[0-9a-f]{40}\.json)$/;
  for (const { stdout, stderr } of runs) equal(secret.exec(stdout + stderr), null);
  for (const path of world.home.files()) {
    equal(secret.test(world.home.read(path)!), own.test(path), path);
  }
});
