import { equal, ok, throws } from "node:assert/strict";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import { DEV_ARN, devFacts } from "../../../support/kubeconfig/entry_facts.ts";
import { mergeOf, rememberedOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

const FACTS = devFacts();
const { text: WHOLE, recorded: [RECORDED] } = writtenBefore(FACTS);
const CLUSTER = `    cluster: ${DEV_ARN}\n`;

const WITHOUT_CLUSTER: Readonly<Record<string, string>> = {
  "no cluster": WHOLE.replace(CLUSTER, ""),
  "a cluster that is null": WHOLE.replace(CLUSTER, "    cluster:\n"),
  "an empty cluster": WHOLE.replace(CLUSTER, '    cluster: ""\n'),
  "no cluster, and no cluster of that name": WHOLE.replace(CLUSTER, "").replace(/^clusters:\n[^]*?(?=contexts:)/m, ""),
  "no cluster, and no user of that name": WHOLE.replace(CLUSTER, "").replace(/^users:\n[^]*$/m, ""),
  "no cluster and no user": WHOLE.replace(CLUSTER, "").replace(/^ {4}user: .*\n/m, ""),
  "no context at all": WHOLE.replace(/^ {2}context:\n {4}cluster.*\n {4}user.*\n/m, ""),
};

for (const [what, source] of Object.entries(WITHOUT_CLUSTER)) {
  Deno.test(`our context with ${what} gets what it lacks, under the same names; the second time nothing is written`, () => {
    for (const userAlias of [undefined, "me"]) {
      for (const recorded of [undefined, RECORDED!]) {
        const given = userAlias === undefined ? source : source.replaceAll("user-dev-cluster", userAlias);
        const facts = devFacts(userAlias === undefined ? {} : { userAlias });
        const more = recorded === undefined
          ? {}
          : { recorded: recorded.map((one) => ({ ...one, user: userAlias ?? one.user })) };
        ok(given !== WHOLE && source !== WHOLE);
        const { text, outcomes: [outcome] } = editEntries({ source: given, edits: [mergeOf(facts, more)] });
        if (outcome instanceof Error) throw outcome;
        equal(outcome!.entry.user.name, userAlias ?? "user-dev-cluster");
        const again = editEntries({ source: text, edits: [mergeOf(facts, { recorded: rememberedOf(outcome!) })] });
        equal(again.text, text);
        equal(editEntries({ source: text, edits: [mergeOf(facts)] }).text, text);
      }
    }
  });
}

Deno.test("a user of a context without a cluster is not taken from another context, cluster or identity", () => {
  const lost = WHOLE.replace(CLUSTER, "");
  const others: Readonly<Record<string, string>> = {
    "another context without a cluster": lost.replace(
      "users:\n",
      "- name: x\n  context: {user: user-dev-cluster}\nusers:\n",
    ),
    "another cluster's token": lost.replace(/^(users:[^]*)- dev-cluster$/m, "$1- other-cluster"),
    "another identity's token": `${lost}      env:\n      - {name: AWS_PROFILE, value: other}\n`,
    "a token by hand": lost.replace(/^ {4}exec:[^]*$/m, "    token: abc\n"),
  };
  for (const [what, source] of Object.entries(others)) {
    ok(source !== lost, what);
    const theirs = source.slice(source.indexOf("users:\n"));
    const { text, outcomes: [outcome] } = editEntries({ source, edits: [mergeOf(FACTS)] });
    if (outcome instanceof Error) throw outcome;
    equal(outcome!.entry.user.name, "user-dev-cluster@123456789012.us-east-2", what);
    ok(text.includes(theirs), what);
    equal(editEntries({ source: text, edits: [mergeOf(FACTS)] }).text, text, what);
  }
});

Deno.test("an item that is null stays; kubectl reads it as an entry without a name, and only one", () => {
  for (const nothing of ["- null", "-", "- ~", "- # c - d: e", "- Null # d"]) {
    for (const section of ["clusters", "contexts", "users"]) {
      const added = editEntries({ source: `${section}:\n${nothing}\n`, edits: [mergeOf(FACTS)] });
      ok(added.text.startsWith(`${section}:\n${nothing}\n- name: `), added.text);
      const source = WHOLE.replace(`${section}:\n`, `${section}:\n${nothing}\n`);
      equal(editEntries({ source, edits: [mergeOf(FACTS)] }).text, source);
      const twice = `${section}:\n${nothing}\n${nothing}\n`;
      throws(
        () => editEntries({ source: twice, edits: [mergeOf(FACTS)] }),
        { name: "YamlError", line: 3, message: `${section} has two entries without a name` },
      );
    }
  }
});
