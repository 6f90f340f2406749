import { editEntries, type EntryOutcome } from "../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryEdit } from "../../../src/kube/kubeconfig/entry_edit.ts";

export interface OneEdit extends EntryEdit {
  readonly source: string;
}

export interface OneResult extends EntryOutcome {
  readonly text: string;
}

/** A kubeconfig text with one entry in it; throws what refuses the entry or the text. */
export function editOne({ source, ...edit }: OneEdit): OneResult {
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  if (outcome instanceof Error) throw outcome;
  return { text, ...outcome! };
}
