import { printable } from "../../output/text.ts";
import type { EntryOutcome } from "../../../kube/edit_entries.ts";
import { newlyKept } from "../../../kube/written_context.ts";
import { keptLines } from "../../provision/outcome_lines.ts";

/** One line for people, in the words of `aws eks update-kubeconfig`. */
export function outcomeText(result: EntryOutcome & { readonly path: string }): string {
  const context = printable(result.entry.contexts.map(({ name }) => name).join(", "));
  const path = printable(result.path);
  if (result.action === "unchanged") return `Unchanged context ${context} in ${path}`;
  if (result.action === "updated") return `Updated context ${context} in ${path}`;
  return `Added new context ${context} to ${path}`;
}

/** A line for each context that stays though its alias is gone, where nobody was told before. */
export function keptText({ kept, path }: Pick<DataInput, "kept" | "path">): string {
  return keptLines({ kept: newlyKept(kept), path }).map((line) => `${line}\n`).join("");
}

/** The result as data. `changed` says whether the file's bytes changed, or would have. */
export function outcomeJson(result: DataInput): string {
  return `${JSON.stringify(outcomeData(result), null, 2)}\n`;
}

export type DataInput = EntryOutcome & { readonly path: string; readonly dryRun: boolean };

export function outcomeData(result: DataInput) {
  const { action, path, entry, dryRun } = result;
  const names = { context: entry.context.name, cluster: entry.cluster.name, user: entry.user.name };
  const more = entry.contexts.length > 1 ? { contexts: entry.contexts.map(({ name }) => name) } : {};
  const kept = newlyKept(result.kept);
  return {
    ...{ action, path, ...names, ...more },
    ...(kept.length > 0 ? { kept } : {}),
    changed: action !== "unchanged",
    ...(dryRun ? { dryRun } : {}),
  };
}
