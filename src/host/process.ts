/** What a program does with its arguments, and what it answers to an error that nobody caught. */
export interface Program {
  /** @returns the exit status */
  readonly start: (argv: readonly string[]) => Promise<number>;
  /** @returns the exit status */
  readonly fail: (error: unknown) => number;
}

/** As shells count: 128 and the number of the signal. */
const SIGNALS = [["SIGINT", 130], ["SIGTERM", 143]] as const;

/**
 * Runs a program as this process and ends it with its exit status. A signal ends it at once: what is written to disk
 * is written in one step, and the kernel frees locks. (Without a listener, process 1 of a container would ignore it.)
 */
export async function runProcess(program: Program): Promise<void> {
  for (const [signal, status] of signalsHere()) Deno.addSignalListener(signal, () => Deno.exit(status));
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

function signalsHere() {
  return Deno.build.os === "windows" ? SIGNALS.slice(0, 1) : SIGNALS;
}
