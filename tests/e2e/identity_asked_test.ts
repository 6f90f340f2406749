import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { allCommands } from "../../src/cli/registry.ts";
import { runAtmos, type RunOutcome } from "../support/atmos/run_atmos.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

/** The rest of a command line in which only the identity is open, for every command that uses one by itself. */
const BY_ITSELF: Readonly<Record<string, readonly string[]>> = {
  "auth configure-aws": [],
  "auth credential-process": [],
  "auth doctor": [],
  "auth env": ["--login"],
  "auth exec": ["--", "echo", "ran"],
  "auth login": [],
  "auth shell": ["--shell", "/bin/sh", "--", "-c", "echo ran"],
  "auth user configure": ["--access-key-id", "AKIAIOSFODNN7EXAMPL2"],
  "auth console": ["--print-url"],
  "auth whoami": [],
  "aws ecr configure": [],
  "aws ecr login": [],
  "aws ecr logout": [],
  "aws eks doctor": ["--name", "dev-cluster", "--region", "us-east-2"],
  "aws eks list": ["--region", "us-east-2"],
  "aws eks token": ["--cluster-name", "dev-cluster", "--region", "us-east-2"],
  "aws eks update-kubeconfig": ["eks", "-s", "ue2-dev"],
  "docker-credential": ["get"],
};

/** And for those that use one only when it is named. */
const WHERE_NAMED: typeof BY_ITSELF = {
  ...BY_ITSELF,
  "auth logout": [],
  "auth status": [],
  "aws eks prune": ["--yes"],
};

/** They are about no identity, about all of them, or, as `auth use`, only about one that is an argument. */
const NONE = [
  ...["auth init", "auth list", "auth trust", "auth use", "auth validate", "complete", "completion"],
  "describe component",
  ...["list components", "list stacks", "version"],
];

Deno.test("which identity: every command of the registry is in these tables", async () => {
  const names = (await allCommands()).map(({ name }) => name);
  deepEqual([...Object.keys(WHERE_NAMED), ...NONE].sort(), names.toSorted());
});

const VIA = 'via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}';
const ROLE = "arn:aws:iam::123456789012:role/deployer";
const TYPO = `kind: aws/permission-set, ${VIA.replace("name:", "nmae:")}`;
const TYPO_FOUND = /principal\.name: missing/;
const BROKEN: Readonly<Record<string, readonly [fields: string, found: RegExp]>> = {
  "a typo in a field": [TYPO, TYPO_FOUND],
  "a kind that is none": [`kind: aws/permision-set, ${VIA}`, /kind: found "?aws\/permision-set/],
  "a kind of the Go atmos": ["kind: azure/subscription, via: {provider: azure}", /not supported by this build/],
  "a parent that is broken": [
    `kind: aws/assume-role, via: {identity: parent}, principal: {assume_role: "${ROLE}"}`,
    /identities\.parent\.principal\.name: missing/,
  ],
};

/** A function stands by itself. */
function entry(fields: string): string {
  return fields.startsWith("!") ? fields : `{${fields}}`;
}

function config(identities: Readonly<Record<string, string>>): string {
  const lines = Object.entries(identities).map(([name, fields]) => `    ${name}: ${entry(fields)}\n`).join("");
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
${lines}  integrations:
    of-dev: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "210987654321", region: us-east-2}}}
    eks-of-dev: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{environment}-{stage}"}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-cluster"}}
`;
}

async function worldOf(identities: Readonly<Record<string, string>>): Promise<LoginWorld> {
  const world = await loginWorld({ config: config(identities), clusters: [cluster("dev-cluster")] });
  const { accessKeyId, secretAccessKey } = USER_KEY;
  world.home.write(
    ".aws/credentials",
    `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  world.home.write(
    "repo/stacks/deploy/dev.yaml",
    "vars: {environment: ue2, stage: dev, region: us-east-2}\n" +
      "components: {terraform: {eks: {vars: {enabled: true}}}}\n",
  );
  return world;
}

/** With keys in ~/.aws that every call to AWS could be made with. */
function run(world: LoginWorld, args: readonly string[], more: Record<string, string> = {}): Promise<RunOutcome> {
  const env = world.env({ ...NOBODY, AWS_REGION: "us-east-2", ...more });
  return runAtmos(args, { env, cwd: world.home.at("repo"), stdin: HOST, isMeasured: false });
}

const DEV = "kind: aws/ambient";
const PLACE = /\S+\/atmos\.yaml:\d+:\d+: /;

interface Asked {
  readonly identities: Readonly<Record<string, string>>;
  readonly commands?: typeof BY_ITSELF;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly found: RegExp;
}

/**
 * Docker's own protocol knows 0 and 1, and what is wrong on stdout; a doctor's report is its result; to all others stdout
 * is for results.
 */
