import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { ACCOUNT, keyEnv, type StandinKey } from "../support/standin/keys.ts";

const HOST = `${ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`;
const ROLES = { dev: "Admin", ops: "Ops", reader: "Reader" } as const;
const [FLAG, KEYS, TEAM, HOME, REST] = ["flag", "keys", "team", "home", "rest"].map((name): StandinKey => ({
  accessKeyId: `AKIAIOSFODNN7${name.toUpperCase().padEnd(7, "X")}`,
  secretAccessKey: `secret-of-${name}`,
  principal: `arn:aws:iam::${ACCOUNT}:user/${name}`,
})) as [StandinKey, StandinKey, StandinKey, StandinKey, StandinKey];

/** What may say whose credentials are meant, the strongest first, with what it makes of a call: user or permission set. */
const SOURCES = {
  "--profile": "flag",
  "--identity": "Ops",
  "ATMOS_IDENTITY": "Reader",
  "AWS_ACCESS_KEY_ID": "keys",
  "AWS_PROFILE": "team",
  "AWS_DEFAULT_PROFILE": "home",
  "default": "Admin",
  "AWS CLI": "rest",
} as const;
type Source = keyof typeof SOURCES;

function config(hasDefault: boolean): string {
  const identities = Object.entries(ROLES).map(([name, role]) => {
    const isDefault = hasDefault && name === "dev" ? "default: true, " : "";
    const via = `via: {provider: sso}, principal: {name: ${role}, account: {id: "${ACCOUNT}"}}`;
    return `    ${name}: {kind: aws/permission-set, ${isDefault}${via}}\n`;
  });
  return `auth:
  realm: test
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}
  identities:
${identities.join("")}stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{environment}-{stage}"}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-cluster"}}
`;
}

const ENTRY = `contexts:
- name: gone
  context: {cluster: "arn:aws:eks:us-east-2:${ACCOUNT}:cluster/gone", user: user-gone}
users:
- name: user-gone
  user: {exec: {command: aws, args: [eks, get-token, --cluster-name, gone, --region, us-east-2]}}
`;

/** Logged in as every identity. */
async function orderWorld(): Promise<LoginWorld> {
  const accounts = [{ id: ACCOUNT, name: "dev", email: "dev@example.com", roles: Object.values(ROLES) }];
  const world = await loginWorld({
    config: config(true),
    clusters: [cluster("dev-cluster")],
    keys: [FLAG, KEYS, TEAM, HOME, REST],
    sso: { accounts },
  });
  for (const name of Object.keys(ROLES)) equal((await world.run(["auth", "login", name])).status, 0);
  world.home.write(
    "repo/stacks/deploy/dev.yaml",
    "vars: {environment: ue2, stage: dev, region: us-east-2}\n" +
      "components: {terraform: {eks: {vars: {enabled: true}}}}\n",
  );
  return world;
}

