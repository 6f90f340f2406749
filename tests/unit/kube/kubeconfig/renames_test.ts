import { deepEqual, equal, ok } from "node:assert/strict";
import { editEntries, type EntryOutcome } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { listNewlyRetained, type RecordedContext } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { clusterFacts, mergeOf, rememberedOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

interface Now {
  readonly text: string;
  readonly recorded: readonly RecordedContext[];
}

/** Aliases by now, with what the outcome says and what is remembered then. */
function now({ text: source, recorded }: Now, aliases: readonly string[], more: Partial<EntryFacts> = {}) {
  const [alias, ...moreAliases] = aliases;
  const edit = mergeOf(clusterFacts("c", { alias: alias!, moreAliases, ...more }), { recorded });
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  return { text, outcome: outcome as EntryOutcome, recorded: rememberedOf(outcome!), contexts: contextsOf(text) };
}

function contextsOf(text: string): readonly string[] {
  return [...parseKubeconfig(text).contexts.entries.keys()];
}

function first(...aliases: readonly string[]): Now {
  const [alias, ...moreAliases] = aliases;
  const { text, recorded } = writtenBefore(clusterFacts("c", { alias: alias!, moreAliases }));
  return { text, recorded: recorded[0]! };
}

function adding(one: Now, name: string): Now {
  return {
    ...one,
    text: one.text.replace(`- name: ${name}\n  context:\n`, `- name: ${name}\n  context:\n    namespace: web\n`),
  };
}

Deno.test("contexts of dropped aliases are removed, except one that a user has added something to: it is reported once, and recorded", () => {
  const dropped = now(adding(first("a1", "a2", "a3"), "a1"), ["a3"]);
  deepEqual(dropped.contexts, ["a1", "a3"]);
  deepEqual(listNewlyRetained(dropped.outcome.retained), ["a1"]);
  deepEqual(dropped.recorded.map(({ name, retained }) => [name, retained]), [["a3", undefined], ["a1", true]]);
  const again = now(dropped, ["a3"]);
  equal(again.text, dropped.text);
  equal(again.outcome.action, "unchanged");
  deepEqual([again.outcome.retained.map(({ name }) => name), listNewlyRetained(again.outcome.retained)], [["a1"], []]);
  deepEqual(again.recorded, dropped.recorded);
});

Deno.test("a retained context does not become a new alias; it is removed with what was added to it, or is an alias again", () => {
  const retained = now(adding(first("a1", "a2"), "a1"), ["a2"]);
  deepEqual(now(retained, ["a2", "new"]).contexts, ["a1", "a2", "new"]);
  deepEqual(now({ ...retained, text: retained.text.replace("    namespace: web\n", "") }, ["a2"]).contexts, ["a2"]);
  const back = now(retained, ["a1", "a2"]);
  equal(back.text, retained.text);
  deepEqual(back.recorded.map(({ name, retained }) => [name, retained]), [["a1", undefined], ["a2", undefined]]);
});

Deno.test("the current context is the new name of its own, and the first where it is gone", () => {
  const one = first("a", "b");
  const at = (name: string) => ({
    ...one,
    text: one.text.replace("current-context: a\n", `current-context: ${name}\n`),
  });
  const current = (text: string) => parseKubeconfig(text).currentContext;
  equal(current(now(at("b"), ["a", "c"]).text), "c");
  equal(current(now(at("b"), ["a"]).text), "a");
  equal(current(now(at("a"), ["b", "a"]).text), "a", "the order of aliases is none of it");
});

Deno.test("a context of a dropped alias that a user has pointed elsewhere is foreign, and no longer recorded", () => {
  const one = first("a", "b");
  const theirs = {
    ...one,
    text: one.text.replace("- name: b\n  context:\n    cluster: ", "- name: b\n  context:\n    cluster: x"),
  };
  const after = now(theirs, ["a"]);
  deepEqual(after.contexts, ["a", "b"]);
  ok(after.recorded.every(({ name }) => name !== "b"));
});
