import { recordVariables } from "../../src/auth/environment/recorded_variables.ts";
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { runAtmos, spawnAtmos } from "../support/atmos/run_atmos.ts";
import { keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CONFIG, CREDENTIALS, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { multiCluster } from "../support/config/multi_cluster.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const EXEC = ["auth", "exec", "--"];
const sh = (script: string) => [...EXEC, "sh", "-c", script];

/** Of a parent that was somebody else in every way. */
const FOREIGN = {
  ...keyEnv({ ...USER_KEY, sessionToken: "stale" }),
  AWS_PROFILE: "other",
  AWS_DEFAULT_PROFILE: "other",
  AWS_ROLE_ARN: "arn:aws:iam::1:role/x",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/x",
  AWS_CONFIG_FILE: "/x",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/x",
  AWS_SECURITY_TOKEN: "x",
  AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z",
  AWS_PAGER: "",
  EMPTY: "",
};

Deno.test("auth exec: logs in first; the child has our AWS variables and nobody else's", async () => {
  await using world = await loginWorld();
  const { status, stdout, stderr } = await world.run(sh("env | grep -E '^(AWS_|ATMOS_|TEAM|EMPTY)' | sort"), FOREIGN);
  equal(status, 0, stderr);
  match(stderr, /Waiting for you to approve it/);
  const end = /expiration=(\S+)/.exec(world.home.read(CREDENTIALS)!)![1];
  const { fingerprint } = /^ATMOS_IDENTITY_FINGERPRINT=(?<fingerprint>[0-9a-f]{16}):Dev$/m.exec(stdout)!.groups!;
  deepEqual(stdout.trimEnd().split("\n"), [
    "ATMOS_FORCE_TTY=1",
    "ATMOS_IDENTITY=Dev",
    `ATMOS_IDENTITY_CONFIG=${Deno.realPathSync(world.home.at("repo"))}`,
    `ATMOS_IDENTITY_ENV=${recordVariables({ TEAM: "core" })}`,
    `ATMOS_IDENTITY_FINGERPRINT=${fingerprint}:Dev`,
    "ATMOS_TRUST=1",
    `AWS_CONFIG_FILE=${world.home.at(CREDENTIALS).replace("credentials", "config")}`,
    `AWS_CREDENTIAL_EXPIRATION=${end}`,
    "AWS_DEFAULT_REGION=us-east-2",
    "AWS_EC2_METADATA_DISABLED=true",
    `AWS_ENDPOINT_URL=${world.aws.url}`,
    "AWS_PAGER=",
    "AWS_PROFILE=dev",
    "AWS_REGION=us-east-2",
    "AWS_SDK_LOAD_CONFIG=1",
    `AWS_SHARED_CREDENTIALS_FILE=${world.home.at(CREDENTIALS)}`,
    "EMPTY=",
    "TEAM=core",
  ]);
});

Deno.test("auth exec: aws/ambient keeps the environment's own credentials", async () => {
  await using world = await loginWorld();
  const args = ["auth", "exec", "-i", "runner", "--", "sh", "-c", "echo $AWS_ACCESS_KEY_ID $ATMOS_IDENTITY"];
  const { status, stdout } = await world.run(args, { ...keyEnv(USER_KEY), ...NOBODY });
  deepEqual({ status, stdout }, { status: 0, stdout: `${USER_KEY.accessKeyId} runner\n` });
});

Deno.test("auth exec: the child's exit status is ours; 127 and 126 in one line", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const calls = world.aws.calls.length;
  const statuses: number[] = [];
  for (const script of ["exit 0", "exit 3", "exit 127", "kill -TERM $$", "kill -KILL $$"]) {
    const { status, stderr } = await world.run(sh(script), NOBODY);
    statuses.push(status);
    equal(stderr, "", script);
  }
  deepEqual(statuses, [0, 3, 127, 143, 137]);
  const missing = await world.run([...EXEC, "no-such-program"], NOBODY);
  const found = 'Error: Cannot run "no-such-program": there is no such program on PATH\n';
  deepEqual(missing, { status: 127, stdout: "", stderr: found });
  world.home.write("repo/plain", "x", 0o644);
  const plain = await world.run([...EXEC, "./plain"], NOBODY);
  deepEqual(plain, { status: 126, stdout: "", stderr: 'Error: Cannot run "./plain": it is not an executable file\n' });
  equal((await world.run([...EXEC, "./none"], NOBODY)).stderr, 'Error: Cannot run "./none": there is no such file\n');
  equal(world.aws.calls.length, calls);
});

