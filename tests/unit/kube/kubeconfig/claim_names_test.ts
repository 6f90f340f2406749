import { equal, ok, throws } from "node:assert/strict";
import { claimNames, isUserName } from "../../../../src/kube/kubeconfig/claim_names.ts";
import { NO_CONTEXT } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { buildEntry } from "../../../../src/kube/kubeconfig/entry.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import { clusterFacts } from "../../../support/kubeconfig/written_before.ts";

Deno.test("a user's name is one that would be given, and no other", () => {
  const facts = clusterFacts("c", { profile: "dev" });
  const names = new NamesInUse(parseKubeconfig(""));
  const given: string[] = [];
  for (let way = 0; way < 102; way++) {
    const { user } = claimNames(names, { edit: { facts }, users: new Set(), exclusive: new Set() });
    given.push(user.name);
    // As another entry's.
    names.claim(buildEntry(clusterFacts("other", { alias: `${way}`, account: "999999999999" }), user.name));
  }
  equal(new Set(given).size, 102);
  for (const name of given) ok(isUserName(facts, name), name);
  const qualified = "user-c@123456789012.us-east-2";
  equal(given[1], qualified);
  for (
    const name of [
      "user-d",
      `${qualified}.admin`,
      `${qualified}.1`,
      `${qualified}.02`,
      `${qualified}.101`,
      `${qualified}.`,
    ]
  ) {
    ok(!isUserName(facts, name), name);
  }
  ok(isUserName({ ...facts, userAlias: "me" }, "me"));
  ok(!isUserName({ ...facts, userAlias: "me" }, "user-c"));
});

Deno.test("a context is not called as another cluster's, by its ARN", () => {
  const names = new NamesInUse(parseKubeconfig(""));
  const claim = (alias: string, moreAliases: readonly string[] = []) =>
    claimNames(names, {
      edit: { facts: clusterFacts("c", { alias, moreAliases }) },
      users: new Set(),
      exclusive: new Set(),
    });
  const arn = "arn:aws:eks:us-east-2:123456789012:cluster/c";
  const others = [
    "arn:aws:eks:us-east-2:123456789012:cluster/d",
    "arn:aws:eks:us-east-2:999999999999:cluster/c",
    "arn:aws-cn:eks:cn-north-1:123456789012:cluster/c",
    `${arn}2@dev`,
  ];
  for (const other of others) {
    for (const more of [[other], []]) {
      throws(() => claim(more.length > 0 ? "dev" : other, more), /it belongs to the cluster arn:/);
    }
  }
  for (const own of [arn, `${arn}@dev`, "arn:aws:s3:::b"]) equal(claim(own).context.name, own);
});

Deno.test("no context is called as a selector says that there is none, typed or not, whatever is there", () => {
  const there = (name: string) =>
    `contexts: [{name: ${JSON.stringify(name)}, context: {cluster: ${clusterFacts("c", {}).arn}, user: user-c}}]`;
  for (const start of Object.values(NO_CONTEXT)) {
    const alias = `${start}x`;
    for (const facts of [{ alias }, { alias: "c", moreAliases: ["d", alias] }]) {
      for (const text of ["", there(alias)]) {
        for (const areNamesTyped of [false, true]) {
          const names = new NamesInUse(parseKubeconfig(text));
          const edit = { facts: { ...clusterFacts("c", {}), ...facts }, areNamesTyped };
          throws(() => claimNames(names, { edit, users: new Set(), exclusive: new Set() }), /belongs to atmos/);
        }
      }
    }
  }
});