function refused(name: string, outcome: RunOutcome): RunOutcome {
  const { status, stdout, stderr } = outcome;
  if (/ doctor$/.test(name)) {
    deepEqual([status, stderr], [3, ""], `${name}\n${stdout}`);
    return { ...outcome, stderr: stdout };
  }
  const isDocker = name === "docker-credential";
  const wanted = isDocker ? [1, stderr.replace("docker-credential-atmos: ", "")] : [3, ""];
  deepEqual([status, stdout], wanted, `${name}\n${stdout}${stderr}`);
  return outcome;
}

/** Each command ends with 3 and says why, without a word to AWS or to a program. */
async function refuses({ identities, commands = BY_ITSELF, args = [], env = {}, found }: Asked): Promise<void> {
  await using world = await worldOf(identities);
  const before = world.home.files().toSorted();
  await Promise.all(
    Object.entries(commands).map(async ([name, rest]) => {
      const line = [...name.split(" "), ...args, ...rest];
      const { stderr } = refused(name, await run(world, line, env));
      match(stderr, found, line.join(" "));
    }),
  );
  deepEqual(world.aws.calls.map(({ action }) => action), []);
  deepEqual(world.home.files().toSorted(), before);
}

/** `auth user configure` chooses among those that have keys. */
const { "auth user configure": _, ...OF_ANY_KIND } = BY_ITSELF;
const place = (found: RegExp) =>
  new RegExp(`^(?:Error|docker-credential-atmos|failure \\w+): (?:.*: )?${PLACE.source}(?:.*)${found.source}`, "m");

for (const [what, [fields, found]] of Object.entries(BROKEN)) {
  Deno.test(`the default identity with ${what}: no command takes another one, or the keys of ~/.aws`, async () => {
    const identities = { prod: `default: true, ${fields}`, dev: DEV, parent: TYPO };
    await refuses({ identities, commands: OF_ANY_KIND, found: place(found) });
  });
}

Deno.test("the only identity, broken: every command says so, and none that there is none", async () => {
  await refuses({ identities: { prod: TYPO }, commands: OF_ANY_KIND, found: place(TYPO_FOUND) });
});

Deno.test("a broken identity that is named, by a flag, a variable or an argument: no command takes the default", async () => {
  const identities = { prod: TYPO, dev: `default: true, ${DEV}` };
  const about = { identities, found: place(TYPO_FOUND), commands: WHERE_NAMED };
  // Neither does it take the environment's keys.
  const keys = keyEnv(USER_KEY);
  await refuses({ ...about, args: ["--identity=prod"], env: keys });
  await refuses({ ...about, env: { ...keys, ATMOS_IDENTITY: "prod" } });
  const named = (await allCommands()).filter(({ args }) => args?.complete?.some((one) => /identity$/.test(one)));
  ok(named.length > 6);
  await refuses({
    ...about,
    commands: Object.fromEntries(named.map(({ name }) => [name, ["prod", ...WHERE_NAMED[name] ?? []]])),
  });
});

Deno.test("an identity that a function should have given, or its default: it may be the one", async () => {
  const about = { commands: OF_ANY_KIND, found: place(/!include: Cannot read configuration/) };
  await refuses({ ...about, identities: { prod: "!include gone.yaml", dev: DEV } });
  await refuses({ ...about, identities: { prod: `${DEV}, default: !include gone.yaml`, dev: DEV } });
});

Deno.test("the default identity, broken, where keys are in the environment: these are meant, and a line says so", async () => {
  await using world = await worldOf({ prod: `default: true, ${TYPO}`, dev: DEV });
  for (const name of ["aws eks token", "aws eks update-kubeconfig", "docker-credential"]) {
    const { status, stderr } = await run(world, [...name.split(" "), ...BY_ITSELF[name]!], keyEnv(USER_KEY));
    equal(status, 0, stderr);
    equal(/^Using access key AKIA\w+ \(AWS_ACCESS_KEY_ID\), not an identity/m.test(stderr), /update/.test(name));
  }
});

const ELSEWHERE = { ATMOS_IDENTITY: "dev", ATMOS_IDENTITY_CONFIG: "/elsewhere" };
const OF_ELSEWHERE = /Cannot use identity "dev": ATMOS_IDENTITY was set for the configuration at \/elsewhere, not for/;

Deno.test("ATMOS_IDENTITY of another configuration: no command takes the identity of that name", async () => {
  const identities = { prod: `default: true, ${DEV}`, dev: "kind: aws/user, credentials: {region: us-east-2}" };
  // Neither does it take the environment's keys.
  const env = { ...keyEnv(USER_KEY), ...ELSEWHERE };
  await refuses({ identities, commands: WHERE_NAMED, env, found: OF_ELSEWHERE });
});

