import { Splicer } from "../../formats/yaml/splice.ts";
import type { DesiredEntries } from "./desired_entries.ts";
import { parseResult, removeItems } from "./edit_entries.ts";
import { type Kubeconfig, parseKubeconfig } from "./kubeconfig.ts";
import { NamesInUse } from "./names_in_use.ts";
import { prove } from "./prove.ts";

export interface RemovalInput {
  readonly source: string;
  /** The contexts to take away. Their clusters and users go with them, unless another context still uses them. */
  readonly contexts: (names: NamesInUse, config: Kubeconfig) => readonly string[];
}

export interface Removed {
  readonly text: string;
  readonly contexts: readonly string[];
  readonly clusters: readonly string[];
  readonly users: readonly string[];
  /** The current context, where it is among those that go. */
  readonly currentContext?: string;
}

/**
 * A kubeconfig text without some contexts, and without the clusters and users that only these had; every other byte
 * stays, proved by parsing the result again. A current-context that is gone becomes empty, as kubectl has it. Throws
 * YamlError (place).
 */
export function removeEntries({ source, contexts: choose }: RemovalInput): Removed {
  const config = parseKubeconfig(source);
  const names = new NamesInUse(config);
  const contexts = choose(names, config).filter((name) => config.contexts.entries.has(name));
  if (contexts.length === 0) return { text: source, contexts, clusters: [], users: [] };
  const { clusters, users } = findOrphans(names, { config, contexts });
  const { currentContext } = config;
  const isCurrentGone = currentContext !== undefined && contexts.includes(currentContext);
  const desired: DesiredEntries = {
    entries: [],
    removed: { contexts: new Set(contexts), clusters: new Set(clusters), users: new Set(users) },
    currentContext: isCurrentGone ? "" : undefined,
  };
  const splicer = new Splicer(config.text);
  removeItems(splicer, { config, desired });
  if (isCurrentGone) splicer.root({ "current-context": "" });
  const text = splicer.apply();
  prove(config, { after: parseResult(config, text), desired });
  return { text, contexts, clusters, users, ...(isCurrentGone ? { currentContext } : {}) };
}

function findOrphans(
  names: NamesInUse,
  { config, contexts }: { readonly config: Kubeconfig; readonly contexts: readonly string[] },
) {
  const gone = contexts.map((name) => names.context(name)!);
  for (const name of contexts) names.release(name);
  const left = names.contexts();
  const only = (key: "cluster" | "user") => {
    const used = new Set(left.map((context) => context[key]));
    return [...new Set(gone.flatMap((context) => context[key] ?? []))].filter((name) => !used.has(name));
  };
  return {
    clusters: only("cluster").filter((name) => config.clusters.entries.has(name)),
    users: only("user").filter((name) => config.users.entries.has(name)),
  };
}
