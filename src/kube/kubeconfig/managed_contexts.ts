import type { EntryEdit } from "./entry_edit.ts";
import type { ContextUse, NamesInUse } from "./names_in_use.ts";
import type { WrittenContext } from "./recorded_context.ts";

/** A context that is there as it was written once. */
export interface OwnContext {
  readonly written: WrittenContext;
  readonly use: ContextUse;
}

/** Contexts that were written for an edit's integration and still are as they were then, by name. */
export type Claim = ReadonlyMap<string, OwnContext>;

/** What each edit finds of its own in the file; none is two edits'. */
export function claimsOf(names: NamesInUse, edits: readonly EntryEdit[]): readonly Claim[] {
  const claimed = new Set<string>();
  return edits.map(({ former = [] }) => {
    const own = new Map<string, OwnContext>();
    for (const written of former) {
      const use = names.context(written.name);
      if (use === undefined || claimed.has(use.name) || !isAsWritten(use, written)) continue;
      claimed.add(use.name);
      own.set(use.name, { written, use });
    }
    return own;
  });
}

function isAsWritten(use: ContextUse, { cluster, user }: WrittenContext): boolean {
  return use.cluster === cluster && use.user === user;
}