Deno.test("ATMOS_IDENTITY of another configuration: a flag names one of this configuration", async () => {
  await using world = await worldOf({ prod: DEV, dev: DEV });
  const keys = keyEnv(USER_KEY);
  await Promise.all(
    Object.entries(OF_ANY_KIND).map(async ([name, rest]) => {
      const { stdout, stderr } = await run(world, [...name.split(" "), "--identity=dev", ...rest], {
        ...keys,
        ...ELSEWHERE,
      });
      doesNotMatch(stdout + stderr, OF_ELSEWHERE, name);
    }),
  );
});

const MISSPELLED = /identities\.prod\.\w+: unknown key; did you mean "default"\?/;

Deno.test("a default that is misspelled: no command takes another identity, or the keys of ~/.aws", async () => {
  const about = { commands: OF_ANY_KIND, found: place(MISSPELLED) };
  await refuses({ ...about, identities: { prod: `defualt: true, ${DEV}`, dev: DEV } });
  await refuses({ ...about, identities: { prod: `Default: true, ${DEV}`, dev: `default: true, ${DEV}` } });
});

Deno.test("two defaults, one of them broken: neither is taken", async () => {
  const identities = { prod: `default: true, ${TYPO}`, dev: `default: true, ${DEV}` };
  await refuses({ identities, commands: OF_ANY_KIND, found: /several identities are the default.*(?:\n.*)?dev, prod/ });
});

Deno.test("auth user configure: a user that is broken, or may be one, is not left out", async () => {
  const commands = { "auth user configure": BY_ITSELF["auth user configure"]! };
  const dev = "kind: aws/user, credentials: {region: us-east-2}";
  const users: readonly (readonly [string, RegExp])[] = [
    ["kind: aws/user, region: 7", /region/],
    ["kind: aws/usr", /kind/],
  ];
  for (const [fields, found] of users) {
    await refuses({ identities: { prod: `default: true, ${fields}`, dev }, commands, found: place(found) });
  }
});

Deno.test("identities that are no mapping: no command says that there are none, or takes the keys of ~/.aws", async () => {
  await using world = await worldOf({});
  world.home.write("repo/atmos.yaml", config({}).replace(/identities:\n/, "identities: [dev]\n"));
  for (const [name, rest] of Object.entries(BY_ITSELF)) {
    const { stderr } = refused(name, await run(world, [...name.split(" "), ...rest]));
    match(stderr, place(/auth\.identities: found a list/), name);
  }
  equal(world.aws.calls.length, 0);
});

const SOUND = { prod: `default: true, kind: aws/permission-set, ${VIA}`, dev: DEV };

Deno.test("--identity=false: a token of the environment's credentials, however it is spelled", async () => {
  await using world = await worldOf(SOUND);
  const token = ["aws", "eks", "token", ...BY_ITSELF["aws eks token"]!];
  for (const word of ["false", "FALSE", "0", "no", "off"]) {
    for (
      const [args, env] of [[[`--identity=${word}`], {}], [["-i", word], {}], [[], { ATMOS_IDENTITY: word }]] as const
    ) {
      const { status, stdout, stderr } = await run(world, [...token, ...args], env);
      equal(status, 0, stderr);
      equal(keyOfToken(stdout), USER_KEY.accessKeyId);
    }
  }
  const named = await run(world, [...token, "-i", "prod"], { ATMOS_IDENTITY: "false" });
  equal(named.status, 4, named.stderr);
});

Deno.test("--identity=false: clusters and registries with the environment's credentials, and no login", async () => {
  const lines: readonly (readonly string[])[] = [
    ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster"],
    ["aws", "eks", "update-kubeconfig", "eks", "-s", "ue2-dev"],
    ["aws", "eks", "update-kubeconfig", "eks-of-dev"],
    ["aws", "eks", "update-kubeconfig", "--all"],
    ["aws", "eks", "prune", "--yes"],
    ["aws", "ecr", "login", "of-dev"],
    ["aws", "ecr", "login", "--registry", HOST],
    ["docker-credential", "get"],
  ];
  for (const broken of [false, true]) {
    const identities = broken ? { ...SOUND, dev: "kind: aws/ambiant" } : SOUND;
    await using world = await worldOf(identities);
    for (const env of [{}, { ATMOS_IDENTITY: "Off" }]) {
      for (const line of lines) {
        const args = "ATMOS_IDENTITY" in env ? line : [...line, "--identity=false"];
        const { status, stderr } = await run(world, args, env);
        equal(status, 0, `${args.join(" ")}\n${stderr}`);
      }
    }
    const actions = new Set(world.aws.calls.map(({ action, principal }) => `${action} ${principal}`));
    const ours = ["DescribeCluster", "GetAuthorizationToken"];
    deepEqual([...actions].sort(), ours.map((action) => `${action} ${USER_KEY.principal}`));
  }
});

