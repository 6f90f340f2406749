import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryEdit, RecordedContext } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { DEV_ARN, devFacts } from "../../../support/kubeconfig/entry_facts.ts";

type More = Partial<EntryEdit> & { readonly facts?: Parameters<typeof devFacts>[0] };

function edit({ facts, ...more }: Omit<More, "facts"> & { facts?: Parameters<typeof devFacts>[0] } = {}): EntryEdit {
  return { facts: devFacts(facts), update: "merge", switchContext: "if-none", ...more };
}

/** A cluster by its name, under that alias. */
function named(name: string, account = "123456789012"): Parameters<typeof devFacts>[0] {
  const arn = `arn:aws:eks:us-east-2:${account}:cluster/${name}`;
  return { name, arn, account, alias: `${name}-${account.slice(0, 1)}`, plugin: { clusterName: name } };
}

/** As recorded when it was written for the cluster of {@link devFacts}. */
function written(name: string): RecordedContext {
  return { name, cluster: DEV_ARN, user: "user-dev-cluster" };
}

function actions(result: ReturnType<typeof editEntries>): readonly string[] {
  return result.outcomes.map((one) => one instanceof Error ? one.constructor.name : one.action);
}

function namesIn(text: string) {
  const config = parseKubeconfig(text);
  const names = (section: "clusters" | "contexts" | "users") => [...config[section].entries.keys()];
  return {
    clusters: names("clusters"),
    contexts: names("contexts"),
    users: names("users"),
    current: config.currentContext,
  };
}

Deno.test("several entries land in one text; the first without a context to switch from is switched to", () => {
  const edits = ["a", "b", "c"].map((name) => edit({ facts: named(name) }));
  const result = editEntries({ source: "# mine\n", edits });
  deepEqual(actions(result), ["added", "added", "added"]);
  deepEqual(namesIn(result.text).contexts, ["a-1", "b-1", "c-1"]);
  equal(namesIn(result.text).current, "a-1");
  ok(result.text.startsWith("# mine\n"));
  const again = editEntries({ source: result.text, edits });
  equal(again.text, result.text);
  deepEqual(actions(again), ["unchanged", "unchanged", "unchanged"]);
});

Deno.test("an entry that changes is distinguished from those that stay", () => {
  const before = editEntries({ source: "", edits: ["a", "b"].map((name) => edit({ facts: named(name) })) }).text;
  const edits = [
    edit({ facts: named("a") }),
    edit({ facts: { ...named("b"), namespace: "web" } }),
    edit({ facts: named("c") }),
  ];
  deepEqual(actions(editEntries({ source: before, edits })), ["unchanged", "updated", "added"]);
});

Deno.test("a conflict is its own error, and the others land", () => {
  const { text: source } = editEntries({ source: "", edits: [edit({ facts: named("a") })] });
  const edits = [
    edit({ facts: { ...named("b"), alias: "a-1" } }),
    edit({ facts: named("c") }),
    edit({ facts: named("a"), update: "error" }),
  ];
  const { outcomes, text } = editEntries({ source, edits });
  const [first, second, third] = outcomes;
  ok(first instanceof AppError && first.code === "kubeconfig-merge");
  match(first.message, /context name "a-1": it belongs to the cluster arn:.*cluster\/a/);
  ok(!(second instanceof Error) && second!.action === "added");
  match((third as AppError).message, /it already exists/);
  deepEqual(namesIn(text).contexts, ["a-1", "c-1"]);
});

Deno.test("what an earlier one has taken, a later one does not get: same cluster name in two accounts", () => {
  const edits = ["123456789012", "999999999999"].map((account) => edit({ facts: named("main", account) }));
  const { text } = editEntries({ source: "", edits });
  const { clusters, users } = namesIn(text);
  equal(clusters.length, 2);
  deepEqual(users, ["user-main", "user-main@999999999999.us-east-2"]);
  equal(editEntries({ source: text, edits: edits.toReversed() }).text, text, "the order does not matter later");
});

