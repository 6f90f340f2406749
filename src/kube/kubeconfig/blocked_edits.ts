import type { Claim } from "./managed_contexts.ts";
import { contextNames } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import type { NamesInUse } from "./names_in_use.ts";

export interface StuckInput {
  readonly edits: readonly EntryEdit[];
  /** Of each edit, what it may give away. */
  readonly claims: readonly Claim[];
}

/**
 * The places of edits that want a context of another cluster which nobody gives away, of those that wait for one of
 * theirs, and so on.
 */
export function stuckEdits(names: NamesInUse, { edits, claims }: StuckInput): ReadonlySet<number> {
  const given = new Set(claims.flatMap((claim) => [...claim.keys()]));
  const waiting = new Map<string, number[]>();
  const stuck = new Set<number>();
  edits.forEach(({ facts }, at) => {
    for (const name of contextNames(facts)) {
      if (claims[at]!.has(name) || [undefined, "", facts.arn].includes(names.context(name)?.cluster)) continue;
      if (given.has(name)) waiting.set(name, [...waiting.get(name) ?? [], at]);
      else stuck.add(at);
    }
  });
  // What is added meanwhile comes up, too.
  for (const at of stuck) {
    for (const name of claims[at]!.keys()) waiting.get(name)?.forEach((other) => stuck.add(other));
  }
  return stuck;
}
