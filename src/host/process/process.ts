import { endOnSignals } from "./exit_signals.ts";
import { run } from "./run.ts";
import { takeSpawnError } from "./spawn_error.ts";

/** What a program does with its arguments, and what it answers to an error that no one caught. */
interface Program {
  /** What starts the same program again. */
  readonly self: () => { readonly command: string; readonly args: readonly string[] };
  /** @returns the exit status */
  readonly start: (argv: readonly string[]) => Promise<number>;
  /** @returns the exit status */
  readonly fail: (error: unknown) => number;
}

/** Runs a program as this process and ends it with its exit status. */
export async function runProcess(program: Program): Promise<void> {
  const status = await runAsChild(program);
  if (status !== undefined) Deno.exit(status);
  endOnSignals();
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    Deno.exit(program.fail(event.reason));
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    if (!takeSpawnError(event.error)) Deno.exit(program.fail(event.error));
  });
  Deno.exit(await program.start(Deno.args));
}

/**
 * As process 1 of a container, runs the program as another process, hands signals on to it, and returns its exit status;
 * undefined elsewhere, and where that process cannot be started. The kernel gives process 1 no signal that it has no
 * listener for, and no listener runs while the program computes: only another process ends with the right status then.
 */
async function runAsChild({ self }: Program): Promise<number | undefined> {
  if (Deno.pid !== 1) return undefined;
  try {
    const { command, args } = self();
    return await run.foreground({ command, args: [...args, ...Deno.args], env: Deno.env.toObject() });
  } catch {
    return undefined;
  }
}
