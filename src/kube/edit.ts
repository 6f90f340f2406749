import { editEntries, type EntryOutcome } from "./edit_entries.ts";
import type { EntryEdit } from "./entry_edit.ts";

export interface EditInput extends EntryEdit {
  readonly source: string;
}

export interface EditResult extends EntryOutcome {
  readonly text: string;
}

/**
 * A kubeconfig text with our entry in it; every byte outside the entry stays, proved by parsing the result again.
 * Throws YamlError (place) for a text that is no kubeconfig and AppError "kubeconfig-merge" for a conflict of names.
 */
export function editKubeconfig({ source, ...edit }: EditInput): EditResult {
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  if (outcome instanceof Error) throw outcome;
  return { text, ...outcome! };
}
