import { AppError } from "../../errors.ts";
import { readUserTarget } from "../exec/exec_target.ts";
import { claimNames, preserveCall, refuseTakenContext } from "./claim_names.ts";
import { type Entry, listContextNames } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { refuseForeignEntries } from "./foreign_entries.ts";
import { type Kubeconfig, PAYLOAD, SECTIONS } from "./kubeconfig.ts";
import {
  findManagedContexts,
  findManagedUsers,
  type ManagedContexts,
  type ManagedUsers,
  withoutShared,
  withWrittenContexts,
} from "./managed_entries.ts";
import { NamesInUse } from "./names_in_use.ts";
import { type ContextRenames, planContextRenames } from "./renames.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** An edit with what it manages in the file. */
interface Share extends ManagedUsers {
  readonly edit: EntryEdit;
  readonly managed: ManagedContexts;
  readonly renames: ContextRenames;
  /** Names that it gets only if no other context has them by then. */
  readonly contested: readonly string[];
}

export interface PlannedEdit extends Share {
  readonly entry: Entry;
}

export interface Plan {
  readonly planned: readonly (PlannedEdit | AppError)[];
  /** Of the file as it will be. */
  readonly names: NamesInUse;
}

/**
 * Which names each edit gets. All of them first give up the names that they no longer request, so that they may take each
 * other's; an edit that is refused retains what it has, which may refuse others. Beyond that, each knows the names that
 * those before it have taken.
 */
export function planEdits(config: Kubeconfig, given: readonly EntryEdit[]): Plan {
  const names = new NamesInUse(config);
  const edits = withoutShared(names, withWrittenContexts(names, given));
  const refused = refuseForeignEntries(config, edits);
  for (;;) {
    const plan = tryPlan(config, { edits, refused });
    const known = refused.size;
    plan.planned.forEach((one, index) => one instanceof AppError && refused.set(index, one));
    if (refused.size === known) return plan;
  }
}

/** The plan where the edits of these indexes are refused. */
function tryPlan(
  config: Kubeconfig,
  { edits, refused }: { readonly edits: readonly EntryEdit[]; readonly refused: ReadonlyMap<number, AppError> },
): Plan {
  const names = new NamesInUse(config);
  const all = findManagedContexts(names, edits);
  const without = (out: { has(index: number): boolean }) =>
    all.map((contexts, index): ManagedContexts => out.has(index) ? new Map() : contexts);
  const blocked = findBlockedEdits(names, { edits, managed: without(refused) });
  const out = new Set([...refused.keys(), ...blocked]);
  const shares = shareNames(config, {
    names,
    edits,
    managed: without(out),
    held: new Set([...out].flatMap((index) => [...all[index]!.keys()])),
    requested: new Set(edits.flatMap(({ facts }, index) => out.has(index) ? [] : listContextNames(facts))),
  });
  const planned = shares.map((share, index) => refused.get(index) ?? planEdit(config, { share, names }));
  return { planned, names };
}

interface FindBlockedEditsInput {
  readonly edits: readonly EntryEdit[];
  /** Of each edit, what it may give away. */
  readonly managed: readonly ManagedContexts[];
}

/**
 * The indexes of edits that request a context of another cluster which no edit gives away, of those that wait for one of
 * theirs, and so on.
 */
export function findBlockedEdits(names: NamesInUse, { edits, managed }: FindBlockedEditsInput): ReadonlySet<number> {
  const given = new Set(managed.flatMap((contexts) => [...contexts.keys()]));
  const waiting = new Map<string, number[]>();
  const blocked = new Set<number>();
  edits.forEach(({ facts }, index) => {
    for (const name of listContextNames(facts)) {
      if (managed[index]!.has(name) || [undefined, "", facts.arn].includes(names.context(name)?.cluster)) continue;
      if (given.has(name)) waiting.set(name, [...waiting.get(name) ?? [], index]);
      else blocked.add(index);
    }
  });
  // What is added meanwhile comes up, too.
  for (const index of blocked) {
    for (const name of managed[index]!.keys()) waiting.get(name)?.forEach((other) => blocked.add(other));
  }
  return blocked;
}