Deno.test("one cluster through two identities: one cluster, two users, two contexts", () => {
  const edits = ["dev", "admin"].map((profile) =>
    edit({ facts: { alias: profile, plugin: { clusterName: "dev-cluster", profile } } })
  );
  const { clusters, contexts, users } = namesIn(editEntries({ source: "", edits }).text);
  equal(clusters.length, 1);
  deepEqual(contexts, ["dev", "admin"]);
  deepEqual(users, ["user-dev-cluster", "user-dev-cluster@123456789012.us-east-2"]);
});

Deno.test("several aliases are several contexts of one cluster and user; a proxy and a server name are the cluster's", () => {
  const facts = { alias: "one", moreAliases: ["two"], proxyUrl: "http://proxy:3128", tlsServerName: "eks.internal" };
  const { text } = editEntries({ source: "", edits: [edit({ facts })] });
  const { clusters, contexts, users } = namesIn(text);
  deepEqual([clusters.length, contexts, users.length], [1, ["one", "two"], 1]);
  match(text, /\n {4}tls-server-name: eks.internal\n {4}proxy-url: http:\/\/proxy:3128\n/);
  const without = editEntries({ source: text, edits: [edit({ facts: { alias: "one", moreAliases: ["two"] } })] });
  equal(without.text, text, "a proxy that a user has written stays");
});

Deno.test("a context of an older alias is renamed in place, with all that a user has added, and stays the current one", () => {
  const { text } = editEntries({ source: "", edits: [edit({ facts: { alias: "old" } })] });
  const source = text.replace("- name: old\n  context:\n", "- name: old # mine\n  context:\n    namespace: web\n");
  const { text: after, outcomes: [outcome] } = editEntries({
    source,
    edits: [edit({ facts: { alias: "new" }, recorded: [written("old")] })],
  });
  equal(after, source.replace("name: old #", "name: new #").replace("current-context: old", "current-context: new"));
  ok(!(outcome instanceof Error));
  deepEqual([outcome!.action, outcome!.renamed], ["updated", ["old"]]);
});

Deno.test("contexts of older aliases without a new name are removed, except one that a user has added something to", () => {
  const first = edit({ facts: { alias: "a", moreAliases: ["b", "c"] } });
  const source = editEntries({ source: "", edits: [first] }).text
    .replace("- name: c\n  context:\n", "- name: c\n  context:\n    namespace: web\n");
  const { text } = editEntries({
    source,
    edits: [edit({ facts: { alias: "a" }, recorded: ["a", "b", "c"].map((name) => written(name)) })],
  });
  deepEqual(namesIn(text).contexts, ["a", "c"]);
});

Deno.test("a recorded name that joins another cluster or user by now is left alone", () => {
  const source = editEntries({ source: "", edits: [edit({ facts: { ...named("x"), alias: "old" } })] }).text;
  const { text } = editEntries({ source, edits: [edit({ facts: { alias: "new" }, recorded: [written("old")] })] });
  deepEqual(namesIn(text).contexts, ["old", "new"]);
});

Deno.test("a layout that refuses one entry is found out, and the others land", () => {
  const { text } = editEntries({ source: "", edits: [edit({ facts: named("a") })] });
  const source = text.replace("user-a\n  user:\n", "user-a\n  user:\n    <<: {}\n");
  const edits = [edit({ facts: { ...named("a"), namespace: "web" } }), edit({ facts: named("b") })];
  const { outcomes: [first, second], text: after } = editEntries({ source, edits });
  ok(first instanceof YamlError);
  ok(!(second instanceof Error));
  deepEqual(namesIn(after).contexts, ["a-1", "b-1"]);
});

Deno.test("where one replaces the file, it is these entries and nothing else", () => {
  const edits = [edit({ facts: named("a"), update: "replace" }), edit({ facts: named("b") })];
  const { text, outcomes } = editEntries({ source: "users: {broken", edits });
  deepEqual(namesIn(text).contexts, ["a-1", "b-1"]);
  ok(outcomes.every((one) => !(one instanceof Error)));
  deepEqual(actions(editEntries({ source: text, edits })), ["unchanged", "unchanged"]);
});

Deno.test("nothing to do is nothing done, and what is no kubeconfig is refused as a whole", () => {
  equal(editEntries({ source: "# x\n", edits: [] }).text, "# x\n");
  try {
    editEntries({ source: "- a\n", edits: [edit(), edit()] });
  } catch (error) {
    return ok(error instanceof YamlError);
  }
  throw new Error("it was taken");
});
