import type { Globals } from "../args/global_flags.ts";

/** Whether to say what is being done: `--verbose`, or `--logs-level` debug or trace. */
export function isVerbose(globals: Pick<Globals, "verbose" | "logs-level">): boolean {
  return globals.verbose || globals["logs-level"] === "debug" || globals["logs-level"] === "trace";
}
