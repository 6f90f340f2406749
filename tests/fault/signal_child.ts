import { cleanUpOnSignal, endOnSignals } from "../../src/host/process/exit_signals.ts";

/** Listens and stops again and again, computing for some of the time, until a signal ends it. */
const COMPUTED_MS = 1;
const PAUSE_MS = 3;

endOnSignals();
console.log("ready");
for (;;) {
  const stop = cleanUpOnSignal(() => {});
  const since = performance.now();
  while (performance.now() - since < COMPUTED_MS);
  await stop();
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
