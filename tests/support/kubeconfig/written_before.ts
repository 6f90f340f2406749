import { editEntries, type EntryOutcome } from "../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../../src/kube/kubeconfig/entry.ts";
import type { EntryEdit, RecordedContext } from "../../../src/kube/kubeconfig/entry_edit.ts";
import { devFacts } from "./entry_facts.ts";

/** A cluster by its name, in an account of its own where one is named. */
export function clusterFacts(
  name: string,
  { account = "123456789012", profile, ...more }: Partial<EntryFacts> & { readonly profile?: string } = {},
): EntryFacts {
  const arn = `arn:aws:eks:us-east-2:${account}:cluster/${name}`;
  const plugin = { clusterName: name, ...(profile === undefined ? {} : { profile }) };
  return devFacts({ name, arn, account, endpoint: `https://${name}.example.com`, plugin, ...more });
}

export function mergeOf(facts: EntryFacts, more: Partial<EntryEdit> = {}): EntryEdit {
  return { facts, update: "merge", switchContext: "if-none", ...more };
}

export interface Before {
  readonly text: string;
  /** Of each, what is remembered of it. */
  readonly recorded: readonly (readonly RecordedContext[])[];
}

/** A kubeconfig into which these have been written, and what a record knows of that. */
export function writtenBefore(...all: readonly EntryFacts[]): Before {
  const { text, outcomes } = editEntries({ source: "", edits: all.map((facts) => mergeOf(facts)) });
  return { text, recorded: outcomes.map(rememberedOf) };
}

/** As a record has it after the write. */
export function rememberedOf(outcome: EntryOutcome | Error): readonly RecordedContext[] {
  if (outcome instanceof Error) throw outcome;
  const { cluster, contexts, user, facts: { namespace, proxyUrl, tlsServerName } } = outcome.entry;
  const said = { namespace, proxyUrl, tlsServerName };
  return [
    ...contexts.map(({ name }) => ({ name, cluster: cluster.name, user: user.name, ...said })),
    ...outcome.retained.map((one) => ({ ...one, retained: true as const })),
  ];
}
