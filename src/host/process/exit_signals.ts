import type { Interrupts } from "../host.ts";

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

/** For as long as the body runs, a signal does `last` before it ends this process; a second one does not wait for it. */
export async function exitAfter<T>(last: () => Promise<void>, body: () => Promise<T>): Promise<T> {
  const hangUp = ["SIGHUP", () => Deno.exit(129)] as const;
  let asked = false;
  const own = [...here(), ...(Deno.build.os === "windows" ? [] : [hangUp])].map(([signal, exit]) => {
    const listener = () => {
      if (asked) exit();
      asked = true;
      last().finally(exit);
    };
    return [signal, listener] as const;
  });
  for (const [signal, listener] of own) Deno.addSignalListener(signal, listener);
  outliveSignals();
  try {
    const result = await body();
    // Whatever came of it on the way to the end is no news any more.
    return asked ? await new Promise<never>(() => {}) : result;
  } finally {
    exitOnSignals();
    for (const [signal, listener] of own) Deno.removeSignalListener(signal, listener);
  }
}

/** Lets the first SIGINT abort a signal instead, until it is disposed of. */
export function catchInterrupt(): Interrupts {
  const controller = new AbortController();
  const [, exit] = EXITS[0]!;
  const restore = () => {
    Deno.removeSignalListener("SIGINT", caught);
    Deno.addSignalListener("SIGINT", exit);
  };
  const caught = () => {
    // A listener that is added now would hear this very signal.
    queueMicrotask(restore);
    controller.abort();
  };
  Deno.removeSignalListener("SIGINT", exit);
  Deno.addSignalListener("SIGINT", caught);
  const dispose = () => controller.signal.aborted ? undefined : restore();
  return { signal: controller.signal, [Symbol.dispose]: dispose };
}
