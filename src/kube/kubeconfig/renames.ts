import { findValue, listKeys } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import { parseClusterArn } from "./eks_contexts.ts";
import { type Entry, type EntryFacts, listContextNames } from "./entry.ts";
import type { RecordedContext } from "./entry_edit.ts";
import type { Kubeconfig, SectionName } from "./kubeconfig.ts";
import type { ManagedContexts, ManagedUsers } from "./managed_entries.ts";
import type { NamesInUse } from "./names_in_use.ts";

export interface ContextRenames {
  /** By their new names: they are renamed in place, with what a user has added. */
  readonly renamed: ReadonlyMap<string, string>;
  /** More than there are new names for. */
  readonly removed: readonly string[];
  /** More than there are new names for, but a user has added something. */
  readonly retained: readonly RecordedContext[];
}

interface PlanContextRenamesInput {
  readonly managed: ManagedContexts;
  readonly facts: EntryFacts;
  /** Names of contexts that some edit may give away. */
  readonly claimed: ReadonlySet<string>;
}

/** What becomes of managed contexts: those whose names are not requested any more get the new names, in order. */
export function planContextRenames(
  config: Kubeconfig,
  { managed, facts, claimed }: PlanContextRenamesInput,
): ContextRenames {
  const requested = listContextNames(facts);
  const older = [...managed.values()].filter(({ use }) => !requested.includes(use.name));
  const renamable = older.filter(({ recorded }) => !recorded.retained);
  const fresh = requested.filter((name) =>
    !managed.has(name) && (!config.contexts.entries.has(name) || claimed.has(name))
  );
  const renamed = new Map(fresh.slice(0, renamable.length).map((name, index) => [name, renamable[index]!.use.name]));
  const left = [...renamable.slice(fresh.length), ...older.filter(({ recorded }) => recorded.retained)];
  const retained = left.filter(({ recorded, use }) =>
    hasAdditions(config, { name: use.name, namespaces: [recorded.namespace, facts.namespace] })
  );
  const removed = left.filter((context) => !retained.includes(context)).map(({ use }) => use.name);
  return { renamed, removed, retained: retained.map(({ recorded }) => recorded) };
}

interface AdditionsInput {
  /** Of the context. */
  readonly name: string;
  /** Those that an edit has written, or will. */
  readonly namespaces: readonly (string | undefined)[];
}

/** Returns whether a context says something that was not written by an edit. */
export function hasAdditions(config: Kubeconfig, { name, namespaces }: AdditionsInput): boolean {
  const payload = config.contexts.entries.get(name)?.payload;
  const namespace = getText(findValue(payload, "namespace"));
  const isWritten = namespace !== undefined && namespaces.includes(namespace);
  return listKeys(payload).some((key) => key !== "cluster" && key !== "user" && (key !== "namespace" || !isWritten));
}

/** An edit with the names that it gives up and the entry that it makes. */
interface Renaming extends ManagedUsers {
  readonly managed: ManagedContexts;
  readonly renames: ContextRenames;
  readonly entry: Entry;
}

interface RenamedEntriesInput {
  readonly planned: readonly Renaming[];
  /** Of the file as it will be. */
  readonly names: NamesInUse;
}

/** The entries of a file whose names are given up: each becomes another one, with what a user has added, or is removed. */
export class RenamedEntries {
  readonly #config: Kubeconfig;
  readonly #released: Readonly<Record<SectionName, ReadonlySet<string>>>;
  /** Names in the file of entries that have become others. */
  readonly #used = noNames();
  /** The names that these have got. */
  readonly #made = noNames();

  constructor(config: Kubeconfig, { planned, names }: RenamedEntriesInput) {
    const isUnused = (user: string) => names.listUses(user).length === 0;
    this.#config = config;
    this.#released = {
      clusters: findReleasedClusters(config, { planned, names }),
      contexts: new Set(planned.flatMap(({ renames }) => [...renames.renamed.values(), ...renames.removed])),
      users: new Set(planned.flatMap(({ released, removable }) => [...released, ...removable.filter(isUnused)])),
    };
  }

  /**
   * The name in the file of the entry that this one is made of; undefined when it is added. `candidates` are names that it
   * may have had, the likeliest first.
   */
  findSource(
    section: SectionName,
    { name, candidates }: { readonly name: string; readonly candidates: readonly (string | undefined)[] },
  ): string | undefined {
    const [released, used, made] = [this.#released[section], this.#used[section], this.#made[section]];
    if (this.#config[section].entries.has(name) && !released.has(name)) return name;
    // Another edit may have asked for the same one.
    if (made.has(name)) return undefined;
    const found = candidates.find((old) => old !== undefined && released.has(old) && !used.has(old));
    if (found !== undefined) {
      used.add(found);
      made.add(name);
    }
    return found;
  }

  /** Those that have become nothing. */
  removed(): Readonly<Record<SectionName, ReadonlySet<string>>> {
    const unused = (section: SectionName) => this.#released[section].difference(this.#used[section]);
    return { clusters: unused("clusters"), contexts: unused("contexts"), users: unused("users") };
  }
}

function noNames(): Readonly<Record<SectionName, Set<string>>> {
  return { clusters: new Set(), contexts: new Set(), users: new Set() };
}

/** Clusters that only renamed contexts had, and that are named by their ARN, as an edit names them. */
function findReleasedClusters(config: Kubeconfig, { planned, names }: RenamedEntriesInput): ReadonlySet<string> {
  const older = planned.flatMap(({ managed, entry }) =>
    [...managed.values()].flatMap(({ use }) => use.cluster === entry.cluster.name ? [] : use.cluster ?? [])
  );
  if (older.length === 0) return new Set();
  const used = new Set(names.contexts().map(({ cluster }) => cluster));
  return new Set(
    older.filter((name) => !used.has(name) && parseClusterArn(name) !== undefined && config.clusters.entries.has(name)),
  );
}
