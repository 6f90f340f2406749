import { isSameTarget, readExecTarget } from "../exec/exec_target.ts";
import { isUserName } from "./claim_names.ts";
import { isForCluster } from "./eks_contexts.ts";
import type { EntryFacts } from "./entry.ts";
import type { EntryEdit, NamesElsewhere, RecordedContext } from "./entry_edit.ts";
import { type ContextUse, isManaged, type NamesInUse } from "./names_in_use.ts";

/** A context of the file with what was recorded for it: `isManaged`. */
export interface ManagedContext {
  readonly recorded: RecordedContext;
  readonly use: ContextUse;
}

/** The managed contexts of an edit's integration, by name. */
export type ManagedContexts = ReadonlyMap<string, ManagedContext>;

/**
 * The managed contexts that each edit finds in the file; none belongs to two edits, nor to others as well.
 */
export function findManagedContexts(names: NamesInUse, edits: readonly EntryEdit[]): readonly ManagedContexts[] {
  const claimed = new Set<string>();
  const isShared = findShared(names, edits);
  return edits.map(({ recorded: contexts = [], foreign }) => {
    const managed = new Map<string, ManagedContext>();
    for (const recorded of contexts) {
      const use = names.context(recorded.name);
      if (use === undefined || claimed.has(use.name) || !isManaged(use, recorded) || isShared(foreign, use)) continue;
      claimed.add(use.name);
      managed.set(use.name, { recorded, use });
    }
    return managed;
  });
}

/** Returns a lookup of whether a context is, as the file has it, on record for others of an edit. */
function findShared(
  names: NamesInUse,
  edits: readonly EntryEdit[],
): (foreign: EntryEdit["foreign"], use: ContextUse) => boolean {
  const lists = new Set(edits.map(({ foreign }) => foreign));
  const known = new Map([...lists].map((foreign = []) => [foreign, listAsWritten(names, foreign)]));
  const shared = new Map([...known].map(([foreign, found]) => [foreign, new Set(found.map(({ name }) => name))]));
  return (foreign, { name }) => foreign !== undefined && shared.get(foreign)!.has(name);
}

function listAsWritten(names: NamesInUse, recorded: readonly RecordedContext[]): readonly RecordedContext[] {
  return recorded.filter((one) => {
    const use = names.context(one.name);
    return use !== undefined && isManaged(use, one);
  });
}

/** Returns the edits with only those of their configuration's contexts that the file has as they were written. */
export function withWrittenContexts(names: NamesInUse, edits: readonly EntryEdit[]): readonly EntryEdit[] {
  // Those of one configuration are the same list.
  const lists = [...new Set(edits.flatMap(({ written }) => written === undefined ? [] : [written]))];
  const known = new Map(lists.map((written) => [written, listAsWritten(names, written)]));
  return edits.map((edit) => edit.written === undefined ? edit : { ...edit, written: known.get(edit.written)! });
}

/** Returns the edits without right to change those contexts that are on record for others as well. */
export function withoutShared(names: NamesInUse, edits: readonly EntryEdit[]): readonly EntryEdit[] {
  const isShared = findShared(names, edits);
  return edits.map((edit) => {
    const { editable, foreign } = edit;
    if (editable === undefined) return edit;
    return { ...edit, editable: editable.filter((one) => !isShared(foreign, one)) };
  });
}

interface ManagedEntry {
  readonly managed: ManagedContexts;
  readonly facts: EntryFacts;
  readonly elsewhere: NamesElsewhere | undefined;
}

export interface ManagedUsers {
  /** Users of the entry's managed contexts. */
  readonly users: ReadonlySet<string>;
  /** Those of them that no other context uses. */
  readonly exclusive: ReadonlySet<string>;
  /** Those of them whose plugin is still one that we write: they may be renamed or removed. */
  readonly removable: readonly string[];
  /** Those of them that no entry can be called any more. */
  readonly released: readonly string[];
}

/** The users of managed contexts, once these no longer use them. */
export function findManagedUsers(names: NamesInUse, entries: readonly ManagedEntry[]): readonly ManagedUsers[] {
  const users = entries.map(({ managed }) => new Set([...managed.values()].flatMap(({ use }) => use.user ?? [])));
  const exclusive = users.map((all, index) =>
    new Set(
      [...all].filter((user) => isUnused(names, user) && !isUsedElsewhere(names, { user, entry: entries[index]! })),
    )
  );
  const nameable = new Set(
    entries.flatMap(({ facts }, index) => [...exclusive[index]!].filter((user) => isUserName(facts, user))),
  );
  return entries.map((entry, index) => {
    const removable = [...exclusive[index]!].filter((user) => hasOurPlugin(names, { user, entry }));
    const released = removable.filter((user) => !nameable.has(user));
    return { users: users[index]!, exclusive: exclusive[index]!, removable, released };
  });
}

function isUnused(names: NamesInUse, user: string): boolean {
  return names.user(user) !== undefined && names.listUses(user).length === 0;
}

/** Whether contexts of other files would lose a user or get other tokens. Where it stays as it is, these are not read. */
function isUsedElsewhere(
  names: NamesInUse,
  { user, entry: { facts, elsewhere } }: { readonly user: string; readonly entry: ManagedEntry },
): boolean {
  if (elsewhere === undefined) return false;
  const stays = isUserName(facts, user) && isSameTarget(names.user(user)!, readExecTarget(facts.exec));
  return !stays && elsewhere.findUse(user) !== undefined;
}

function hasOurPlugin(
  names: NamesInUse,
  { user, entry: { managed, facts } }: { readonly user: string; readonly entry: ManagedEntry },
): boolean {
  const target = names.user(user)!;
  const clusters = [...managed.values()].flatMap(({ use }) => use.user === user ? use.cluster ?? [] : []);
  return isSameTarget(target, readExecTarget(facts.exec)) || clusters.some((arn) => isForCluster(target, arn));
}