Deno.test("auth exec: without a command: usage; without a person: login-needed, and the command is not run", async () => {
  await using world = await loginWorld();
  const none = await world.run(["auth", "exec"]);
  equal(none.status, 2);
  match(none.stderr, /^Error: Cannot run a command: none is given\nHint: .*atmos auth exec -- kubectl get pods\n$/);
  const { status, stdout, stderr } = await world.run(sh("echo ran"), NOBODY);
  deepEqual({ status, stdout }, { status: 4, stdout: "" });
  match(stderr, /\nHint: Log in at a terminal: atmos auth login Dev\n$/);
  equal(world.aws.calls.length, 0);
});

Deno.test("auth exec: credentials that last for some minutes more are used where no user can renew them, with a warning", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const soon = new Date(Date.now() + 600_000).toISOString();
  world.home.write(CREDENTIALS, world.home.read(CREDENTIALS)!.replace(/(?<=expiration=)\S+/, soon));
  Deno.removeSync(world.home.at(".cache"), { recursive: true });
  const calls = world.aws.calls.length;
  const lines: readonly (readonly string[])[] = [
    sh("exit 5"),
    ["auth", "shell", "--shell", "/bin/sh", "--", "-c", "exit 5"],
    ["auth", "env", "--login"],
  ];
  for (const line of lines) {
    const { status, stderr } = await world.run(line, NOBODY);
    equal(status, line.includes("env") ? 0 : 5, stderr);
    match(
      stderr,
      /^Warning: Using the stored credentials of identity "Dev", which expire in [89]m, .*: Cannot use the SSO session of .*\nHint: .*atmos auth login Dev$/m,
    );
  }
  equal(world.aws.calls.length, calls);
});

Deno.test("auth exec: standard input and output are the child's", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const child = spawnAtmos([...EXEC, "cat"], { env: world.env(NOBODY), cwd: world.home.at("repo") });
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("through\n"));
  await writer.close();
  const { stdout, code } = await child.output();
  deepEqual([new TextDecoder().decode(stdout), code], ["through\n", 0]);
});

Deno.test("auth exec: SIGTERM is handed on, and so is SIGINT where no terminal does it", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  for (const [signal, name] of [["SIGTERM", "TERM"], ["SIGINT", "INT"], ["SIGHUP", "HUP"]] as const) {
    const script = `trap 'echo got ${name}; exit 9' ${name}; echo ready; while :; do sleep 0.05; done`;
    const child = spawnAtmos(sh(script), { env: world.env(NOBODY), cwd: world.home.at("repo") });
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let shown = "";
    while (!shown.includes("ready")) shown += (await reader.read()).value;
    child.kill(signal);
    for (let next = await reader.read(); !next.done; next = await reader.read()) shown += next.value;
    equal(shown, `ready\ngot ${name}\n`);
    equal((await child.status).code, 9);
    await Promise.all([child.stderr.cancel(), child.stdin.close()]);
  }
});

Deno.test("auth exec: Ctrl-C reaches the child once, and we wait for it", async () => {
  if (!hasProgram("script", "auth exec: Ctrl-C")) return;
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const script = "n=0; trap 'n=$((n+1))' INT; echo ready; i=0; " +
    "while [ $i -lt 20 ]; do sleep 0.05; i=$((i+1)); done; echo interrupted $n; exit 6";
  const run = { args: sh(script), question: "ready", answer: "\x03", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, env: world.env(NOBODY) });
  match(shown, /interrupted 1\r\n/);
  equal(status, 6);
});

Deno.test("auth exec: where nothing can be kept, the child gets the keys themselves, with a warning", async () => {
  await using world = await loginWorld();
  const config = world.home.at("repo/atmos.yaml");
  const script = "echo $AWS_ACCESS_KEY_ID ${AWS_SESSION_TOKEN:+token} ${AWS_PROFILE:-none}";
  const homeless = await world.run([...sh(script), "x"], { HOME: "", ATMOS_CONFIG: config });
  equal(homeless.status, 0, homeless.stderr);
  match(homeless.stdout, /^ASIASTANDIN\S+ token none\n$/);
  match(
    homeless.stderr,
    /Warning: Cannot store the credentials of identity "Dev": HOME is not set\nHint: Set HOME or /,
  );
  const file = world.home.write("file", "in the way");
  const blocked = await world.run(sh(script), { ATMOS_XDG_CONFIG_HOME: file, ATMOS_XDG_CACHE_HOME: file });
  equal(blocked.status, 0, blocked.stderr);
  match(blocked.stdout, /^ASIASTANDIN\S+ token none\n$/);
  match(blocked.stderr, /Warning: Cannot write credentials "\S+\/file\/atmos\S+": /);
});

