import { clusterInArn } from "./eks_contexts.ts";
import { type Kubeconfig, type SectionName } from "./kubeconfig.ts";
import type { NamesInUse } from "./names_in_use.ts";
import type { PlannedEdit } from "./plan_edits.ts";

export interface FormerInput {
  readonly planned: readonly PlannedEdit[];
  /** Of the file as it will be. */
  readonly names: NamesInUse;
}

export interface Renamed {
  readonly section: SectionName;
  readonly name: string;
  /** Names that it may have had, the likeliest first. */
  readonly former: readonly (string | undefined)[];
}

/** The entries of a file whose names are given up: each becomes another one, with what a person has added, or is removed. */
export class FormerNodes {
  readonly #config: Kubeconfig;
  readonly #left: Readonly<Record<SectionName, ReadonlySet<string>>>;
  readonly #used = noNames();
  /** Names that an entry of the file has by now. */
  readonly #made = noNames();

  constructor(config: Kubeconfig, { planned, names }: FormerInput) {
    this.#config = config;
    this.#left = {
      clusters: leftClusters(config, { planned, names }),
      contexts: new Set(planned.flatMap(({ moves }) => [...moves.moved.values(), ...moves.gone])),
      users: new Set(planned.flatMap(({ left, ours }) => [...left, ...ours.filter((user) => isUnused(names, user))])),
    };
  }

  /** The name of the entry that this one is made of; undefined when it is a new one. */
  from({ section, name, former }: Renamed): string | undefined {
    const [left, used, made] = [this.#left[section], this.#used[section], this.#made[section]];
    if (this.#config[section].entries.has(name) && !left.has(name)) return name;
    // Another edit may have said so of the same one.
    const found = made.has(name)
      ? undefined
      : former.find((old) => old !== undefined && left.has(old) && !used.has(old));
    if (found !== undefined) {
      used.add(found);
      made.add(name);
    }
    return found;
  }

  /** Those that have become nothing. */
  removed(): Readonly<Record<SectionName, ReadonlySet<string>>> {
    const of = (section: SectionName) =>
      new Set([...this.#left[section]].filter((name) => !this.#used[section].has(name)));
    return { clusters: of("clusters"), contexts: of("contexts"), users: of("users") };
  }
}

function noNames(): Readonly<Record<SectionName, Set<string>>> {
  return { clusters: new Set(), contexts: new Set(), users: new Set() };
}

function isUnused(names: NamesInUse, user: string): boolean {
  return names.usesOf(user).length === 0;
}

/** Clusters that only moved contexts had. Ours are named by their ARN. */
function leftClusters(config: Kubeconfig, { planned, names }: FormerInput): ReadonlySet<string> {
  const former = planned.flatMap(({ claim, entry }) =>
    [...claim.values()].flatMap(({ use }) => use.cluster === entry.cluster.name ? [] : use.cluster ?? [])
  );
  if (former.length === 0) return new Set();
  const used = new Set(names.contexts().map(({ cluster }) => cluster));
  return new Set(
    former.filter((name) => !used.has(name) && clusterInArn(name) !== undefined && config.clusters.entries.has(name)),
  );
}
