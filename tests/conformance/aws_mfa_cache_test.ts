import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const TEST = "aws_mfa_cache_test";
const hasScript = Deno.build.os === "linux" && hasProgram("script", `${TEST} (codes typed at a terminal)`);
const hasCli = hasProgram("aws", `${TEST} (sessions that the AWS CLI keeps and reads)`);

const ROLE = "arn:aws:iam::123456789012:role/reader";
const DEVICE = "arn:aws:iam::123456789012:mfa/me";
const CLUSTER = ["--name", "dev-cluster", "--region", "us-east-2", "--profile", "p"];
const LOOK = ["aws", "eks", "update-kubeconfig", ...CLUSTER];
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--profile", "p"];
const CLI = ["eks", "describe-cluster", ...CLUSTER, "--output", "text"];

const PROFILES: Readonly<Record<string, string>> = {
  "little said of the role": "",
  "all said of the role": "role_session_name = me\nexternal_id = e-1\nduration_seconds = 1800\n",
};

interface World {
  readonly home: TempHome;
  readonly standin: Standin;
  readonly env: Readonly<Record<string, string>>;
}

async function withWorld(lines: string, body: (world: World) => Promise<void>): Promise<void> {
  await using standin = await startStandin({ clusters: [cluster("dev-cluster")], roles: { [ROLE]: { mfa: true } } });
  using home = tempHome();
  const { accessKeyId, secretAccessKey } = USER_KEY;
  home.write(
    ".aws/credentials",
    `[b]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  home.write(".aws/config", `[profile p]\nrole_arn = ${ROLE}\nsource_profile = b\nmfa_serial = ${DEVICE}\n${lines}`);
  const inherited = ["PYENV_ROOT", "PYENV_VERSION"].map((name) => [name, Deno.env.get(name) ?? ""] as const);
  const own = { AWS_ENDPOINT_URL: standin.url, AWS_EC2_METADATA_DISABLED: "true", PATH: Deno.env.get("PATH") ?? "" };
  await body({ home, standin, env: home.env({ ...Object.fromEntries(inherited), ...own }) });
}

function roles({ standin }: World): number {
  return standin.count("AssumeRole");
}

async function atmosAtTerminal({ env, home }: World, answer: string) {
  return await onTerminal({ args: LOOK, question: `Code of MFA device ${DEVICE}`, answer, env, cwd: home.path });
}

async function cliAtTerminal({ env, home }: World) {
  const question = `Enter MFA code for ${DEVICE}`;
  return await onTerminal({ program: "aws", args: CLI, question, answer: "123456\r", env, cwd: home.path });
}

async function cliAlone({ env, home }: World): Promise<number> {
  const options = { args: CLI, clearEnv: true, env, cwd: home.path, stdin: "null" } as const;
  return (await new Deno.Command("aws", options).output()).code;
}

for (const [says, lines] of Object.entries(PROFILES)) {
  Deno.test({
    name: `mfa, ${says}: a code typed for atmos does for the AWS CLI and for tokens`,
    ignore: !hasScript || !hasCli,
    fn: () =>
      withWorld(lines, async (world) => {
        const { status, shown } = await atmosAtTerminal(world, "123456\r");
        equal(status, 0, shown);
        equal(await cliAlone(world), 0);
        const token = await runAtmos(TOKEN, { env: world.env, cwd: world.home.path });
        deepEqual([token.status, token.stderr], [0, ""]);
        equal(roles(world), 1);
      }),
  });

  Deno.test({
    name: `mfa, ${says}: a code typed for the AWS CLI does for atmos`,
    ignore: !hasScript || !hasCli,
    fn: () =>
      withWorld(lines, async (world) => {
        const { status, shown } = await cliAtTerminal(world);
        equal(status, 0, shown);
        const found = await runAtmos(LOOK, { env: world.env, cwd: world.home.path });
        equal(found.status, 0, found.stderr);
        equal(roles(world), 1);
      }),
  });
}

Deno.test({
  name: "mfa: a wrong code is refused and nothing is kept; no code and no terminal are told what to type",
  ignore: !hasScript,
  fn: () =>
    withWorld("", async (world) => {
      const wrong = await atmosAtTerminal(world, "000000\r");
      equal(wrong.status, 4, wrong.shown);
      match(wrong.shown, /AWS rejected the MFA code/);
      for (const args of [LOOK, TOKEN]) {
        const { status, stderr } = await runAtmos(args, { env: world.env, cwd: world.home.path });
        equal(status, 4, stderr);
        match(stderr, /Enter the code at a terminal: aws sts get-caller-identity --profile p/);
      }
      equal(roles(world), 1);
    }),
});
