import { permissionFlags } from "../../../src/host/process/allowed.ts";
import { runtimeEnv } from "../atmos/run_atmos.ts";
import { fromFileUrl, REPOSITORY } from "../machine/paths.ts";

const MAIN = fromFileUrl(new URL("./soak_main.ts", import.meta.url));

/** What soak_main.ts is to do. */
export interface Soak {
  /** In turn. */
  readonly lines: readonly (readonly string[])[];
  readonly times: number;
  readonly atOnce: number;
  /** What is kept in a directory is removed before each `every`-th run, so that AWS is asked again. */
  readonly removed: { readonly directory: string; readonly every: number };
}

export interface Soaked {
  /** How many ended with which status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What the first that failed have said. */
  readonly failures: readonly string[];
  /** Bytes of the heap at half time and in the end. */
  readonly memory: readonly number[];
}

/** Runs it as a process of its own, in an environment and a directory. */
export async function runSoak(
  soak: Soak,
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
): Promise<Soaked> {
  const config = `--config=${REPOSITORY}/deno.json`;
  const flags = ["run", "--quiet", "--no-check", "--v8-flags=--expose-gc", config, ...permissionFlags()];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...flags, MAIN, JSON.stringify(soak)],
    clearEnv: true,
    env: { ...runtimeEnv(), ...env },
    cwd,
    stdin: "null",
  }).output();
  const [text, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!text!.startsWith("{")) throw new Error(`no result: ${text} ${errors}`);
  return JSON.parse(text!);
}