function profileText(name: string, { accessKeyId, secretAccessKey }: StandinKey): string {
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

/** Runs a command on a machine that has these sources, and no others. */
async function run(world: LoginWorld, { args, sources }: { args: readonly string[]; sources: readonly Source[] }) {
  const has = (source: Source) => sources.includes(source);
  const { home } = world;
  home.write("repo/atmos.yaml", config(has("default")));
  home.write(
    ".aws/credentials",
    profileText("flag", FLAG) + profileText("team", TEAM) + profileText("home", HOME) +
      (has("AWS CLI") ? profileText("default", REST) : ""),
  );
  home.write(KUBECONFIG, ENTRY);
  const flags = [...(has("--profile") ? ["--profile=flag"] : []), ...(has("--identity") ? ["--identity=ops"] : [])];
  const env = world.env({
    ...NOBODY,
    ...(has("ATMOS_IDENTITY") ? { ATMOS_IDENTITY: "reader" } : {}),
    ...(has("AWS_ACCESS_KEY_ID") ? keyEnv(KEYS) : {}),
    ...(has("AWS_PROFILE") ? { AWS_PROFILE: "team" } : {}),
    ...(has("AWS_DEFAULT_PROFILE") ? { AWS_DEFAULT_PROFILE: "home" } : {}),
  });
  const from = world.aws.calls.length;
  const outcome = await runAtmos([...args, ...flags], { env, cwd: home.at("repo"), stdin: HOST });
  const calls = world.aws.calls.slice(from).filter(({ action }) => /DescribeCluster|AuthorizationToken/.test(action));
  return { ...outcome, principals: calls.map(({ principal }) => nameOf(principal)) };
}

/** The IAM user or the permission set. */
function nameOf(principal: string): string {
  return /SSO_([A-Za-z]+)/.exec(principal)?.[1] ?? principal.replace(/.*\//, "");
}

/** Whose access key it is. */
function keyOwner({ home }: LoginWorld, key: string): string {
  const own = [FLAG, KEYS, TEAM, HOME, REST].find(({ accessKeyId }) => accessKeyId === key);
  const section = new RegExp(`\\[(\\w+)\\]\\s+aws_access_key_id = ${key}\\b`).exec(home.read(CREDENTIALS)!)?.[1];
  return own === undefined ? ROLES[section as keyof typeof ROLES] : nameOf(own.principal);
}

const NAMED = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2"];

interface Command {
  readonly args: readonly string[];
  /** Without it the command has no flag of that name. */
  readonly hasProfile?: true;
  /** Whether a line says whose credentials are used, where others could be meant: not what kubectl and docker run. */
  readonly says?: true;
  /** Whether it is the token that is signed, instead of a call. */
  readonly isToken?: true;
}

/** Every command that may use AWS credentials which no integration stands for. */
const COMMANDS: Readonly<Record<string, Command>> = {
  "eks token": {
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"],
    hasProfile: true,
    isToken: true,
  },
  "update-kubeconfig --name": { args: NAMED, hasProfile: true, says: true },
  "update-kubeconfig --name --dry-run": { args: [...NAMED, "--dry-run"], hasProfile: true, says: true },
  "update-kubeconfig --name --diff": { args: [...NAMED, "--diff"], hasProfile: true, says: true },
  "update-kubeconfig of a component": {
    args: ["aws", "eks", "update-kubeconfig", "eks", "-s", "ue2-dev"],
    hasProfile: true,
    says: true,
  },
  "ecr login": { args: ["aws", "ecr", "login", "--registry", HOST], hasProfile: true, says: true },
  "docker-credential": { args: ["docker-credential", "get"] },
  "eks prune": { args: ["aws", "eks", "prune", "--yes"] },
};

/** Each source with all that are weaker; for one command, each alone as well. */
function sourceSets({ hasProfile, isToken }: Command): readonly (readonly Source[])[] {
  const all = Object.keys(SOURCES) as Source[];
  const weaker = all.map((first, at) => all.slice(at).filter((one) => first !== "--profile" || one !== "--identity"));
  const alone = isToken ? all.map((one) => [one]) : [];
  return [...weaker, ...alone].filter(([first]) => hasProfile || first !== "--profile");
}

for (const [name, command] of Object.entries(COMMANDS)) {
  Deno.test(`whose credentials: ${name} takes the strongest source`, async () => {
    await using world = await orderWorld();
    const { args, says, isToken } = command;
    for (const sources of sourceSets(command)) {
      const title = `${name} with ${sources.join(", ")}`;
      const { status, stdout, stderr, principals } = await run(world, { args, sources });
      equal(status, 0, `${title}\n${stderr}`);
      const used = isToken ? keyOwner(world, keyOfToken(stdout)) : principals[0];
      equal(used, SOURCES[sources[0]!], `${title}\n${stderr}`);
      deepEqual(principals.slice(1), [], title);
      const lines = stderr.split("\n").filter((line) => line.startsWith("Using "));
      if (says) match(lines.join("\n"), LINES[sources[0]!], title);
      else deepEqual(lines, [], title);
    }
  });
}

const LINES: Readonly<Record<Source, RegExp>> = {
  "--profile": /^Using AWS profile "flag" \(--profile\), not identity "reader" \(ATMOS_IDENTITY\)$/,
  "--identity": /^Using identity "ops" \(--identity\), not identity "reader" \(ATMOS_IDENTITY\)$/,
  "ATMOS_IDENTITY": /^Using identity "reader" \(ATMOS_IDENTITY\), not access key AKIA\w+KEYSXXX \(AWS_ACCESS_KEY_ID\)$/,
  "AWS_ACCESS_KEY_ID": /^Using access key AKIA\w+ \(AWS_ACCESS_KEY_ID\), not AWS profile "team" \(AWS_PROFILE\)$/,
  "AWS_PROFILE": /^Using AWS profile "team" \(AWS_PROFILE\), not AWS profile "home" \(AWS_DEFAULT_PROFILE\)$/,
  "AWS_DEFAULT_PROFILE": /^Using AWS profile "home" \(AWS_DEFAULT_PROFILE\), not an identity of atmos\.yaml$/,
  "default": /^Using identity "dev" \(the default of atmos\.yaml\), not AWS profile "default" \(~\/\.aws\)$/,
  "AWS CLI": /^$/,
};

Deno.test("whose credentials: --identity is a flag also where ATMOS_IDENTITY says the same, as inside a shell of it", async () => {
  await using world = await orderWorld();
  const integrations = `  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "${ACCOUNT}", region: us-east-2}}}
`;
  world.home.write("repo/atmos.yaml", config(true).replace("stacks:", `${integrations}stacks:`));
  const env = { ...NOBODY, ATMOS_IDENTITY: "reader" };
  for (
    const [args, action] of [
      [["aws", "eks", "update-kubeconfig", "dev/eks"], "DescribeCluster"],
      [["aws", "ecr", "login", "dev/ecr"], "GetAuthorizationToken"],
    ] as const
  ) {
    for (const [flags, role] of [[[], "Admin"], [["--identity", "reader"], "Reader"]] as const) {
      const { status, stderr } = await world.run([...args, ...flags], env);
      equal(status, 0, stderr);
      equal(nameOf(world.aws.calls.findLast((call) => call.action === action)!.principal), role);
    }
  }
  const both = await world.run([...NAMED, "--identity", "reader", "--profile", "team"], env);
  equal(both.status, 2);
  match(both.stderr, /Cannot use both --identity reader and --profile team/);
});
