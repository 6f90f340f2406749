import { permissionFlags } from "../../../src/host/process/allowed.ts";
import { fromFileUrl, REPOSITORY } from "../machine/paths.ts";
import { runtimeEnv } from "./run_atmos.ts";

const MAIN = fromFileUrl(new URL("./several_main.ts", import.meta.url));

/** What several_main.ts is to do; `@N@` in files and variables is the number of the line. */
export interface Several {
  readonly lines: readonly { readonly args: readonly string[]; readonly stdin?: string }[];
  /** By absolute path: written before each line. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

export interface Said {
  readonly status: number;
  readonly text: string;
  /** The files that the line has changed. */
  readonly changed: readonly string[];
}

export interface SeveralOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Runs command lines one after the other in one process with the permissions of `atmos`, none of them given up. */
export async function runSeveral(several: Several, { env, cwd }: SeveralOptions): Promise<readonly Said[]> {
  const config = `--config=${REPOSITORY}/deno.json`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", config, ...permissionFlags(), MAIN, JSON.stringify(several)],
    clearEnv: true,
    env: { ...runtimeEnv(), ...env },
    cwd,
    stdin: "null",
  }).output();
  const [said, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!said!.startsWith("[")) throw new Error(`no result: ${said} ${errors}`);
  return JSON.parse(said!);
}
