import { equal, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import {
  PROCESS_ANSWER,
  PROFILE_CASES,
  type ProfileCase,
  type ProfileFailure,
} from "../support/profiles/profile_cases.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";

const LOOK = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--profile", "p"];
const hasCli = hasProgram("aws", "the AWS CLI finds the same credentials");

interface World {
  readonly home: TempHome;
  readonly standin: Standin;
  readonly env: Readonly<Record<string, string>>;
}

/** Who has described the cluster last; undefined when it was not asked for. */
function lastCaller({ standin }: World): string | undefined {
  return standin.calls.findLast(({ action, status }) => action === "DescribeCluster" && status === 200)?.principal;
}

async function runCli({ home, env }: World): Promise<{ readonly status: number; readonly stderr: string }> {
  const inherited = ["PATH", "PYENV_ROOT", "PYENV_VERSION"].map((name) => [name, Deno.env.get(name) ?? ""] as const);
  const { code, stderr } = await new Deno.Command("aws", {
    args: ["eks", "describe-cluster", "--name", "dev-cluster", "--region", "us-east-2", "--profile", "p"],
    clearEnv: true,
    cwd: home.path,
    env: { ...Object.fromEntries(inherited), ...env, AWS_MAX_ATTEMPTS: "1" },
    stdin: "null",
  }).output();
  return { status: code, stderr: new TextDecoder().decode(stderr) };
}

async function checkCase(world: World, { expected, cliGoesOnAs }: ProfileCase): Promise<void> {
  const { home, env } = world;
  const { status, stderr } = await runAtmos(LOOK, { env: { ...env, PATH: "/usr/bin:/bin" }, cwd: home.path });
  const told = stderr.replaceAll(home.path, "~");
  if (typeof expected === "string") equal(lastCaller(world), expected, stderr);
  else {
    equal(told, `Error: ${expected.message}\nHint: ${expected.hint}\n`);
    equal(status, expected.status);
    equal(lastCaller(world), undefined);
  }
  if (!hasCli) return;
  const before = world.standin.calls.length;
  const cli = await runCli(world);
  const caller = cliGoesOnAs ?? (typeof expected === "string" ? expected : undefined);
  if (caller === undefined) notEqual(cli.status, 0, "the AWS CLI has found credentials");
  else {
    equal(cli.status, 0, cli.stderr);
    equal(world.standin.calls.slice(before).at(-1)?.principal, caller);
  }
}

const RUNNER = `auth:
  identities:
    runner: {kind: aws/ambient, region: us-east-2}
`;

/** The same profile as the credentials of an identity, which are the environment's own. */
async function checkIdentity({ home, env }: World, { message, hint, status }: ProfileFailure): Promise<void> {
  home.write("repo/atmos.yaml", RUNNER);
  const outcome = await runAtmos(["auth", "login", "runner", "--config", home.at("repo/atmos.yaml")], {
    env: { ...env, PATH: "/usr/bin:/bin", AWS_PROFILE: "p" },
    cwd: home.path,
    isMeasured: false,
  });
  equal(outcome.stderr.replaceAll(home.path, "~"), `Error: ${message}\nHint: ${hint}\n`);
  equal(outcome.status, status);
}

for (const given of PROFILE_CASES) {
  Deno.test(`profile: ${given.says}`, async () => {
    await using standin = await startStandin({ clusters: [cluster("dev-cluster")] });
    using home = tempHome();
    home.write("keys.json", PROCESS_ANSWER);
    home.write("token", "jwt-of-a-job");
    home.write(".aws/config", given.config);
    if (given.credentials !== undefined) home.write(".aws/credentials", given.credentials);
    const env = home.env({ AWS_ENDPOINT_URL: standin.url, AWS_EC2_METADATA_DISABLED: "true", ...given.env });
    await checkCase({ home, standin, env }, given);
    if (typeof given.expected !== "string") await checkIdentity({ home, standin, env }, given.expected);
  });
}
