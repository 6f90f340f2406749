import { deepEqual, equal } from "node:assert/strict";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import { isBetterBehind, listShadowed, readNamesElsewhere } from "../../../../src/kube/kubectl/names_elsewhere.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";

const OURS = "/h/.kube/ours";
const FACTS = clusterFacts("c", { profile: "dev", alias: "dev" });
const textOf = (facts = FACTS) => editEntries({ source: "", edits: [mergeOf(facts)] }).text;
const RECORDED = { name: "dev", cluster: FACTS.arn, user: "user-c" };
const NONE = { listShared: () => [], foreignIn: () => [] };
const OTHER = textOf().replace(/https:\/\/\S+/, "https://other").replaceAll(/cluster\/c\b/g, "cluster/d")
  .replace("--region", "--role-arn=x");

function hostWith(paths: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  const files = new MemoryFiles();
  for (const [path, text] of Object.entries(paths)) files.put(path, text);
  files.symlink("/l/link", { to: "/l/second" });
  return fakeHost({ env: { HOME: "/h", ...variables }, files: { read: files.reader, write: files.writer }, uid: 1000 });
}

function found(paths: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  const names = readNamesElsewhere(hostWith(paths, variables), { path: OURS, record: NONE });
  return [names.findContext("dev", FACTS)?.path, names.findCluster(FACTS), names.findUser("user-c", FACTS)];
}

Deno.test("names of other files: what stands for the same is free, the file itself does not count", () => {
  const none = [undefined, undefined, undefined];
  deepEqual(found({}), none);
  deepEqual(found({ "/h/.kube/config": textOf() }), none);
  deepEqual(found({ [OURS]: OTHER }, { KUBECONFIG: OURS }), none);
  deepEqual(found({ "/h/.kube/config": "no: [kubeconfig" }), none);
});

Deno.test("names of other files: those of KUBECONFIG, kubectl's own file and ours, whatever is read now", () => {
  for (const path of ["/h/.kube/config", "/h/.config/atmos/kube/config", "/l/second"]) {
    for (const KUBECONFIG of ["/l/first:/l/second", `${OURS}:/l/second`]) {
      deepEqual(found({ [path]: OTHER }, { KUBECONFIG }), [path, undefined, path]);
    }
  }
  const moved = textOf().replace(/https:\/\/\S+/, "https://other");
  deepEqual(found({ "/h/.kube/config": moved }), [undefined, "/h/.kube/config", undefined]);
});

Deno.test("names of other files: a user that only a context names, for another cluster", () => {
  const contexts = (cluster: string) => `contexts: [{name: x, context: {cluster: "${cluster}", user: user-c}}]\n`;
  equal(found({ "/h/.kube/config": contexts("lab") })[2], "/h/.kube/config");
  equal(found({ "/h/.kube/config": contexts(FACTS.arn) })[2], undefined);
});

Deno.test("names of other files: a user that only contexts of others name keeps its identity, and its name", () => {
  const others = "contexts: [{name: look, context: {cluster: c, user: user-c}}]\n";
  const elsewhere = readNamesElsewhere(hostWith({ "/h/.kube/config": others }), { path: OURS, record: NONE });
  deepEqual([elsewhere.findUse("user-c"), elsewhere.findUse("user-d")], ["/h/.kube/config", undefined]);
  const managed = [{ ...RECORDED, name: "dev" }];
  const edited = (facts: EntryFacts) =>
    editEntries({ source: textOf(), edits: [{ ...mergeOf(facts), recorded: managed, elsewhere }] }).text;
  const old = textOf().slice(textOf().indexOf("- name: user-c"));
  for (
    const facts of [
      clusterFacts("c", { profile: "prod", alias: "dev" }),
      clusterFacts("c", { profile: "dev", alias: "dev", userAlias: "mine" }),
      clusterFacts("c", { profile: "prod", alias: "prod" }),
    ]
  ) {
    const text = edited(facts);
    equal(text.includes(old.trimEnd()), true, text);
    equal(text.split("name: user-c\n").length, 2, text);
  }
});

