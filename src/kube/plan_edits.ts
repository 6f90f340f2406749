import { AppError } from "../errors.ts";
import type { Entry } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { withKeptOutput } from "./kept_output.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { NamesInUse } from "./names_in_use.ts";
import { olderContexts } from "./older_contexts.ts";
import { ownedEntry } from "./owner.ts";
import { refuseExisting } from "./refuse_existing.ts";
import { joinedEntries, NOTHING_REMOVED, type Wanted, wantedEntries, type WantedEntry } from "./wanted.ts";

export interface PlannedEdit {
  readonly entry: Entry;
  readonly wanted: readonly WantedEntry[];
  /** Contexts that have another name afterwards. */
  readonly renamed: readonly string[];
  /** Contexts that are taken away. */
  readonly gone: readonly string[];
}

export interface Plan {
  readonly planned: readonly (PlannedEdit | AppError)[];
  readonly wanted: Wanted;
}

/** What a file must say after several edits; each knows the names that those before it have taken. */
export function planEdits(config: Kubeconfig, edits: readonly EntryEdit[]): Plan {
  const names = new NamesInUse(config);
  let current = config.currentContext;
  const planned = edits.map((edit) => {
    const one = plannedEdit(config, { edit, names });
    if (one instanceof AppError) return one;
    const isMoved = current !== undefined && [...one.renamed, ...one.gone].includes(current);
    if (isMoved || switches(edit, current)) current = one.entry.context.name;
    return one;
  });
  const sound = planned.flatMap((one) => one instanceof AppError ? [] : [one]);
  const entries = joinedEntries(sound.flatMap(({ wanted }) => wanted));
  const contexts = new Set(sound.flatMap(({ gone }) => gone));
  return { planned, wanted: { entries, removed: { ...NOTHING_REMOVED, contexts }, currentContext: current } };
}

function switches({ switchContext }: EntryEdit, current: string | undefined): boolean {
  return switchContext === "always" || (switchContext === "if-none" && current === undefined);
}

interface Planning {
  readonly edit: EntryEdit;
  readonly names: NamesInUse;
}

function plannedEdit(config: Kubeconfig, { edit, names }: Planning): PlannedEdit | AppError {
  try {
    const entry = withKeptOutput(names, ownedEntry(names, edit.facts));
    if (edit.update === "error") refuseExisting(config, entry);
    const { moved, gone } = olderContexts(config, { entry, names, former: edit.former ?? [] });
    const renamed = [...moved.values()];
    [...renamed, ...gone].forEach((name) => names.leave(name));
    names.take(entry);
    return { entry, renamed, gone, wanted: wantedEntries(entry, moved) };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
