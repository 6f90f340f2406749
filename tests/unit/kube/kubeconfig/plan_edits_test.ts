import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { editEntries, type EntryOutcome } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import type { EntryEdit } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { findManagedContexts } from "../../../../src/kube/kubeconfig/managed_entries.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import { findBlockedEdits } from "../../../../src/kube/kubeconfig/plan_edits.ts";
import { clusterFacts, mergeOf, rememberedOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

/** The contexts with the last words of their clusters and their users, clusters and users that are there, and the current one. */
function said(text: string) {
  const config = parseKubeconfig(text);
  const contexts = new NamesInUse(config).contexts();
  return {
    contexts: Object.fromEntries(
      contexts.map(({ name, cluster = "", user }) => [name, [cluster.split("/").at(-1), user]]),
    ),
    clusters: [...config.clusters.entries.keys()].map((arn) => arn.split("/").at(-1)),
    users: [...config.users.entries.keys()],
    current: config.currentContext,
  };
}

function errorOf(outcome: EntryOutcome | Error | undefined): AppError {
  ok(outcome instanceof AppError, "it was not refused");
  return outcome;
}

/** Writes again with what is remembered of the first time; another such write changes nothing. */
function again({ text: source, edits }: { text: string; edits: readonly EntryEdit[] }) {
  const result = editEntries({ source, edits });
  const then = edits.map((edit, at) => {
    const outcome = result.outcomes[at]!;
    return outcome instanceof Error ? edit : { ...edit, recorded: rememberedOf(outcome) };
  });
  const second = editEntries({ source: result.text, edits: then });
  equal(second.text, result.text, "the same again changes something");
  return result;
}

/** `from` and then `to`, as aliases of clusters of the same account and region. */
function renamed(from: readonly string[], to: readonly string[]) {
  const { text, recorded } = writtenBefore(...from.map((alias, at) => clusterFacts(`c${at}`, { alias })));
  const edits = to.map((alias, at) => mergeOf(clusterFacts(`c${at}`, { alias }), { recorded: recorded[at]! }));
  return { text, edits };
}

for (
  const [what, from, to] of [
    ["two are exchanged", ["a", "b"], ["b", "a"]],
    ["one follows the other", ["a", "b"], ["b", "c"]],
    ["one follows the other, the other way round", ["b", "a"], ["c", "b"]],
    ["a chain of three", ["a", "b", "c"], ["b", "c", "d"]],
    ["three in a circle", ["a", "b", "c"], ["b", "c", "a"]],
    ["three in a circle, and one that is new", ["a", "b", "c"], ["c", "a", "b", "new"]],
  ] as const
) {
  Deno.test(`names that meet in one write: ${what}`, () => {
    const { text: before, edits } = renamed(from, to);
    const source = from.reduce(
      (text, name) =>
        text.replace(
          `- name: ${name}\n  context:\n`,
          `- name: ${name} # was ${name}\n  context:\n    namespace: of-${name}\n`,
        ),
      before,
    );
    const { text, outcomes } = again({ text: source, edits });
    const { contexts, clusters, current } = said(text);
    deepEqual(contexts, Object.fromEntries(to.map((name, at) => [name, [`c${at}`, `user-c${at}`]])));
    deepEqual(clusters, to.map((_, at) => `c${at}`));
    equal(current, to[0], "the current context was that of the first");
    from.forEach((name, at) =>
      ok(text.includes(`- name: ${to[at]} # was ${name}\n  context:\n    namespace: of-${name}\n`), text)
    );
    deepEqual(
      outcomes.map((one) => one instanceof Error ? one : one.action),
      to.map((_, at) => at < from.length ? "updated" : "added"),
    );
  });
}

Deno.test("exchanged between two identities of one cluster, users included", () => {
  const of = (alias: string, profile: string, userAlias: string) => clusterFacts("c", { alias, profile, userAlias });
  const { text: source, recorded } = writtenBefore(of("a", "dev", "u1"), of("b", "admin", "u2"));
  const noted = source.replace("- name: u1\n", "- name: u1 # dev's\n");
  const edits = [of("b", "dev", "u2"), of("a", "admin", "u1")].map((facts, at) =>
    mergeOf(facts, { recorded: recorded[at]! })
  );
  const { text } = again({ text: noted, edits });
  deepEqual(said(text).contexts, { b: ["c", "u2"], a: ["c", "u1"] });
  match(text, /- name: u2 # dev's\n(?: {2}.*\n)* {8}value: dev\n- name: u1\n(?: {2}.*\n)* {8}value: admin\n/);
});

Deno.test("a name that a foreign context has is an error of that one, and of those that wait for it; the others go through", () => {
  const { text, edits } = renamed(["a", "b", "x", "y"], ["b", "foreign", "y", "x"]);
  const source = text.replace("contexts:\n", "contexts:\n- name: foreign\n  context: {cluster: minikube, user: me}\n");
  const { text: after, outcomes: [first, second, ...others] } = editEntries({ source, edits });
  match(errorOf(second).message, /^Cannot use context name "foreign": it belongs to the cluster minikube$/);
  match(errorOf(first).message, /^Cannot use context name "b": it belongs to the cluster arn:.*\/c1$/);
  ok(others.every((one) => !(one instanceof Error)));
  deepEqual(said(after).contexts, {
    foreign: ["minikube", "me"],
    a: ["c0", "user-c0"],
    b: ["c1", "user-c1"],
    y: ["c2", "user-c2"],
    x: ["c3", "user-c3"],
  });
});

Deno.test("a layout that refuses one of them leaves the others' exchange alone", () => {
  const { text, edits } = renamed(["a", "b", "odd"], ["b", "a", "other"]);
  const source = text.replace("user-c2\n  user:\n", "user-c2\n  user:\n    <<: {}\n");
  const { text: after, outcomes } = editEntries({ source, edits });
  ok(outcomes[2] instanceof YamlError);
  deepEqual(Object.keys(said(after).contexts), ["b", "a", "odd"]);
});

Deno.test("the name of a retained context is taken, and it stays with its user", () => {
  const x = { alias: "a", moreAliases: ["b"], userAlias: "u1" };
  const { text, recorded } = writtenBefore(clusterFacts("x", x), clusterFacts("y", { alias: "c" }));
  const source = text.replace("- name: a\n  context:\n", "- name: a\n  context:\n    namespace: web\n");
  const edits = [clusterFacts("x", { alias: "b", userAlias: "u2" }), clusterFacts("y", { alias: "a" })]
    .map((facts, at) => mergeOf(facts, { recorded: recorded[at]! }));
  const { outcomes, text: after } = editEntries({ source, edits });
  match(errorOf(outcomes[1]).message, /^Cannot use context name "a": it belongs to the cluster arn:.*\/x$/);
  deepEqual(said(after).contexts, { a: ["x", "u1"], b: ["x", "u2"], c: ["y", "user-y"] });
  deepEqual(said(after).users, ["u1", "user-y", "u2"]);
});

Deno.test("a retained context that another identity of the cluster requests belongs to that one afterwards", () => {
  const of = (alias: string, profile: string) => clusterFacts("x", { alias, profile });
  const { text, recorded } = writtenBefore({ ...of("a", "dev"), moreAliases: ["b"] }, of("c", "admin"));
  const source = text.replace("- name: a\n  context:\n", "- name: a\n  context:\n    namespace: web\n");
  const edits = [of("b", "dev"), of("a", "admin")].map((facts, at) => mergeOf(facts, { recorded: recorded[at]! }));
  const { outcomes, text: after } = again({ text: source, edits });
  deepEqual((outcomes[0] as EntryOutcome).retained, []);
  deepEqual(Object.entries(said(after).contexts).map(([name, [, user]]) => [name, user]), [
    ["a", "user-x@123456789012.us-east-2"],
    ["b", "user-x"],
  ]);
});

Deno.test("another cluster under the same name: the context is pointed to it, and the old cluster and user go", () => {
  const { text: before, recorded } = writtenBefore(
    clusterFacts("old", { alias: "dev" }),
    clusterFacts("z", { alias: "z" }),
  );
  const source = before
    .replace("- name: dev\n  context:\n", "- name: dev # mine\n  context:\n    namespace: web\n")
    .replace("https://old.example.com\n", "https://old.example.com\n    proxy-url: http://only-there\n");
  const edit = mergeOf(clusterFacts("new", { alias: "dev" }), { recorded: recorded[0]! });
  const { text, outcomes: [outcome] } = again({ text: source, edits: [edit] });
  deepEqual(said(text), {
    contexts: { dev: ["new", "user-new"], z: ["z", "user-z"] },
    clusters: ["new", "z"],
    users: ["user-new", "user-z"],
    current: "dev",
  });
  equal((outcome as EntryOutcome).action, "updated");
  ok(text.includes("- name: dev # mine\n  context:\n    namespace: web\n"));
  ok(!text.includes("only-there"), "what was said of the old cluster is not true of the new one");
});

Deno.test("another cluster and another name at once; an account that changes is another cluster", () => {
  const { text, recorded } = writtenBefore(clusterFacts("c", { alias: "dev" }));
  const facts = clusterFacts("c", { alias: "prod", account: "999999999999" });
  const { text: after } = again({ text, edits: [mergeOf(facts, { recorded: recorded[0]! })] });
  deepEqual(said(after), { contexts: { prod: ["c", "user-c"] }, clusters: ["c"], users: ["user-c"], current: "prod" });
  ok(!after.includes("123456789012"));
});

Deno.test("an old cluster and user that a foreign context uses stay", () => {
  const { text, recorded } = writtenBefore(clusterFacts("old", { alias: "dev" }));
  const arn = clusterFacts("old").arn;
  const mine = `contexts:\n- name: mine\n  context:\n    cluster: ${arn}\n    user: user-old\n`;
  const edit = mergeOf(clusterFacts("new", { alias: "dev" }), { recorded: recorded[0]! });
  const { text: after } = again({ text: text.replace("contexts:\n", mine), edits: [edit] });
  deepEqual(said(after), {
    contexts: { mine: ["old", "user-old"], dev: ["new", "user-new"] },
    clusters: ["old", "new"],
    users: ["user-old", "user-new"],
    current: "dev",
  });
});

Deno.test("a user whose plugin was replaced stays", () => {
  const { text, recorded } = writtenBefore(clusterFacts("c", { alias: "dev", userAlias: "u1" }));
  const source = text.replace("command: aws\n", "command: my-tokens\n");
  const edit = mergeOf(clusterFacts("c", { alias: "dev", userAlias: "u2" }), { recorded: recorded[0]! });
  deepEqual(said(again({ text: source, edits: [edit] }).text).users, ["u1", "u2"]);
});

Deno.test("a cluster that is not named by an ARN is not removed", () => {
  const { text, recorded: [one] } = writtenBefore(clusterFacts("old", { alias: "dev" }));
  const source = text.replaceAll(clusterFacts("old").arn, "by-hand");
  const recorded = one!.map((context) => ({ ...context, cluster: "by-hand" }));
  const { text: after } = again({
    text: source,
    edits: [mergeOf(clusterFacts("new", { alias: "dev" }), { recorded })],
  });
  deepEqual(said(after).clusters, ["by-hand", "new"]);
});

Deno.test("what is not remembered, or is pointed elsewhere by now, stays an error", () => {
  const { text, recorded } = writtenBefore(clusterFacts("old", { alias: "dev" }));
  const facts = clusterFacts("new", { alias: "dev" });
  match(
    errorOf(editEntries({ source: text, edits: [mergeOf(facts)] }).outcomes[0]).message,
    /belongs to the cluster arn/,
  );
  for (
    const [what, by] of [["cluster: arn:aws:eks:us-east-2:123456789012:cluster/old", "cluster: minikube"], [
      "user: user-old",
      "user: me",
    ]]
  ) {
    const source = text.replace(`    ${what}\n`, `    ${by}\n`);
    const outcome = editEntries({ source, edits: [mergeOf(facts, { recorded: recorded[0]! })] }).outcomes[0];
    match(errorOf(outcome).message, /^Cannot use context name "dev": it belongs to the cluster/);
  }
});

for (const [what, userAlias] of [["renamed", "u2"], ["dropped", undefined]] as const) {
  Deno.test(`a user alias that is ${what}: the user is renamed in place, with what was added to it`, () => {
    const { text, recorded } = writtenBefore(clusterFacts("c", { alias: "dev", userAlias: "u1" }));
    const source = text.replace("      command: aws\n", "      installHint: call us # please\n      command: aws\n");
    const facts = clusterFacts("c", { alias: "dev", ...(userAlias === undefined ? {} : { userAlias }) });
    const { text: after } = again({ text: source, edits: [mergeOf(facts, { recorded: recorded[0]! })] });
    equal(after, source.replaceAll(/\bu1\b/g, userAlias ?? "user-c"));
  });
}

Deno.test("a user that is renamed to one that is there goes; one that another context has stays", () => {
  const first = clusterFacts("c", { alias: "a", userAlias: "u1" });
  const { text, recorded } = writtenBefore(first, clusterFacts("c", { alias: "b", userAlias: "u2" }));
  const edit = mergeOf({ ...first, userAlias: "u2" }, { recorded: recorded[0]! });
  deepEqual(said(again({ text, edits: [edit] }).text).users, ["u2"]);
  const source = text.replace("- name: b\n", "- name: mine\n  context: {cluster: x, user: u1}\n- name: b\n");
  deepEqual(said(again({ text: source, edits: [edit] }).text).users, ["u1", "u2"]);
});

Deno.test("two integrations that share a user keep one, whatever becomes of its name or of its plugin", () => {
  const of = (alias: string, more: Partial<EntryFacts> = {}) => clusterFacts("c", { alias, userAlias: "u1", ...more });
  const { text, recorded } = writtenBefore(of("a"), of("b"));
  const both = (more: Partial<EntryFacts> & { readonly profile?: string }) =>
    ["a", "b"].map((alias, at) => mergeOf(clusterFacts("c", { alias, ...more }), { recorded: recorded[at]! }));
  deepEqual(said(again({ text, edits: both({ userAlias: "u2" }) }).text).users, ["u2"]);
  deepEqual(said(again({ text, edits: both({ userAlias: "u1", profile: "dev" }) }).text).users, ["u1"]);
  const [first, second] = [
    mergeOf(of("a", { userAlias: "u2" }), { recorded: recorded[0]! }),
    mergeOf(of("b"), { recorded: recorded[1]! }),
  ];
  const noted = text.replace("- name: u1\n", "- name: u1 # shared\n");
  const { text: apart } = again({ text: noted, edits: [first, second] });
  deepEqual(said(apart).contexts, { a: ["c", "u2"], b: ["c", "u1"] });
  match(apart, /- name: u1 # shared\n/);
  const third = mergeOf(of("b", { userAlias: "u3" }), { recorded: recorded[1]! });
  deepEqual(said(again({ text, edits: [first, third] }).text).users, ["u2", "u3"]);
});

Deno.test("one that is new and one that is renamed may share a user, in any order", () => {
  const of = (alias: string, userAlias: string) => clusterFacts("c", { alias, userAlias });
  const { text, recorded } = writtenBefore(of("a", "u1"));
  const edits = [mergeOf(of("new", "u2")), mergeOf(of("a", "u2"), { recorded: recorded[0]! })];
  for (const both of [edits, edits.toReversed()]) deepEqual(said(again({ text, edits: both }).text).users, ["u2"]);
});

Deno.test("two users that become one: the second goes", () => {
  const of = (alias: string, userAlias: string) => clusterFacts("c", { alias, userAlias });
  const { text, recorded } = writtenBefore(of("a", "u1"), of("b", "u2"));
  const edits = ["a", "b"].map((alias, at) => mergeOf(of(alias, "u3"), { recorded: recorded[at]! }));
  deepEqual(said(again({ text, edits }).text).users, ["u3"]);
});

Deno.test("of several users those that no context has any more go, whatever they are called", () => {
  const of = (alias: string, profile: string) => clusterFacts("c", { alias, profile });
  const { text, recorded } = writtenBefore(of("a", "dev"), of("b", "admin"));
  const edit = mergeOf(of("a", "dev"), { recorded: recorded.flat() });
  deepEqual(said(again({ text, edits: [edit] }).text).users, ["user-c"]);
});

Deno.test("the user of a retained context that another identity takes is removed as well, where it has another name by now", () => {
  const of = (alias: string, more: Partial<EntryFacts> & { readonly profile?: string } = {}) =>
    clusterFacts("c", { alias, ...more });
  const { text, recorded } = writtenBefore(of("a", { moreAliases: ["b"], userAlias: "u1" }));
  const source = text.replace("- name: a\n  context:\n", "- name: a\n  context:\n    namespace: web\n");
  const edits = [
    mergeOf(of("b", { userAlias: "u2" }), { recorded: recorded[0]! }),
    mergeOf(of("a", { profile: "admin" })),
  ];
  deepEqual(said(again({ text: source, edits }).text), {
    contexts: { a: ["c", "user-c"], b: ["c", "u2"] },
    clusters: ["c"],
    users: ["u2", "user-c"],
    current: "a",
  });
});

Deno.test("what one that is refused has, another identity of the cluster does not get either", () => {
  const of = (alias: string, profile: string) => clusterFacts("c", { alias, profile });
  const { text, recorded } = writtenBefore(of("a", "dev"), of("b", "admin"));
  const source = text.replace("contexts:\n", "contexts:\n- name: foreign\n  context: {cluster: minikube}\n");
  const edits = [of("foreign", "dev"), of("a", "admin")].map((facts, at) =>
    mergeOf(facts, { recorded: recorded[at]! })
  );
  const { outcomes, text: after } = editEntries({ source, edits });
  match(errorOf(outcomes[0]).message, /"foreign": it belongs to the cluster minikube$/);
  match(errorOf(outcomes[1]).message, /^Cannot use context name "a": it belongs to another identity$/);
  equal(after, source);
});

Deno.test("two that are to have one name: the second is refused, and keeps its own", () => {
  const of = (alias: string, profile: string) => clusterFacts("c", { alias, profile });
  const { text, recorded } = writtenBefore(of("a", "dev"), of("b", "admin"));
  const edits = [of("one", "dev"), of("one", "admin")].map((facts, at) => mergeOf(facts, { recorded: recorded[at]! }));
  const { outcomes, text: after } = editEntries({ source: text, edits });
  match(errorOf(outcomes[1]).message, /^Cannot use context name "one": it belongs to another identity$/);
  deepEqual(said(after).contexts, { one: ["c", "user-c"], b: ["c", "user-c@123456789012.us-east-2"] });
});

Deno.test("a plainer name for the user that has become free is no reason to rename it", () => {
  const facts = clusterFacts("c", { alias: "b", profile: "admin" });
  const { text, recorded } = writtenBefore(clusterFacts("c", { alias: "a", profile: "dev" }), facts);
  const source = text.replace(/- name: a\n(?: {2}.*\n)*/, "").replace(/- name: user-c\n(?: {2}.*\n)*/, "");
  equal(again({ text: source, edits: [mergeOf(facts, { recorded: recorded[1]! })] }).text, source);
});

Deno.test("a plainer user that makes the same tokens is no reason either", () => {
  const { text, recorded } = writtenBefore(
    clusterFacts("c", { alias: "a", profile: "dev" }),
    clusterFacts("c", { alias: "b", profile: "admin" }),
    clusterFacts("c", { alias: "c", profile: "admin" }),
  );
  const source = text.replace("value: dev", "value: admin");
  const edit = mergeOf(clusterFacts("c", { alias: "b", profile: "admin" }), { recorded: recorded[1]! });
  equal(again({ text: source, edits: [edit] }).text, source);
});

Deno.test("--output json of a user that is renamed stays", () => {
  const { text, recorded } = writtenBefore(clusterFacts("c", { alias: "dev", userAlias: "u1" }));
  const source = text.replace("      - us-east-2\n", "      - us-east-2\n      - --output\n      - json\n");
  const edit = mergeOf(clusterFacts("c", { alias: "dev", userAlias: "u2" }), { recorded: recorded[0]! });
  equal(again({ text: source, edits: [edit] }).text, source.replaceAll(/\bu1\b/g, "u2"));
});

Deno.test("update error: what was written for this very entry is no obstacle, whatever else is there is", () => {
  const facts = clusterFacts("c", { alias: "dev" });
  const { text, recorded: [recorded] } = writtenBefore(facts);
  const edit = (more: Partial<EntryFacts>, known = recorded!) =>
    mergeOf({ ...facts, ...more }, { update: "error", recorded: known });
  equal(again({ text, edits: [edit({})] }).text, text);
  match(
    again({ text, edits: [edit({ alias: "new", namespace: "web" })] }).text,
    /- name: new\n.*\n.*\n.*\n {4}namespace: web\n/,
  );
  const there = (source: string, one: EntryEdit) => errorOf(editEntries({ source, edits: [one] }).outcomes[0]).message;
  match(there(text, mergeOf(facts, { update: "error" })), /^Cannot add cluster "arn:.*": it already exists$/);
  match(there(text, edit({}, recorded!.map((one) => ({ ...one, hasOtherIdentity: true })))), /^Cannot add cluster/);
  const mine = text.replace("contexts:\n", `contexts:\n- name: mine\n  context: {cluster: "${facts.arn}", user: me}\n`);
  match(there(mine, edit({ moreAliases: ["mine"] })), /^Cannot add context "mine": it already exists$/);
  const user = text.replace("users:\n", "users:\n- name: me\n  user: {}\n");
  match(there(user, edit({ userAlias: "me" })), /me": it (?:is there already|belongs to another identity)$/);
});

Deno.test("blocked are edits that request what no edit gives away, and those that wait for one of them, in any order", () => {
  const blocked = (from: readonly string[], to: readonly string[]) => {
    const { text, edits } = renamed(from, to);
    const source = text.replace("contexts:\n", "contexts:\n- name: foreign\n  context: {cluster: minikube}\n");
    const names = new NamesInUse(parseKubeconfig(source));
    return [...findBlockedEdits(names, { edits, managed: findManagedContexts(names, edits) })].toSorted();
  };
  deepEqual(blocked(["a", "b", "c", "d"], ["b", "foreign", "a", "new"]), [0, 1, 2]);
  deepEqual(blocked(["c", "b", "a"], ["b", "a", "foreign"]), [0, 1, 2]);
  deepEqual(blocked(["a", "b"], ["b", "a"]), []);
});
