import type { Needs } from "../../../host/host.ts";
import { printable } from "../../output/printable.ts";
import type { Verdict } from "./look_for_clusters.ts";

/** Says of each cluster that nobody could tell about why, and once what helps. */
export function tellUnknown(host: Needs<"terminal">, verdicts: ReadonlyMap<string, Verdict>): void {
  const hints = new Set<string>();
  for (const [arn, verdict] of verdicts) {
    if (typeof verdict === "string") continue;
    const [first, ...more] = new Set(verdict.map(({ message }) => message));
    host.terminal.err(`Kept: ${printable(`${arn}: ${first}`)}\n`);
    for (const message of more) host.terminal.err(`      ${printable(message)}\n`);
    for (const { hint } of verdict) if (hint !== undefined) hints.add(hint);
  }
  for (const hint of hints) host.terminal.err(`Hint: ${printable(hint)}\n`);
}
