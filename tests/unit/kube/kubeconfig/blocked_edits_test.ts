import { deepEqual } from "node:assert/strict";
import { claimsOf } from "../../../../src/kube/kubeconfig/managed_contexts.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import { stuckEdits } from "../../../../src/kube/kubeconfig/blocked_edits.ts";
import { clusterFacts, mergeOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

/** Clusters c0, c1 … that are renamed `from`, `to`, beside the context "foreign". */
function renamed(from: readonly string[], to: readonly string[]) {
  const { text, former } = writtenBefore(...from.map((alias, at) => clusterFacts(`c${at}`, { alias })));
  const source = text.replace("contexts:\n", "contexts:\n- name: foreign\n  context: {cluster: minikube}\n");
  return { source, edits: to.map((alias, at) => mergeOf(clusterFacts(`c${at}`, { alias }), { former: former[at]! })) };
}

Deno.test("stuck is who wants what nobody gives away, and who waits for one of these, in any order", () => {
  const stuck = (from: readonly string[], to: readonly string[]) => {
    const { source, edits } = renamed(from, to);
    const names = new NamesInUse(parseKubeconfig(source));
    return [...stuckEdits(names, { edits, claims: claimsOf(names, edits) })].toSorted();
  };
  deepEqual(stuck(["a", "b", "c", "d"], ["b", "foreign", "a", "new"]), [0, 1, 2]);
  deepEqual(stuck(["c", "b", "a"], ["b", "a", "foreign"]), [0, 1, 2]);
  deepEqual(stuck(["a", "b"], ["b", "a"]), []);
});
