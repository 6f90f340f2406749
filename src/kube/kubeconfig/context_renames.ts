import { valueOf } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";
import type { Claim, OwnContext } from "./managed_contexts.ts";
import { contextNames, type EntryFacts } from "./entry.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { WrittenContext } from "./recorded_context.ts";

export interface MovesInput {
  readonly claim: Claim;
  readonly facts: EntryFacts;
  /** Names of contexts that some edit may give away. */
  readonly claimed: ReadonlySet<string>;
}

export interface ContextMoves {
  /** By their new names: they are renamed where they stand, with all that a person has added. */
  readonly moved: ReadonlyMap<string, string>;
  /** More than there are new names for. */
  readonly gone: readonly string[];
  /** The same, but a person has added something. */
  readonly kept: readonly WrittenContext[];
}

/** What becomes of contexts that are an entry's own: those of a name that is not asked for any more move to a new one. */
export function contextMoves(config: Kubeconfig, { claim, facts, claimed }: MovesInput): ContextMoves {
  const wanted = contextNames(facts);
  const older = [...claim.values()].filter(({ use }) => !wanted.includes(use.name));
  const movable = older.filter(({ written }) => !written.kept);
  const fresh = wanted.filter((name) => !claim.has(name) && (!config.contexts.entries.has(name) || claimed.has(name)));
  const moved = new Map(fresh.slice(0, movable.length).map((name, at) => [name, movable[at]!.use.name]));
  const left = [...movable.slice(fresh.length), ...older.filter(({ written }) => written.kept)];
  const kept = left.filter((own) => saysMore(config, { own, facts }));
  const gone = left.filter((own) => !kept.includes(own)).map(({ use }) => use.name);
  return { moved, gone, kept: kept.map(({ written }) => written) };
}

/** Whether a context says something that we have not written. */
function saysMore(
  config: Kubeconfig,
  { own, facts }: { readonly own: OwnContext; readonly facts: EntryFacts },
): boolean {
  const payload = config.contexts.entries.get(own.use.name)?.payload;
  const keys = (payload?.items ?? []).filter((_, at) => at % 2 === 0).map(({ text }) => text);
  const namespace = textOf(valueOf(payload, "namespace"));
  const isOurs = namespace !== undefined && [own.written.namespace, facts.namespace].includes(namespace);
  return keys.some((key) => key !== "cluster" && key !== "user" && (key !== "namespace" || !isOurs));
}