Deno.test("what a file hides: entries of its contexts that stand for something else in the files of kubectl", () => {
  const listed = (paths: Readonly<Record<string, string>>, variables = {}) =>
    listShadowed(hostWith({ [OURS]: textOf(), ...paths }, variables), { path: OURS, contexts: ["dev"] })
      .map(({ what, name, path }) => `${what} ${name} ${path}`);
  deepEqual(listed({ "/h/.kube/config": textOf() }), []);
  deepEqual(listed({ "/h/.kube/config": OTHER }), ["context dev /h/.kube/config", "user user-c /h/.kube/config"]);
  deepEqual(listed({ "/h/.kube/config": OTHER }, { KUBECONFIG: OURS }), []);
  const moved = textOf().replace(/https:\/\/\S+/, "https://other");
  deepEqual(listed({ "/h/.kube/config": moved }), [`cluster ${FACTS.arn} /h/.kube/config`]);
});

Deno.test("names of other files: what is on record there for others is hidden by any difference, with or without KUBECONFIG", () => {
  const own = clusterFacts("c", { profile: "dev", alias: "dev" });
  const differing: Readonly<Record<string, readonly [EntryFacts, string | undefined]>> = {
    "the same": [own, undefined],
    "another identity": [clusterFacts("c", { profile: "prod", alias: "dev" }), "another identity"],
    "another namespace": [{ ...own, namespace: "kube-system" }, "another namespace"],
    "another cluster at its address": [{ ...own, arn: `${own.arn}2` }, "another cluster"],
    "a name that is not there": [{ ...own, alias: "new" }, undefined],
  };
  const places = { "/h/.kube/config": {}, "/h/.kube/teams": {}, "/l/second": { KUBECONFIG: "/l/link" } };
  for (const [what, [facts, is]] of Object.entries(differing)) {
    for (const [file, variables] of Object.entries(places)) {
      const record = { listShared: () => [file], foreignIn: (one: string) => one === file ? [RECORDED] : [] };
      const host = hostWith({ [file]: textOf() }, variables);
      const { path, ...hidden } = readNamesElsewhere(host, { path: OURS, record })
        .findContext(facts.alias ?? "", facts) ?? {};
      deepEqual(hidden, is === undefined ? {} : { is }, `${what} in ${file}, found in ${path}`);
      equal(readNamesElsewhere(host, { path: OURS, record: NONE }).findContext("dev", facts), undefined, what);
    }
  }
});

Deno.test("a file stands behind the user's where it would hide an entry, and its own contexts stay what they are", () => {
  const kubeadm = (server: string) => ({
    clusters: `- {name: kubernetes, cluster: {server: "https://${server}"}}\n`,
    contexts: "- {name: admin@kubernetes, context: {cluster: kubernetes, user: admin}}\n",
    users: `- {name: admin, user: {token: of-${server}}}\n`,
  });
  const lab = Object.entries(kubeadm("lab")).map(([section, entry]) => `${section}:\n${entry}`).join("");
  const withEntries = (entries: Partial<ReturnType<typeof kubeadm>>, text = textOf()) =>
    Object.entries(entries).reduce(
      (all, [section, entry]) => all.replace(`\n${section}:\n`, `\n${section}:\n${entry}`),
      text,
    );
  const better = (ours: string, theirs: string) =>
    isBetterBehind(hostWith({ [OURS]: ours, "/h/.kube/config": theirs }), {
      path: OURS,
      contexts: ["dev"],
      others: ["/h/.kube/config", OURS],
    });
  const { contexts: _, ...withoutContext } = kubeadm("prod");
  const own = textOf().slice(textOf().indexOf("clusters:"));
  const cases: readonly (readonly [what: string, ours: string, theirs: string, expected: boolean])[] = [
    ["nothing is the same", textOf(), lab, false],
    ["the same is said", withEntries(kubeadm("lab")), lab, false],
    ["a name means another cluster", withEntries(kubeadm("prod")), lab, true],
    ["a cluster and user that no context joins", withEntries(withoutContext), lab, true],
    ["our own context is theirs, too", withEntries(kubeadm("prod")), withEntries(kubeadm("lab"), textOf()), true],
    ["but for its user", withEntries(kubeadm("prod")), withEntries(kubeadm("lab"), OTHER), false],
    [
      "but for its user's name",
      withEntries(kubeadm("prod")),
      `${withEntries(kubeadm("lab"), own.replaceAll("user-c", "mine"))}`,
      false,
    ],
  ];
  for (const [what, ours, theirs, expected] of cases) equal(better(ours, theirs), expected, what);
});
