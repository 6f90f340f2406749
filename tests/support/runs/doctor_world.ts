import { atmosWords, runAtmos, type RunOutcome, runtimeEnv } from "../atmos/run_atmos.ts";
import type { Bearer } from "../kube_api/answers.ts";
import { type KubeOptions, type KubeStandin, startKube } from "../kube_api/kube_standin.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";
import type { StandinEntry } from "../standin/access_entries.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { cluster, type StandinCluster } from "../standin/clusters.ts";
import { keyEnv, type StandinKey, USER_KEY } from "../standin/keys.ts";
import { makeAuthority, type TestAuthority } from "../standin/tls.ts";
import type { StandinOptions } from "../standin/world.ts";
import { UPDATE } from "./eks_run.ts";

/** What `doctor --output json` prints of a step. */
export interface ReportedStep {
  readonly id: string;
  readonly state: "ok" | "warning" | "failure" | "skipped";
  readonly found: string;
  readonly fix: string | null;
  readonly hint: string | null;
  readonly code: string | null;
}

export interface DoctorOptions {
  readonly aws?: StandinOptions;
  readonly kube?: Partial<KubeOptions>;
  /** Of the cluster as EKS describes it. */
  readonly cluster?: Partial<StandinCluster>;
  readonly key?: StandinKey;
}

/** An AWS, a cluster with access entries, and a home whose kubeconfig has the cluster. */
export interface DoctorWorld extends AsyncDisposable {
  readonly aws: Standin;
  readonly kube: KubeStandin;
  readonly home: TempHome;
  readonly authority: TestAuthority;
  /** Variables of the user's shell, which a test may change. */
  readonly variables: Record<string, string>;
  /** Runs atmos in the user's repository. */
  atmos(args: readonly string[]): Promise<RunOutcome>;
  /** Runs `aws eks doctor`, or another command that examines. */
  doctor(
    args?: readonly string[],
    command?: readonly string[],
  ): Promise<{ readonly run: RunOutcome; readonly steps: readonly ReportedStep[] }>;
  /** Runs a command line in a shell, where `atmos` is this program; what it makes of variables stays. */
  shell(line: string): Promise<RunOutcome>;
}

export const VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

/** An entry of dev-cluster that lets a principal read. */
export function viewer(principalArn: string, more: Partial<StandinEntry> = {}): StandinEntry {
  return { cluster: "dev-cluster", principalArn, groups: [], policies: [{ policyArn: VIEW, namespaces: [] }], ...more };
}

/** Needs openssl. The caller of the key has access, unless the options say who has. */
export async function doctorWorld(options: DoctorOptions = {}): Promise<DoctorWorld> {
  const home = tempHome();
  Deno.mkdirSync(home.at("tls"));
  Deno.mkdirSync(home.at("repo"));
  const authority = makeAuthority(home.at("tls"));
  if (authority === undefined) throw new Error("openssl is not on PATH");
  const { key = USER_KEY } = options;
  const aws = await startStandin({ clusters: [], accessEntries: [viewer(USER_KEY.principal)], ...options.aws });
  const [cert, secret, ca] = [authority.certPath, authority.keyPath, authority.caPath]
    .map((path) => Deno.readTextFileSync(path));
  const bearer = (arn: string) => findBearer(aws, arn);
  const known = { cluster: "dev-cluster", keys: () => aws.keys, cert: cert!, key: secret!, bearer, now: aws.now };
  const kube = await startKube({ ...known, ...options.kube });
  const described = {
    endpoint: kube.url,
    certificateAuthority: { data: btoa(ca!) },
    accessConfig: { authenticationMode: "API" },
  };
  aws.clusters.push(cluster("dev-cluster", { ...described, ...options.cluster }));
  const variables: Record<string, string> = {
    ...keyEnv(key),
    AWS_REGION: "us-east-2",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: aws.url,
    AWS_MAX_ATTEMPTS: "1",
    PATH: `${home.at("bin")}:${Deno.env.get("PATH")}`,
  };
  writeAtmos(home);
  const env = () => home.env(variables);
  const atmos = (args: readonly string[]) => runAtmos(args, { env: env(), cwd: home.at("repo") });
  return {
    aws,
    kube,
    home,
    authority,
    variables,
    atmos,
    async doctor(args = [], command = ["aws", "eks", "doctor"]) {
      const run = await atmos([...command, "--output", "json", ...args]);
      return { run, steps: run.stdout === "" ? [] : JSON.parse(run.stdout).steps };
    },
    shell: (line) => runShell({ home, variables }, line),
    async [Symbol.asyncDispose]() {
      await kube[Symbol.asyncDispose]();
      await aws.close();
      home[Symbol.dispose]();
    },
  };
}

/** Writes the cluster's entry into ~/.kube/config. */
export async function addEntry(world: DoctorWorld, more: readonly string[] = []): Promise<void> {
  const words = ["--name", "dev-cluster", "--region", "us-east-2", "--kubeconfig", world.home.at(".kube/config")];
  const { status, stderr } = await world.atmos([...UPDATE, ...words, "--exec-command", "atmos", ...more]);
  if (status !== 0) throw new Error(stderr);
}

/** As EKS knows callers: a role by its name, whatever its path, but not after it was made anew. */
function findBearer(aws: Standin, arn: string): Bearer | undefined {
  if (aws.clusters.some(({ accessConfig }) => accessConfig?.authenticationMode === "CONFIG_MAP")) return undefined;
  const [, account, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const entry = aws.accessEntries.find(({ principalArn, isStale }) => {
    if (isStale) return false;
    return role === undefined
      ? principalArn === arn
      : principalArn.startsWith(`arn:aws:iam::${account}:role/`) && principalArn.endsWith(`/${role}`);
  });
  if (entry === undefined) return undefined;
  return { username: arn, groups: entry.groups, mayListPods: entry.policies.length > 0 };
}

function writeAtmos(home: TempHome): void {
  const words = atmosWords().map((word) => `'${word}'`).join(" ");
  home.write("bin/atmos", `#!/bin/sh\nexec ${words} "$@"\n`, 0o755);
}

type Shell = Pick<DoctorWorld, "home" | "variables">;

const MARK = "-- variables --";

async function runShell({ home, variables }: Shell, line: string): Promise<RunOutcome> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `${line}; status=$?; echo; echo '${MARK}'; env; exit $status`],
    clearEnv: true,
    env: { ...runtimeEnv(), ...home.env(variables) },
    cwd: home.at("repo"),
    stdin: "null",
  }).output();
  const [text = "", after = ""] = new TextDecoder().decode(stdout).split(MARK);
  const kubeconfig = /^KUBECONFIG=(.*)$/m.exec(after)?.[1];
  if (kubeconfig !== undefined) variables["KUBECONFIG"] = kubeconfig;
  const left = new Set(after.split("\n").map((one) => one.slice(0, one.indexOf("="))));
  for (const name of Object.keys(variables).filter((one) => !left.has(one))) delete variables[name];
  return { status: code, stdout: text, stderr: new TextDecoder().decode(stderr) };
}
