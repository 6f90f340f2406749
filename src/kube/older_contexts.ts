import { valueOf } from "../formats/yaml_node.ts";
import { textOf } from "../formats/yaml_value.ts";
import type { Entry } from "./entry.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { NamesInUse } from "./names_in_use.ts";

export interface OlderInput {
  readonly entry: Entry;
  readonly names: NamesInUse;
  /** Contexts that were written for the entry once. */
  readonly former: readonly string[];
}

export interface OlderContexts {
  /** By their new names: they are renamed where they stand, with all that a person has added. */
  readonly moved: ReadonlyMap<string, string>;
  /** More than there are new names for. */
  readonly gone: readonly string[];
}

/**
 * What becomes of contexts that were ours under an older alias, and still join the entry's cluster with its user. One
 * that has no new name and says something that we would not write stays: a person has added that.
 */
export function olderContexts(config: Kubeconfig, { entry, names, former }: OlderInput): OlderContexts {
  const own = new Set(entry.contexts.map(({ name }) => name));
  const older = [...new Set(former)].filter((name) => {
    const use = names.context(name);
    return !own.has(name) && use?.cluster === entry.cluster.name && use.user === entry.user.name;
  });
  const fresh = entry.contexts.filter(({ name }) => names.context(name) === undefined);
  const moved = new Map(fresh.slice(0, older.length).map(({ name }, at) => [name, older[at]!]));
  const gone = older.slice(fresh.length).filter((name) => saysNothingElse(config, { entry, name }));
  return { moved, gone };
}

function saysNothingElse(
  config: Kubeconfig,
  { entry, name }: { readonly entry: Entry; readonly name: string },
): boolean {
  const payload = config.contexts.entries.get(name)?.payload;
  if (payload === undefined) return false;
  const keys = payload.items.filter((_, at) => at % 2 === 0).map(({ text }) => text);
  return keys.every((key) => textOf(valueOf(payload, key)) === entry.context.payload[key]);
}
