import type { Needs } from "../../host/host.ts";

/** Whether stderr is a terminal that understands more than lines. On Windows all are, and none says so. */
export function movesCursor({ terminal, env, sys }: Needs<"terminal" | "env" | "sys">): boolean {
  const kind = env.get("TERM") ?? (sys.os === "windows" ? "windows" : "dumb");
  return terminal.isTty.stderr && kind !== "dumb";
}
