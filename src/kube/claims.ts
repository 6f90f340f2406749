import { clusterInArn } from "./eks_entries.ts";
import { contextNames, type EntryFacts } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { targetOf } from "./exec_target.ts";
import type { ContextUse, NamesInUse } from "./names_in_use.ts";
import { isSameTarget } from "./owner.ts";
import type { WrittenContext } from "./written_context.ts";

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
  return edits.map(({ former = [], facts }) => {
    const own = new Map<string, OwnContext>();
    for (const written of former) {
      const use = names.context(written.name);
      if (use === undefined || claimed.has(use.name) || !isAsWritten(names, { written, use, facts })) continue;
      claimed.add(use.name);
      own.set(use.name, { written, use });
    }
    return own;
  });
}

/**
 * Where it was not remembered what a context joined, its user tells: one that makes our tokens, for its cluster. Of
 * another cluster only a name that is still asked for counts.
 */
function isAsWritten(names: NamesInUse, { written, use, facts }: OwnContext & { readonly facts: EntryFacts }): boolean {
  if (written.cluster !== undefined) return use.cluster === written.cluster && use.user === written.user;
  const target = names.user(use.user ?? "");
  if (target === undefined) return false;
  if (use.cluster === facts.arn) return isSameTarget(target, targetOf(facts.exec));
  const elsewhere = contextNames(facts).includes(use.name) ? clusterInArn(use.cluster ?? "") : undefined;
  return elsewhere !== undefined && isSameTarget(target, { ...targetOf(facts.exec), ...elsewhere });
}
