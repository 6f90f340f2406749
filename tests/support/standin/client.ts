import { permissionFlags } from "../../../src/host/process/allowed.ts";
import type { SessionInput } from "../../../src/aws/credentials/session.ts";
import type { ClusterInfo } from "../../../src/aws/eks/usable_cluster.ts";
import { runtimeEnv } from "../atmos/run_atmos.ts";
import { fromFileUrl, REPOSITORY } from "../machine/paths.ts";

const MAIN = fromFileUrl(new URL("./client_main.ts", import.meta.url));

export interface ClientInput extends SessionInput {
  /** The cluster to describe; without it only the session is opened. */
  readonly name?: string;
}

export interface ClientOptions {
  /** The whole environment but for PATH; instance metadata is off unless it says otherwise. */
  readonly env: Readonly<Record<string, string>>;
  /** Permission flags; those of `atmos` when absent. */
  readonly flags?: readonly string[];
}

/** What the process found out. */
export interface ClientOutcome {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly cluster?: ClusterInfo;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  /** Wall time of the whole process in milliseconds. */
  readonly wallMs: number;
  /** All that was printed, to look for what must not be. */
  readonly printed: string;
}

/** The runtime's look for a newer version of itself would turn up at a test's proxy. */
const QUIET = { DENO_NO_UPDATE_CHECK: "1", AWS_EC2_METADATA_DISABLED: "true" };

/** Opens a session and describes a cluster in a process of its own, as the program does it. */
export async function runClient(input: ClientInput, options: ClientOptions): Promise<ClientOutcome> {
  const start = performance.now();
  const output = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      `--config=${REPOSITORY}/deno.json`,
      ...options.flags ?? permissionFlags(),
      MAIN,
      JSON.stringify(input),
    ],
    clearEnv: true,
    env: { ...runtimeEnv(), ...QUIET, PATH: Deno.env.get("PATH") ?? "", ...options.env },
    stdin: "null",
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  const found = stdout!.trim().split("\n").at(-1) ?? "";
  if (!found.startsWith("{")) throw new Error(`no result: ${stdout} ${stderr}`);
  return { ...JSON.parse(found), wallMs: performance.now() - start, printed: `${stdout}${stderr}` };
}
