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
  /** Contexts that go: renamed to a new one of the entry, or taken away. */
  readonly older: readonly string[];
}

export interface Plan {
  readonly planned: readonly (PlannedEdit | AppError)[];
  readonly wanted: Wanted;
}

/** What a file must say after several edits; each knows the names that those before it have taken. */
export function planEdits(config: Kubeconfig, edits: readonly EntryEdit[]): Plan {
  const names = new NamesInUse(config);
  let current = config.currentContext;
  const removed = new Set<string>();
  const planned = edits.map((edit) => {
    const one = plannedEdit(config, { edit, names });
    if (one instanceof AppError) return one;
    one.older.forEach((name) => removed.add(name));
    if (current !== undefined && one.older.includes(current)) current = one.entry.context.name;
    if (switches(edit, current)) current = one.entry.context.name;
    return one;
  });
  const entries = joinedEntries(planned.flatMap((one) => one instanceof AppError ? [] : one.wanted));
  const moved = new Set(entries.flatMap(({ from }) => from ?? []));
  const gone = new Set([...removed].filter((name) => !moved.has(name)));
  return { planned, wanted: { entries, removed: { ...NOTHING_REMOVED, contexts: gone }, currentContext: current } };
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
    const older = edit.configured === undefined
      ? []
      : olderContexts(config, { entry, names, configured: edit.configured });
    older.forEach((name) => names.leave(name));
    names.take(entry);
    return { entry, older, wanted: wantedEntries(entry, movesOf(config, { entry, older })) };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Older contexts become new ones where they stand, as far as there are new ones. */
function movesOf(config: Kubeconfig, { entry, older }: { entry: Entry; older: readonly string[] }) {
  const fresh = entry.contexts.filter(({ name }) => !config.contexts.entries.has(name));
  return new Map(fresh.slice(0, older.length).map(({ name }, at) => [name, older[at]!]));
}
