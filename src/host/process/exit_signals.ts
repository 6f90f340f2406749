import type { Interrupts } from "../host.ts";

/** As shells count: 128 and the number of the signal. */
const EXITS: readonly (readonly [signal: Deno.Signal, exit: () => void])[] = [
  ["SIGINT", () => Deno.exit(130)],
  ["SIGTERM", () => Deno.exit(143)],
  // The terminal was closed.
  ["SIGHUP", () => Deno.exit(129)],
];

/** How many listeners have taken each signal over. */
const taken = new Map<Deno.Signal, number>();

/**
 * Lets a signal end this process at once, whatever it computes: what is written to disk is written in one step, and the
 * kernel frees locks. A listener would not do: none runs before the code that is running now ends. What the runtime
 * leaves in place once one was there ends what ignored SIGINT when it was started, too.
 */
export function endOnSignals(): void {
  for (const [signal, exit] of here()) {
    Deno.addSignalListener(signal, exit);
    Deno.removeSignalListener(signal, exit);
  }
}

/** Lets listeners of "unload" run before a signal ends this process; only for what waits. Gives what ends that. */
export function exitOnSignals(): () => void {
  const listeners = here().map(([signal, exit]) => {
    const listener = () => (taken.get(signal) ?? 0) > 0 ? undefined : exit();
    Deno.addSignalListener(signal, listener);
    return [signal, listener] as const;
  });
  return () => listeners.forEach(([signal, listener]) => stopListening(signal, listener));
}

/**
 * Runs `cleanUp` before a signal ends this process, which meanwhile has to wait for the code that is running now. Gives
 * what ends that, when a signal that came until then has been heard.
 */
export function cleanUpOnSignal(cleanUp: () => void): () => Promise<void> {
  addEventListener("unload", cleanUp);
  const release = exitOnSignals();
  return async () => {
    release();
    await hearSignals();
    removeEventListener("unload", cleanUp);
  };
}

/**
 * Returns when listeners have been called for the signals that came until now. That happens between two turns of the
 * event loop, and a timer that is due comes before it.
 */
async function hearSignals(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}

const TURNS = 3;
/** What stays for a signal that is on its way to a listener that has gone, until another one comes and goes. */
const late = new Map<Deno.Signal, () => void>();

/**
 * Stops listening without losing a signal that came before: from now on the runtime lets signals end this process, but it
 * may have one for the listener already, and calls what is listening when it gets that far. So something does.
 */
function stopListening(signal: Deno.Signal, listener: () => void): void {
  forgetLate(signal);
  Deno.removeSignalListener(signal, listener);
  const exit = here().find(([name]) => name === signal)?.[1];
  if (exit === undefined) return;
  const last = () => (taken.get(signal) ?? 0) > 0 ? undefined : exit();
  late.set(signal, last);
  if (!listenUnbound(signal, last)) forgetLate(signal);
}

/** The same where a signal that is on its way is no news any more. */
function stopDeaf(signal: Deno.Signal, listener: () => void): void {
  forgetLate(signal);
  Deno.removeSignalListener(signal, listener);
}

function forgetLate(signal: Deno.Signal): void {
  const last = late.get(signal);
  if (last === undefined) return;
  late.delete(signal);
  Deno.removeSignalListener(signal, last);
}

/**
 * Adds a listener, and lets the runtime take no signal over for it, which would keep signals from ending this process:
 * the runtime adds it first, and then fails to read the name a second time. Returns false where another listener is there,
 * for which signals are taken over already; that one then hears what comes.
 */
function listenUnbound(signal: Deno.Signal, listener: () => void): boolean {
  let reads = 0;
  const name = {
    toString() {
      if (reads++ > 0) throw new RangeError("nothing takes signals over");
      return signal;
    },
  };
  try {
    Deno.addSignalListener(name as unknown as Deno.Signal, listener);
    return false;
  } catch {
    return true;
  }
}

/**
 * Gives a signal to a listener instead of ending this process; gives what ends that. A signal that is on its way by then
 * is lost unless `stop` is stopListening.
 */
export function takeSignal(
  signal: Deno.Signal,
  listener: () => void,
  stop: typeof stopListening = stopDeaf,
): () => void {
  let isOver = false;
  taken.set(signal, (taken.get(signal) ?? 0) + 1);
  Deno.addSignalListener(signal, listener);
  return () => {
    if (isOver) return;
    isOver = true;
    stop(signal, listener);
    taken.set(signal, taken.get(signal)! - 1);
  };
}

function here() {
  return Deno.build.os === "windows" ? EXITS.slice(0, 1) : EXITS;
}

/** For as long as the body runs, a signal does `last` before it ends this process; a second one does not wait for it. */
export async function exitAfter<T>(last: () => Promise<void>, body: () => Promise<T>): Promise<T> {
  let asked = false;
  const releases = here().map(([signal, exit]) =>
    takeSignal(signal, () => {
      if (asked) exit();
      asked = true;
      last().finally(exit);
    }, stopListening)
  );
  try {
    const result = await body();
    // Whatever came of it on the way to the end is no news any more.
    return asked ? await new Promise<never>(() => {}) : result;
  } finally {
    // Else they would end this process before `last` is done.
    await hearSignals();
    for (const release of releases) release();
  }
}

/** Lets the first SIGINT abort a signal instead, until it is disposed of. */
export function catchInterrupt(): Interrupts {
  const controller = new AbortController();
  const release = takeSignal("SIGINT", () => {
    // Others that listen hear this very signal, too, and must not end the process yet.
    queueMicrotask(release);
    controller.abort();
  }, stopListening);
  return { signal: controller.signal, [Symbol.dispose]: release };
}
