/** `deno task demo`: the main job, run for real against a local stand-in for AWS; leaves nothing behind. */
import { atmosWords, runtimeEnv } from "../tests/support/atmos/run_atmos.ts";
import { startStandin } from "../tests/support/standin/aws_standin.ts";
import { keyEnv, USER_KEY } from "../tests/support/standin/keys.ts";
import { tempHome } from "../tests/support/machine/temp_home.ts";
import { CONFIGURATION } from "./demo/configuration.ts";
import { HAND_WRITTEN } from "./demo/kubeconfig.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2"];

interface Shown {
  /** What is typed; the words that run it are in `words`. */
  readonly typed: string;
  readonly words: readonly string[];
}

async function main(): Promise<number> {
  console.log("Every AWS answer below comes from a local stand-in on this machine, not from AWS.");
  await using standin = await startStandin();
  await using home = tempHome();
  const file = home.write(".kube/config", HAND_WRITTEN);
  const config = home.write(".atmos/atmos.yaml", CONFIGURATION);
  const env = environment({ HOME: home.path, KUBECONFIG: file, AWS_ENDPOINT_URL: standin.url });
  const atmos = (args: readonly string[]): Shown => ({
    typed: `atmos ${args.join(" ")}`,
    words: [...atmosWords(), ...args],
  });
  const target = ["--kubeconfig", "~/.kube/config", "--alias", "dev", "--no-switch-context"];

  title("1. Preview the entry for one cluster without writing it");
  let status = await show(atmos([...UPDATE, "--dry-run"]), env);
  title("2. A kubeconfig of your own, and the diff: nothing else changes");
  status ||= await show({ typed: "cat ~/.kube/config", words: ["cat", file] }, env);
  status ||= await show(atmos([...UPDATE, ...target, "--diff"]), env);
  title("3. Write it");
  status ||= await show(atmos([...UPDATE, ...target]), env);
  status ||= await show({ typed: "kubectl config get-contexts", words: ["kubectl", "config", "get-contexts"] }, env);
  title("4. Log in as an identity of atmos.yaml, which provisions its clusters");
  status ||= await show({ typed: "cat ~/.atmos/atmos.yaml", words: ["cat", config] }, env);
  status ||= await show(atmos(["auth", "login", "runner"]), env);
  status ||= await show(atmos(["auth", "env", "runner"]), env);
  return status;
}

function environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...runtimeEnv(), ...keyEnv(USER_KEY), PATH: Deno.env.get("PATH") ?? "", ...own };
}

function title(text: string): void {
  console.log(`\n== ${text}`);
}

/** Prints the command line, runs it with its output going straight through, and gives its status. */
async function show({ typed, words }: Shown, env: Readonly<Record<string, string>>): Promise<number> {
  console.log(`\n$ ${typed}`);
  const [command = "", ...args] = words;
  try {
    const child = new Deno.Command(command, { args, env, clearEnv: true, stdin: "null" }).spawn();
    return (await child.status).code;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`(skipped: there is no ${command} on this machine)`);
    return 0;
  }
}

if (import.meta.main) Deno.exit(await main());
