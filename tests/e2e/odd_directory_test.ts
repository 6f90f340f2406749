import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { hasProgram } from "../support/machine/has_program.ts";
import { runAtmos, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

/** Of a tree beside, whose identities have the same names. */
function configOf(role: string): string {
  return `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: ${role}, account: {id: "123456789012"}}}
`;
}

const ACCOUNTS = [{ id: "123456789012", name: "Dev", email: "m@example.com", roles: ["Admin", "ReadOnly"] }];

/** Names that mean more than themselves in a list, in a shell, in a file of settings or in YAML. */
const NAMES = [
  "a,../own",
  "a,b",
  '"a,b",c',
  '"quoted"',
  "it's",
  "a b",
  "a=b",
  "a;b",
  "$(x)",
  "a#b",
  "a:b",
  "%20",
  "{a}",
];

interface Written {
  readonly made: LoginWorld;
  readonly cwd: string;
}

/** What other programs start by a file of theirs, and the key of the login that this acts with. */
const WRITTEN: Readonly<Record<string, (place: Written) => Promise<string>>> = {
  async kubectl({ made, cwd }) {
    const path = made.home.at("kubeconfig");
    const cluster = ["--name", "dev-cluster", "--region", "us-east-2", "--exec-command", "atmos", "-i", "dev"];
    await succeed({ made, cwd }, ["aws", "eks", "update-kubeconfig", ...cluster, "--kubeconfig", path]);
    const { command, args } = parse(made.home.read("kubeconfig") ?? "").users[0].user.exec;
    const doctor = await runAtmos(["aws", "eks", "doctor", "--output", "json"], {
      env: made.env({ ...NOBODY, KUBECONFIG: path }),
      cwd: made.home.path,
    });
    match(doctor.stdout, /"id": "configuration",\n *"state": "ok"/, doctor.stderr);
    doesNotMatch(doctor.stdout, /Cannot find configuration/);
    return keyOfToken(await start(made, [command, ...args]));
  },
  async "the AWS CLI"({ made, cwd }) {
    await succeed({ made, cwd }, ["auth", "configure-aws", "dev"]);
    const [, line = ""] = /^credential_process *= *(.*)$/m.exec(made.home.read(".aws/config") ?? "") ?? [];
    return JSON.parse(await start(made, splitLine(line))).AccessKeyId;
  },
};

/** As the AWS CLI splits it. */
function splitLine(line: string): readonly string[] {
  const args = ["-c", "import json, shlex, sys; print(json.dumps(shlex.split(sys.argv[1])))", line];
  return JSON.parse(new TextDecoder().decode(new Deno.Command("python3", { args }).outputSync().stdout));
}

/** Runs a command that was written, in another directory than that of its atmos.yaml. */
async function start(made: LoginWorld, [command, ...args]: readonly string[]): Promise<string> {
  const env = { ...runtimeEnv(), ...made.env(NOBODY) };
  const { stdout, stderr } = await new Deno.Command(command!, { args, env, clearEnv: true, cwd: made.home.path })
    .output();
  ok(stdout.length > 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

async function succeed({ made, cwd }: Written, args: readonly string[]): Promise<string> {
  const env = made.env(args[1] === "login" ? {} : NOBODY);
  const { status, stdout, stderr } = await runAtmos(args, { env, cwd });
  equal(status, 0, `${args.join(" ")}: ${stderr}`);
  return stdout;
}

const canSplit = hasProgram("python3", "odd_directory_test (the AWS CLI)");

for (const name of NAMES) {
  Deno.test(`what other programs start finds the atmos.yaml of a directory called ${name}`, async (t) => {
    await using made = await loginWorld({ config: configOf("ReadOnly"), sso: { accounts: ACCOUNTS } });
    for (const [path, role] of [["own", "Admin"], [`tree/${name}`, "ReadOnly"]] as const) {
      made.home.write(`${path}/atmos.yaml`, configOf(role));
      await succeed({ made, cwd: made.home.at(path) }, ["auth", "login", "dev"]);
    }
    const place = { made, cwd: made.home.at(`tree/${name}`) };
    const own = JSON.parse(await succeed(place, ["auth", "credential-process", "-i", "dev"])).AccessKeyId;
    match(own, /^ASIA/);
    for (const [program, keyOf] of Object.entries(WRITTEN)) {
      const ignore = program !== "kubectl" && !canSplit;
      await t.step({ name: program, ignore, fn: async () => equal(await keyOf(place), own) });
    }
  });
}