Deno.test("--identity=false: an integration's entry names no identity, in the file, the record and the report", async () => {
  await using world = await worldOf(SOUND);
  const update = ["aws", "eks", "update-kubeconfig", "eks-of-dev", "--exec-command", "atmos", "--output", "json"];
  const { status, stdout, stderr } = await run(world, [...update, "--identity=false"]);
  equal(status, 0, stderr);
  const { integration, identity } = JSON.parse(stdout);
  deepEqual([integration, identity], ["eks-of-dev", null]);
  match(world.home.read(".config/atmos/kube/config")!, /--no-identity/);
  const recorded = world.home.files().filter((path) =>
    path.includes("state") && world.home.read(path)!.includes("eks-of-dev")
  );
  deepEqual(recorded, []);
});

Deno.test("--identity=false: docker's program for a registry says so each time", async () => {
  await using world = await worldOf(SOUND);
  const configure = ["aws", "ecr", "configure", "of-dev", "--identity=false", "--bin-dir", world.home.at("bin")];
  const { status, stderr } = await run(world, configure);
  equal(status, 0, stderr);
  const [program] = world.home.files().filter((path) => path.startsWith("bin/docker-credential-"));
  match(world.home.read(program!)!, /--identity[= ]false/);
});

Deno.test("--identity=false: what is about an identity only says so", async () => {
  await using world = await worldOf(SOUND);
  const about = Object.keys(BY_ITSELF).filter((name) => /^auth |^aws ecr /.test(name) && !/ doctor$/.test(name));
  for (const name of about) {
    const line = [...name.split(" "), "--identity=false", ...BY_ITSELF[name]!];
    const { status, stdout, stderr } = await run(world, line);
    deepEqual([status, stdout], [2, ""], `${name}\n${stderr}`);
    match(stderr, /Cannot use --identity=false: this needs an identity of atmos\.yaml/, name);
  }
  const byVariable = await run(world, ["auth", "status"], { ATMOS_IDENTITY: "no" });
  equal(byVariable.status, 2);
  match(byVariable.stderr, /Cannot use ATMOS_IDENTITY=no: .*\nHint: Specify one: --identity NAME/);
  equal(world.aws.calls.length, 0);
});

Deno.test("prune: an entry of a broken identity stays, and its cluster is not looked up with other credentials", async () => {
  await using world = await worldOf({ prod: DEV, dev: DEV });
  // It would be asked as dev.
  const without = (text: string) => text.replace(/^ +eks-of-dev:.*\n/m, "");
  const named = ["--name", "dev-cluster", "--exec-command", "atmos", "-i", "prod"];
  equal((await run(world, ["aws", "eks", "update-kubeconfig", ...named])).status, 0);
  const calls = world.aws.calls.length;
  world.home.write("repo/atmos.yaml", without(config({ prod: "kind: aws/ambiant", dev: DEV })));
  const { status, stderr } = await run(world, ["aws", "eks", "prune", "--yes"]);
  equal(status, 0, stderr);
  match(stderr, /^Kept: arn:\S+\/dev-cluster: .*Cannot use identity "prod": .*kind: found "aws\/ambiant"/m);
  equal(world.aws.calls.length, calls);
});

const NOTHING_THERE: Readonly<Record<string, readonly string[]>> = {
  "no identity is named": [],
  "one is named": ["-i", "dev"],
};

for (const [name, more] of Object.entries(NOTHING_THERE)) {
  Deno.test(`no atmos.yaml, no credentials, ${name}: every command says how to set them up`, async () => {
    await using aws = await startStandin({});
    using home = tempHome();
    const env = home.env({ AWS_ENDPOINT_URL: aws.url, AWS_EC2_METADATA_DISABLED: "true", PATH: "/usr/bin:/bin" });
    // Of stacks it is said that there are none.
    const commands = { ...BY_ITSELF, "aws eks update-kubeconfig": ["--name", "dev-cluster", "--region", "us-east-2"] };
    for (const [command, args] of Object.entries(commands)) {
      const split = args.indexOf("--");
      const at = split < 0 ? args.length : split;
      const words = [...command.split(" "), ...args.slice(0, at), ...more, ...args.slice(at)];
      const { status, stdout, stderr } = await runAtmos(words, { env, cwd: home.path, stdin: HOST, isMeasured: false });
      ok(status !== 0 && /atmos auth init/.test(stdout + stderr), `${words.join(" ")}: ${status}\n${stdout}${stderr}`);
    }
    // A doctor compares the clock with AWS's, which takes no credentials.
    deepEqual(aws.calls.filter(({ principal }) => principal !== "anonymous"), []);
  });
}