Deno.test("auth exec: GitHub's token is asked for with the audience; elsewhere it is in a file", async () => {
  await using world = await loginWorld();
  const asked: string[] = [];
  const github = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    asked.push(`${new URL(request.url).search} ${request.headers.get("authorization")}`);
    return Response.json({ value: "github.jwt.token" });
  });
  const login = ["auth", "login", "ci"];
  const job = {
    ...NOBODY,
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${github.addr.port}/token?api=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
  };
  const first = await world.run(login, job);
  equal(first.status, 0, first.stderr);
  deepEqual(asked, ["?api=2&audience=sts.amazonaws.com Bearer bearer"]);
  equal(world.aws.calls.at(-1)!.action, "AssumeRoleWithWebIdentity");
  equal(world.aws.calls.at(-1)!.parameters["WebIdentityToken"], "github.jwt.token");
  await github.shutdown();
  const file = world.home.write("token", "file.jwt.token\n");
  const second = await world.run([...login, "--force"], { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: file });
  equal(second.status, 0, second.stderr);
  equal(world.aws.calls.at(-1)!.parameters["WebIdentityToken"], "file.jwt.token");
  const gone = await world.run([...login, "--force"], job);
  equal(gone.status, 7);
  ok(/Cannot get the CI job's OIDC token: 127\.0\.0\.1:\d+: /.test(gone.stderr), gone.stderr);
});

Deno.test("auth exec, auth shell: the program gets nothing that atmos logs in with", async () => {
  await using world = await loginWorld();
  const secrets = {
    ATMOS_KEYRING_PASSWORD: "OURS-1",
    ATMOS_KEYRING_PASSWORD_ENV: "MY_KEYRING",
    MY_KEYRING: "OURS-2",
    ATMOS_SAML_PASSWORD: "OURS-3",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "OURS-4",
  };
  for (const args of [["exec", "--", "env"], ["shell", "--shell", "/bin/sh", "--", "-c", "env"]]) {
    const { status, stdout, stderr } = await world.run(["auth", ...args], {
      ...secrets,
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://job.example",
      MINE: "stays",
    });
    equal(status, 0, stderr);
    match(stdout, /^MINE=stays$/m);
    match(stdout, /^ACTIONS_ID_TOKEN_REQUEST_URL=https:\/\/job\.example$/m);
    doesNotMatch(stdout, /OURS-/);
  }
});

Deno.test("auth exec: what its identity's env names, the program gets", async () => {
  const token = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  const config = CONFIG.replace("{key: TEAM, value: core}", `{key: ${token}, value: !env ${token}}`);
  await using world = await loginWorld({ config });
  const { status, stdout, stderr } = await world.run(["auth", "exec", "--", "env"], {
    [token]: "handed-on",
    ATMOS_SAML_PASSWORD: "OURS",
  });
  equal(status, 0, stderr);
  match(stdout, /^ACTIONS_ID_TOKEN_REQUEST_TOKEN=handed-on$/m);
  doesNotMatch(stdout, /OURS/);
});

