import { valueOf } from "../formats/yaml_node.ts";
import { textOf } from "../formats/yaml_value.ts";
import type { Entry } from "./entry.ts";
import { targetOf } from "./exec_target.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { NamesInUse } from "./names_in_use.ts";
import { isSameTarget } from "./owner.ts";

export interface OlderInput {
  readonly entry: Entry;
  readonly names: NamesInUse;
  /** Contexts that atmos.yaml gives to somebody. */
  readonly configured: ReadonlySet<string>;
}

/**
 * Contexts that were ours under an older alias: they join the entry's cluster with its user, say nothing that we would
 * not write, and nothing in atmos.yaml names them any more. One with a field that a person added is not among them.
 */
export function olderContexts(config: Kubeconfig, { entry, names, configured }: OlderInput): readonly string[] {
  const user = names.user(entry.user.name);
  if (user === undefined || !isSameTarget(user, targetOf(entry.facts.exec))) return [];
  const own = new Set(entry.contexts.map(({ name }) => name));
  return names.usesOf(entry.user.name)
    .filter(({ name, cluster }) => cluster === entry.cluster.name && !own.has(name) && !configured.has(name))
    .map(({ name }) => name)
    .filter((name) => saysNothingElse(config, { entry, name }));
}

function saysNothingElse(config: Kubeconfig, { entry, name }: { readonly entry: Entry; readonly name: string }): boolean {
  const payload = config.contexts.entries.get(name)?.payload;
  if (payload === undefined) return false;
  const keys = payload.items.filter((_, at) => at % 2 === 0).map(({ text }) => text);
  return keys.every((key) => textOf(valueOf(payload, key)) === entry.context.payload[key]);
}
