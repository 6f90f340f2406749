import { type RunOutcome, runtimeEnv } from "../atmos/run_atmos.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { cluster } from "../standin/clusters.ts";
import { type StandinKey, USER_KEY } from "../standin/keys.ts";
import { makeAuthority } from "../standin/tls.ts";
import { DEV, eksEnv, runEks } from "../runs/eks_run.ts";
import { type KubeStandin, startKube } from "./kube_standin.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";

/** An AWS, a cluster that it knows, and a home whose kubeconfig this tool has written. */
export interface KubeWorld extends AsyncDisposable {
  readonly aws: Standin;
  readonly kube: KubeStandin;
  readonly home: TempHome;
  readonly kubeconfig: string;
  /** What `update` runs. */
  readonly updateWords: readonly string[];
  /** Writes the cluster's entry, with `--exec-command atmos`. */
  update(more?: readonly string[]): Promise<RunOutcome>;
  /** The environment of whatever talks to the cluster. */
  env(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** Runs the real kubectl in that directory; "/" when absent. */
  kubectl(args: readonly string[], how?: KubectlHow): Promise<RunOutcome>;
}

export interface KubectlHow {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Needs openssl. */
export async function kubeWorld(key: StandinKey = USER_KEY): Promise<KubeWorld> {
  const home = tempHome();
  Deno.mkdirSync(home.at("tls"));
  const authority = makeAuthority(home.at("tls"));
  if (authority === undefined) throw new Error("openssl is not on PATH");
  const aws = await startStandin({ clusters: [] });
  const [cert, secret, ca] = [authority.certPath, authority.keyPath, authority.caPath]
    .map((path) => Deno.readTextFileSync(path));
  const kube = await startKube({ cluster: "dev-cluster", keys: () => aws.keys, cert: cert!, key: secret! });
  aws.clusters.push(cluster("dev-cluster", { endpoint: kube.url, certificateAuthority: { data: btoa(ca!) } }));
  const kubeconfig = home.at("kubeconfig");
  const env = (more: Readonly<Record<string, string>> = {}) => ({
    ...runtimeEnv(),
    ...eksEnv({ home, aws, key }),
    PATH: "/usr/local/bin:/usr/bin:/bin",
    KUBECONFIG: kubeconfig,
    ...more,
  });
  const updateWords = [...DEV, "--exec-command", "atmos", "--kubeconfig", kubeconfig];
  return {
    aws,
    kube,
    home,
    updateWords,
    kubeconfig,
    env,
    update: (more = []) => runEks({ home, aws, key }, [...updateWords, ...more]),
    kubectl: (args, how = {}) => run(["kubectl", ...args], { cwd: how.cwd ?? "/", env: env(how.env) }),
    async [Symbol.asyncDispose]() {
      await kube[Symbol.asyncDispose]();
      await aws.close();
      home[Symbol.dispose]();
    },
  };
}

async function run(
  [command, ...args]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<RunOutcome> {
  const output = await new Deno.Command(command!, { args, cwd, clearEnv: true, env, stdin: "null" }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { status: output.code, stdout: text(output.stdout), stderr: text(output.stderr) };
}
