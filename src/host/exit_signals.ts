/** As shells count: 128 and the number of the signal. */
const EXITS: readonly (readonly [signal: Deno.Signal, exit: () => void])[] = [
  ["SIGINT", () => Deno.exit(130)],
  ["SIGTERM", () => Deno.exit(143)],
];

/**
 * Lets a signal end this process at once: what is written to disk is written in one step, and the kernel frees locks.
 * (Without a listener, process 1 of a container would ignore it.)
 */
export function exitOnSignals(): void {
  for (const [signal, exit] of here()) Deno.addSignalListener(signal, exit);
}

/** Takes that back, for as long as another program has the terminal. */
export function outliveSignals(): void {
  for (const [signal, exit] of here()) Deno.removeSignalListener(signal, exit);
}

function here() {
  return Deno.build.os === "windows" ? EXITS.slice(0, 1) : EXITS;
}
