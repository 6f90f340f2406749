import type { Needs } from "../../host/host.ts";
import { RUNS_NOTHING } from "./runs_nothing.ts";

export interface Still<H> {
  readonly host: H & Needs<"run">;
  /** Whether the configuration wanted to run a command. */
  readonly wanted: () => boolean;
}

/** A host for reading a configuration whose commands (`!exec`) do not run; what they would print is empty. */
export function withoutRunning<H>(host: H): Still<H> {
  let wanted = false;
  const run: Needs<"run">["run"] = {
    ...RUNS_NOTHING,
    capture(input) {
      wanted = true;
      return RUNS_NOTHING.capture(input);
    },
  };
  return { host: { ...host, run }, wanted: () => wanted };
}
