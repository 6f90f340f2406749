import type { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import type { EntryOutcome } from "../../../kube/kubeconfig/edit_entries.ts";
import { listNewlyRetained } from "../../../kube/kubeconfig/entry_edit.ts";
import { renderRetained } from "../../provision/retained_contexts.ts";
import type { KubectlReport } from "../../provision/kubectl_report.ts";
import { printable } from "../../output/text.ts";

/** What became of an entry, or would. */
export type EntryResult = EntryOutcome & {
  readonly path: string;
  /** Where the old file is kept that the entry's has replaced. */
  readonly backup?: string | undefined;
  /** What kubectl makes of it; undefined where nothing has asked. */
  readonly kubectl?: KubectlReport | undefined;
  readonly dryRun: boolean;
};

export type Results = readonly (EntryResult | AppError)[];

/** The results of entries, in order, where `work` takes those of one file together. */
export async function forEachFile(
  entries: readonly ClusterEntry[],
  work: (group: readonly ClusterEntry[]) => Results | Promise<Results>,
): Promise<Results> {
  const results = new Map<ClusterEntry, Results[number]>();
  for (const group of Map.groupBy(entries, ({ place }) => place.path).values()) {
    const done = await work(group);
    group.forEach((entry, index) => results.set(entry, done[index]!));
  }
  return entries.map((entry) => results.get(entry)!);
}

/** One line for the user, in the words of `aws eks update-kubeconfig`. */
export function outcomeText(result: EntryResult): string {
  const context = printable(result.entry.contexts.map(({ name }) => name).join(", "));
  const path = printable(result.path);
  if (result.action === "unchanged") return `Unchanged context ${context} in ${path}`;
  if (result.action === "updated") return `Updated context ${context} in ${path}`;
  return `Added new context ${context} to ${path}`;
}

/**
 * A line for each context that stays though its alias is gone, that has not been reported before, and for credentials
 * beside the plugin.
 */
export function renderKeptNote(
  { retained, path, otherCredentials }: Pick<EntryResult, "retained" | "path" | "otherCredentials">,
): string {
  const credentials = otherCredentials === undefined ? {} : { otherCredentials };
  return renderRetained({ kept: listNewlyRetained(retained), path, ...credentials }).map((line) => `${line}\n`).join(
    "",
  );
}

/** The result as data. `changed` says whether the file's bytes changed, or would have. */
export function outcomeData(result: EntryResult) {
  const { action, path, entry, backup, kubectl, otherCredentials, dryRun } = result;
  const names = { context: entry.context.name, cluster: entry.cluster.name, user: entry.user.name };
  const more = entry.contexts.length > 1 ? { contexts: entry.contexts.map(({ name }) => name) } : {};
  const kept = listNewlyRetained(result.retained);
  return {
    ...{ action, path, ...names, ...more },
    ...(kept.length > 0 ? { kept } : {}),
    ...(backup === undefined ? {} : { backup }),
    ...(otherCredentials === undefined ? {} : { otherCredentials }),
    changed: action !== "unchanged",
    ...(kubectl === undefined ? {} : { kubectl }),
    ...(dryRun ? { dryRun } : {}),
  };
}
