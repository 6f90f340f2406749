import { permissionFlags } from "../../../src/host/process/allowed.ts";
import { type RunOptions, runtimeEnv } from "./run_atmos.ts";
import { fromFileUrl, REPOSITORY } from "../machine/paths.ts";

const MAIN = fromFileUrl(new URL("./probe_main.ts", import.meta.url));

interface ProbeOptions extends RunOptions {
  /** The words of a program that starts it. */
  readonly starter?: readonly string[];
}

/** Starts probe_main.ts as a process of its own, with the permissions of `atmos`. */
export function spawnProbe(args: readonly string[], options: ProbeOptions = {}): Deno.ChildProcess {
  const config = `--config=${REPOSITORY}/deno.json`;
  const probe = [Deno.execPath(), "run", "--quiet", "--no-check", config, ...permissionFlags(), MAIN, ...args];
  const [command, ...words] = [...options.starter ?? [], ...probe];
  return new Deno.Command(command!, {
    args: words,
    clearEnv: true,
    env: { ...runtimeEnv(), PATH: "/usr/bin", ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

export interface ProbeOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runProbe(args: readonly string[], options: RunOptions = {}): Promise<ProbeOutcome> {
  const { code, stdout, stderr } = await spawnProbe(args, options).output();
  const decoder = new TextDecoder();
  return { status: code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
