import { printable } from "../printable.ts";
import type { EditResult } from "../../kube/edit.ts";

/** One line for people, in the words of `aws eks update-kubeconfig`. */
export function outcomeText(result: EditResult & { readonly path: string }): string {
  const context = printable(result.entry.context.name);
  const path = printable(result.path);
  if (result.action === "unchanged") return `Unchanged context ${context} in ${path}`;
  if (result.action === "updated") return `Updated context ${context} in ${path}`;
  return `Added new context ${context} to ${path}`;
}

/** The result as data. `changed` says whether the file's bytes changed, or would have. */
export function outcomeJson(result: EditResult & { readonly path: string; readonly dryRun: boolean }): string {
  const { action, path, entry, dryRun } = result;
  const names = { context: entry.context.name, cluster: entry.cluster.name, user: entry.user.name };
  const outcome = { action, path, ...names, changed: action !== "unchanged", ...(dryRun ? { dryRun } : {}) };
  return `${JSON.stringify(outcome, null, 2)}\n`;
}
