import { deepEqual, equal, ok } from "node:assert/strict";
import { editEntries, type EntryOutcome } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { newlyKept } from "../../../../src/kube/kubeconfig/recorded_context.ts";
import type { WrittenContext } from "../../../../src/kube/kubeconfig/recorded_context.ts";
import { clusterFacts, mergeOf, rememberedOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

interface Now {
  readonly text: string;
  readonly former: readonly WrittenContext[];
}

/** Aliases by now, with what the outcome says and what is remembered then. */
function now({ text: source, former }: Now, aliases: readonly string[], more: Partial<EntryFacts> = {}) {
  const [alias, ...moreAliases] = aliases;
  const edit = mergeOf(clusterFacts("c", { alias: alias!, moreAliases, ...more }), { former });
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  return { text, outcome: outcome as EntryOutcome, former: rememberedOf(outcome!), contexts: contextsOf(text) };
}

function contextsOf(text: string): readonly string[] {
  return [...parseKubeconfig(text).contexts.entries.keys()];
}

function first(...aliases: readonly string[]): Now {
  const [alias, ...moreAliases] = aliases;
  const { text, former } = writtenBefore(clusterFacts("c", { alias: alias!, moreAliases }));
  return { text, former: former[0]! };
}

function adding(one: Now, name: string): Now {
  return {
    ...one,
    text: one.text.replace(`- name: ${name}\n  context:\n`, `- name: ${name}\n  context:\n    namespace: web\n`),
  };
}

Deno.test("aliases that are dropped go, but for one that a person has added something to: it is told once, and remembered", () => {
  const dropped = now(adding(first("a1", "a2", "a3"), "a1"), ["a3"]);
  deepEqual(dropped.contexts, ["a1", "a3"]);
  deepEqual(newlyKept(dropped.outcome.kept), ["a1"]);
  deepEqual(dropped.former.map(({ name, kept }) => [name, kept]), [["a3", undefined], ["a1", true]]);
  const again = now(dropped, ["a3"]);
  equal(again.text, dropped.text);
  equal(again.outcome.action, "unchanged");
  deepEqual([again.outcome.kept.map(({ name }) => name), newlyKept(again.outcome.kept)], [["a1"], []]);
  deepEqual(again.former, dropped.former);
});

Deno.test("a kept context does not become a new alias; it goes with what was added to it, or is an alias again", () => {
  const kept = now(adding(first("a1", "a2"), "a1"), ["a2"]);
  deepEqual(now(kept, ["a2", "new"]).contexts, ["a1", "a2", "new"]);
  deepEqual(now({ ...kept, text: kept.text.replace("    namespace: web\n", "") }, ["a2"]).contexts, ["a2"]);
  const back = now(kept, ["a1", "a2"]);
  equal(back.text, kept.text);
  deepEqual(back.former.map(({ name, kept }) => [name, kept]), [["a1", undefined], ["a2", undefined]]);
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

Deno.test("a context whose name was dropped and that somebody points elsewhere is theirs, and forgotten", () => {
  const one = first("a", "b");
  const theirs = {
    ...one,
    text: one.text.replace("- name: b\n  context:\n    cluster: ", "- name: b\n  context:\n    cluster: x"),
  };
  const after = now(theirs, ["a"]);
  deepEqual(after.contexts, ["a", "b"]);
  ok(after.former.every(({ name }) => name !== "b"));
});
