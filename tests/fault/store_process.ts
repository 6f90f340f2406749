import { fromFileUrl } from "../support/machine/paths.ts";
import type { Failure } from "./store_child.ts";

/** The program of the processes. */
export const CHILD: string = fromFileUrl(new URL("./store_child.ts", import.meta.url));

/** A directory that is removed with everything in it when the block ends. */
export function tempFolder(): { readonly path: string } & Disposable {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "atmos-store-" }));
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

/** Runs a system command; its stderr when it failed, undefined when it went well. */
export function failureOf(command: string, args: readonly string[]): string | undefined {
  try {
    const { success, stderr } = new Deno.Command(command, { args: [...args] }).outputSync();
    return success ? undefined : new TextDecoder().decode(stderr).trim() || `${command} failed`;
  } catch (error) {
    return (error as Error).message;
  }
}

export function mustRun(command: string, args: readonly string[]): void {
  const failure = failureOf(command, args);
  if (failure !== undefined) throw new Error(failure);
}

/** Whether a test has to be left out; says so. */
export function skip(name: string, reason: string | undefined): boolean {
  if (reason !== undefined) console.log(`SKIP ${name}: ${reason}`);
  return reason !== undefined;
}

/** Why file systems can't be mounted here, if so. */
export function mountFailure(): string | undefined {
  using folder = tempFolder();
  const failure = failureOf("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder.path]);
  if (failure === undefined) mustRun("umount", [folder.path]);
  return failure;
}

export interface SpawnOptions {
  /** Words before the command, e.g. to change the user. */
  readonly prefix?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function spawnChild(args: readonly string[], { prefix = [], env = {} }: SpawnOptions = {}): Deno.ChildProcess {
  const run = ["run", "--quiet", "--no-prompt", "--no-check", "--allow-read", "--allow-write", "--allow-sys"];
  const [command, ...words] = [...prefix, Deno.execPath(), ...run, CHILD, ...args];
  return new Deno.Command(command!, { args: words, env: { ...env }, stdout: "piped", stderr: "piped" }).spawn();
}

export interface ChildResult {
  readonly status: number;
  readonly stdout: string;
  readonly failure: Failure | undefined;
}

export async function runChild(args: readonly string[], options: SpawnOptions = {}): Promise<ChildResult> {
  const output = await spawnChild(args, options).output();
  const stderr = new TextDecoder().decode(output.stderr);
  const failure = output.success ? undefined : JSON.parse(stderr) as Failure;
  return { status: output.code, stdout: new TextDecoder().decode(output.stdout), failure };
}

/** Waits until the child prints something. */
export async function ready(child: Deno.ChildProcess): Promise<void> {
  const lines = child.stdout.getReader();
  await lines.read();
  lines.releaseLock();
}

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
