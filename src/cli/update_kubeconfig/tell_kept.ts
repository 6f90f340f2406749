import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryOutcome } from "../../kube/edit_entries.ts";
import { newlyKept } from "../../kube/written_context.ts";
import { keptLines } from "../integrations/kept_lines.ts";
import { printable } from "../printable.ts";

export interface KeptOutcomes {
  readonly outcomes: readonly (EntryOutcome | AppError)[];
  /** Of the kubeconfig. */
  readonly path: string;
}

/** Says which contexts have lost their alias and stay. */
export function tellKept(host: Needs<"terminal">, { outcomes, path }: KeptOutcomes): void {
  const kept = outcomes.flatMap((one) => one instanceof AppError ? [] : newlyKept(one.kept));
  for (const line of keptLines({ kept, path })) host.terminal.err(`${printable(line)}\n`);
}
