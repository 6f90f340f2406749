import { equal } from "node:assert/strict";
import { keepCurrent } from "../../../../src/kube/kubectl/keep_current.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const CURRENT = "current-context: mine\ncontexts:\n- {name: mine, context: {cluster: c, user: u}}\n";
const NEW = "/h/.kube/configs/0.yaml";
const [LISTED, OTHER] = ["/h/.kube/configs/main.yaml", "/h/.kube/configs/more.yaml"];

interface By {
  readonly path?: string;
  readonly isOwn?: boolean;
}

function switchesIn(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  { path = NEW, isOwn = false }: By = {},
) {
  const disk = new MemoryFiles();
  for (const [file, text] of Object.entries(files)) disk.put(file, text);
  const host = fakeHost({ env: { HOME: "/h", ...env }, files: { read: disk.reader, write: disk.writer } });
  const edit = { ...mergeOf(clusterFacts("c", {})), switchContext: "if-none" as const };
  return keepCurrent(host, path)(edit, { isOwn }).switchContext;
}

Deno.test("a repository's file that KUBECONFIG does not name gets a current-context where none that it names has one", () => {
  const KUBECONFIG = `${LISTED}:${OTHER}`;
  equal(switchesIn({ [LISTED]: CURRENT }, { KUBECONFIG }, { isOwn: true }), "if-none");
  for (const file of [LISTED, OTHER]) {
    equal(switchesIn({ [file]: CURRENT }, { KUBECONFIG }), "never");
  }
  equal(switchesIn({ [LISTED]: "contexts: []\n" }, { KUBECONFIG }), "if-none");
  equal(switchesIn({}, { KUBECONFIG }), "if-none");
  equal(switchesIn({ "/h/.kube/config": CURRENT }, { KUBECONFIG }), "if-none");
});

Deno.test("atmos's own file and kubectl's get it, whatever KUBECONFIG names", () => {
  for (const path of ["/h/.config/atmos/kube/config", "/h/.kube/config"]) {
    equal(switchesIn({ [LISTED]: CURRENT }, { KUBECONFIG: LISTED }, { path }), "if-none");
  }
});

Deno.test("without KUBECONFIG a file of its own gets its first current-context", () => {
  for (const env of [{}, { KUBECONFIG: "" }]) equal(switchesIn({ "/h/.kube/config": CURRENT }, env), "if-none");
});

Deno.test("a file of KUBECONFIG leaves the say to one that follows, and not to one before", () => {
  const files = { [LISTED]: CURRENT };
  equal(switchesIn(files, { KUBECONFIG: `${NEW}:${LISTED}` }), "never");
  equal(switchesIn(files, { KUBECONFIG: `${LISTED}:${NEW}` }), "if-none");
});