Deno.test("auth exec: without HOME the program gets the login all the same, and what could not be made ready is a warning", async () => {
  await using world = await multiCluster();
  const { HOME: _, ...env } = world.env();
  const args = ["auth", "exec", "--", "sh", "-c", 'echo "${AWS_SESSION_TOKEN:+in memory}$KUBECONFIG"'];
  const { status, stdout, stderr } = await runAtmos(args, { env, cwd: world.home.at("repo") });
  deepEqual([status, stdout], [0, "in memory\n"]);
  match(stderr, /\nWarning: dev\/eks: Cannot determine the kubeconfig's place: HOME is not set\nHint: /);
});

/** Of the whole configuration: nothing of it is the child's identity, and nothing trusts by itself. */
const GLOBAL = `env:
  AWS_REGION: eu-west-3
  EDITION: "1"
  HOME_OF: !env HOME
  AWS_PROFILE: other
  AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE
  ATMOS_TRUST: "1"
  nothing:
${CONFIG}`;

Deno.test("auth exec and shell: the top-level env goes to the child, but nothing that would be another identity", async () => {
  await using world = await loginWorld({ config: GLOBAL });
  equal((await world.run(["auth", "login"])).status, 0);
  const script = "env | grep -E '^(AWS_REGION|AWS_PROFILE|AWS_ACCESS|EDITION|HOME_OF|ATMOS_TRUST|nothing)' | sort";
  const runs = [sh(script), ["auth", "shell", "--shell", "/bin/sh", "--", "-c", script]];
  for (const words of runs) {
    const { status, stdout, stderr } = await world.run(words, { ...NOBODY, EDITION: "0" });
    equal(status, 0, stderr);
    deepEqual(stdout.trimEnd().split("\n"), [
      "ATMOS_TRUST=1",
      "AWS_PROFILE=dev",
      "AWS_REGION=us-east-2",
      "EDITION=1",
      `HOME_OF=${world.home.path}`,
    ]);
  }
});

Deno.test("auth exec: the top-level env of a tree needs trust, but for a region; other commands need none for it", async () => {
  const quiet = CONFIG.replace("  realm: test\n", "").replace("      env: [{key: TEAM, value: core}]\n", "");
  await using world = await loginWorld({ config: `env: {EDITION: "1", AWS_REGION: us-east-2}\n${quiet}` });
  const none = { ATMOS_TRUST: "0" };
  equal((await world.run(["auth", "login"], none)).status, 0);
  const refused = await world.run(sh("echo ran"), { ...NOBODY, ...none });
  deepEqual([refused.status, refused.stdout], [3, ""]);
  match(refused.stderr, /atmos\.yaml:1:16: Cannot use env\.EDITION "1": it sets a variable for programs and shells/);
  world.home.write("repo/atmos.yaml", `env: {AWS_REGION: us-east-2}\n${quiet}`);
  equal((await world.run(sh("echo ran"), { ...NOBODY, ...none })).stdout, "ran\n");
});

Deno.test("auth exec: nor does the top-level env make an ambient identity another one", async () => {
  const ambient = "  identities:\n    any: {kind: ambient}\n    aws: {kind: aws/ambient}\n";
  await using world = await loginWorld({ config: `${GLOBAL.replace(CONFIG, "")}auth:\n${ambient}` });
  const script = "env | grep -E '^(AWS_PROFILE|AWS_ACCESS_KEY_ID|EDITION)=' | sort";
  for (const identity of ["any", "aws"]) {
    const words = ["auth", "exec", "-i", identity, "--", "sh", "-c", script];
    const { status, stdout, stderr } = await world.run(words, { ...NOBODY, ...keyEnv(SESSION_KEY) });
    equal(status, 0, stderr);
    equal(stdout, `AWS_ACCESS_KEY_ID=${SESSION_KEY.accessKeyId}\nEDITION=1\n`);
  }
});

const AMBIENT = `auth:
  identities:
    any: {kind: ambient, principal: {region: eu-west-3}, env: [{key: CLOUDSDK_CORE_PROJECT, value: shop}]}
    aws: {kind: aws/ambient, principal: {region: eu-west-3}}
`;

Deno.test("kind ambient is for any cloud: exec, shell and env need nothing of AWS, which aws/ambient does", async () => {
  await using world = await loginWorld({ config: AMBIENT });
  const script = "echo $AWS_REGION $AWS_DEFAULT_REGION $CLOUDSDK_CORE_PROJECT $ATMOS_IDENTITY $GOOGLE_CREDENTIALS";
  const env = { ...NOBODY, GOOGLE_CREDENTIALS: "x.json" };
  const runs = (identity: string) => [
    ["auth", "exec", "-i", identity, "--", "sh", "-c", script],
    ["auth", "shell", "-i", identity, "--shell", "/bin/sh", "--", "-c", script],
    ["auth", "env", "-i", identity, "--format", "json"],
    ["auth", "env", "-i", identity, "--login", "--format", "json"],
  ];
  for (const words of runs("any")) {
    const { status, stdout, stderr } = await world.run(words, env);
    equal(status, 0, stderr);
    if (words[1] === "env") {
      const { ATMOS_IDENTITY_ENV: recorded, ATMOS_IDENTITY_FINGERPRINT: fingerprint, ...set } = JSON.parse(stdout);
      match(recorded, /^AWS_DEFAULT_REGION=\w+,AWS_REGION=\w+,CLOUDSDK_CORE_PROJECT=\w+$/);
      match(fingerprint, /^[0-9a-f]{16}:any$/);
      const region = { AWS_DEFAULT_REGION: "eu-west-3", AWS_REGION: "eu-west-3" };
      const location = Deno.realPathSync(world.home.at("repo"));
      const own = { ATMOS_IDENTITY: "any", ATMOS_IDENTITY_CONFIG: location };
      deepEqual(set, { ...region, ...own, CLOUDSDK_CORE_PROJECT: "shop" });
    } else equal(stdout, "eu-west-3 eu-west-3 shop any x.json\n");
  }
  for (const words of runs("aws")) {
    const { status, stderr } = await world.run(words, env);
    equal(status, 4, stderr);
    match(stderr, /^Error: Cannot find AWS credentials: /m);
  }
  const known = await world.run(runs("aws")[0]!, { ...env, ...keyEnv(USER_KEY), AWS_REGION: "us-east-2" });
  equal(known.stdout, "eu-west-3 eu-west-3 aws x.json\n");
  equal(world.aws.calls.length, 0);
});
