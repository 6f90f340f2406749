import { readExecTarget } from "../exec/exec_target.ts";
import { listContextNames } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { findManagedContexts, type ManagedContexts } from "./managed_entries.ts";
import { NamesInUse } from "./names_in_use.ts";

/** Returns the edits with the commands that their entries have in the file, where nothing requests another one. */
export function keepCommands(config: Kubeconfig, edits: readonly EntryEdit[]): readonly EntryEdit[] {
  if (edits.every(({ facts }) => facts.otherExec === undefined)) return edits;
  const names = new NamesInUse(config);
  const managed = findManagedContexts(names, edits);
  return edits.map((edit, index) => keepCommand(names, { edit, managed: managed[index]! }));
}

/**
 * That of a context of its name for its cluster, else that of the context whose place it takes; none that was written
 * because it was requested, and is not requested any more.
 */
function keepCommand(
  names: NamesInUse,
  { edit, managed }: { readonly edit: EntryEdit; readonly managed: ManagedContexts },
): EntryEdit {
  const { facts } = edit;
  if (facts.otherExec === undefined) return edit;
  const named = listContextNames(facts).map((name) => names.context(name)).filter((use) => use?.cluster === facts.arn);
  const uses = [...named, ...[...managed.values()].map(({ use }) => use)];
  const known = uses.map((use) => ({
    plugin: names.user(use?.user ?? "")?.plugin,
    requested: managed.get(use?.name ?? "")?.recorded.execCommand,
  })).find(({ plugin }) => plugin !== undefined);
  const isOther = known?.plugin === readExecTarget(facts.otherExec).plugin && known?.requested !== known?.plugin;
  return isOther ? { ...edit, facts: { ...facts, exec: facts.otherExec } } : edit;
}
