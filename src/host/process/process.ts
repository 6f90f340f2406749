import { endOnSignals } from "./exit_signals.ts";

/** What a program does with its arguments, and what it answers to an error that nobody caught. */
interface Program {
  /** @returns the exit status */
  readonly start: (argv: readonly string[]) => Promise<number>;
  /** @returns the exit status */
  readonly fail: (error: unknown) => number;
}

/** Runs a program as this process and ends it with its exit status. */
export async function runProcess(program: Program): Promise<void> {
  endOnSignals();
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    Deno.exit(program.fail(event.reason));
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    Deno.exit(program.fail(event.error));
  });
  Deno.exit(await program.start(Deno.args));
}