interface ShareNamesInput {
  readonly names: NamesInUse;
  readonly edits: readonly EntryEdit[];
  readonly managed: readonly ManagedContexts[];
  /** Contexts of edits that are refused. */
  readonly held: ReadonlySet<string>;
  /** Names that the others request. */
  readonly requested: ReadonlySet<string>;
}

function shareNames(config: Kubeconfig, { names, edits, managed, held, requested }: ShareNamesInput): readonly Share[] {
  const sharesIf = (claimed: ReadonlySet<string>) =>
    managed.map((contexts, index) => {
      const { facts, elsewhere } = edits[index]!;
      return {
        managed: contexts,
        facts,
        elsewhere,
        renames: planContextRenames(config, { managed: contexts, facts, claimed }),
      };
    });
  const claimed = new Set(managed.flatMap((contexts) => [...contexts.keys()]));
  const retained = new Set(sharesIf(claimed).flatMap(({ renames }) => renames.retained.map(({ name }) => name)));
  const shares = sharesIf(claimed.difference(retained));
  for (const { managed, facts, renames } of shares) {
    [...renames.renamed.values(), ...renames.removed].forEach((name) => names.release(name));
    listContextNames(facts).filter((name) => managed.has(name))
      .forEach((name) => names.reserve({ name, cluster: facts.arn }));
    // What is retained may be given to another identity of the cluster, and to no other entry.
    renames.retained.filter(({ name }) => requested.has(name))
      .forEach(({ name }) => names.reserve({ name, cluster: managed.get(name)!.use.cluster }));
  }
  const users = findManagedUsers(names, shares);
  users.forEach(({ released }) => released.forEach((user) => names.releaseUser(user)));
  return shares.map(({ managed, facts, renames }, index) => {
    const contested = [...renames.renamed.keys(), ...listContextNames(facts).filter((name) => held.has(name))];
    return { edit: edits[index]!, managed, renames, contested, ...users[index]! };
  });
}

function planEdit(
  config: Kubeconfig,
  { share, names }: { readonly share: Share; readonly names: NamesInUse },
): PlannedEdit | AppError {
  const { edit, contested, users, exclusive, released } = share;
  try {
    const claimed = claimNames(names, { edit, users, exclusive });
    contested.forEach((name) => refuseTakenContext(names, name));
    const renamed = config.users.entries.get(released[0] ?? "")?.payload;
    const entry = preserveCall(names.user(claimed.user.name) ?? readUserTarget(renamed), claimed);
    if (edit.update === "error") refuseExisting(config, { entry, edit });
    names.claim(entry);
    return { ...share, entry };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/**
 * Refuses (AppError "kubeconfig-merge") an entry one of whose names is in the file already, except for what was written
 * for this very entry.
 */
function refuseExisting(
  config: Kubeconfig,
  { entry, edit }: { readonly entry: Entry; readonly edit: EntryEdit },
): void {
  const named = { clusters: [entry.cluster], contexts: entry.contexts, users: [entry.user] };
  const [managed] = findManagedContexts(new NamesInUse(config), [{ ...edit, foreign: [] }]);
  const uses = [...managed!.values()].flatMap(({ use, recorded }) => recorded.hasOtherIdentity ? [] : [use]);
  const written = {
    clusters: uses.map(({ cluster }) => cluster),
    contexts: uses.map(({ name }) => name),
    users: uses.map(({ user }) => user),
  };
  for (const section of SECTIONS) {
    const taken = named[section].find(({ name }) =>
      config[section].entries.has(name) && !written[section].includes(name)
    );
    if (taken === undefined) continue;
    const what = PAYLOAD[section];
    throw new AppError("kubeconfig-merge", `Cannot add ${what} "${taken.name}": it already exists`, {
      hint: remedy`Use ${nameSetting("update", "merge")} to change it in place`,
      facts: { [what]: taken.name },
    });
  }
}
