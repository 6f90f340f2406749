import { equal, match } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import type { Author } from "../../../../src/integrations/contract/author.ts";
import type { ClusterEntry } from "../../../../src/integrations/eks/cluster_entry.ts";
import { previewEks, writeEks } from "../../../../src/integrations/eks/eks_write.ts";
import { awsPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";

const OWN: Author = { location: "/home/me/own", realm: "own" };
const CLONE: Author = { location: "/home/me/clone", realm: "clone" };
const THEIRS = "/home/me/.kube/theirs";
const OURS = "/home/me/.kube/ours";
const TARGET = { clusterName: "main", region: "us-east-2" };

function world(env: Readonly<Record<string, string>>) {
  const files = new MemoryFiles();
  for (const one of ["", "/me", "/me/.kube", "/me/own", "/me/own/.git", "/me/clone", "/me/clone/.git"]) {
    files.directory(`/home${one}`);
  }
  const read = files.reader;
  const host = fakeHost({ env: { HOME: "/home/me", ...env }, uid: 1000, files: { read, write: files.writer } });
  const write = async (entry: ClusterEntry) => {
    const { outcomes: [foretold] } = await previewEks(host, [entry]);
    const { outcomes: [outcome] } = await writeEks(host, [entry]);
    const [first, error] = [foretold, outcome].map((one) => one instanceof AppError ? one : undefined);
    equal(first?.message, error?.message, "a preview says the same");
    return error;
  };
  return { files, write };
}

interface More extends Partial<EntryFacts> {
  readonly author?: Author;
  readonly path?: string;
}

/** The context "prod" of the cluster "main", as an integration of a configuration has it. */
function linked({ author = CLONE, path = OURS, ...facts }: More = {}): ClusterEntry {
  return {
    owner: { integration: "main/eks", identity: "admin", author, definedIn: [] },
    describedBy: undefined,
    edit: mergeOf(clusterFacts("main", { alias: "prod", exec: awsPlugin(TARGET), ...facts })),
    place: { path, mode: undefined },
    former: "moves",
    configured: {},
  };
}

function byFlags(more: More = {}): ClusterEntry {
  const { edit, ...entry } = linked(more);
  return { ...entry, owner: undefined, author: undefined, former: "apart", edit: { ...edit, areNamesTyped: true } };
}

const OTHERS: Readonly<Record<string, More>> = {
  identity: { userAlias: "mine", exec: awsPlugin({ ...TARGET, roleArn: "arn:aws:iam::123456789012:role/low" }) },
  namespace: { namespace: "kube-system" },
  cluster: { arn: "arn:aws:eks:us-east-2:123456789012:cluster/other", name: "other" },
};

Deno.test("a context on record for others is hidden by no configuration from another file, whatever differs", async () => {
  const writers = { "for /home/me/own": linked, "by flags of update-kubeconfig": byFlags };
  for (const KUBECONFIG of [undefined, `${OURS}:${THEIRS}`, THEIRS]) {
    for (const [whose, theirs] of Object.entries(writers)) {
      for (const [what, more] of Object.entries(OTHERS)) {
        const { files, write } = world(KUBECONFIG === undefined ? {} : { KUBECONFIG });
        equal(await write(theirs({ author: OWN, path: THEIRS })), undefined);
        const error = await write(linked(more));
        const found = `Cannot use context name "prod": it belongs to another ${what} in "${THEIRS}", ` +
          `which it would hide from kubectl, and was written ${whose}`;
        equal(error?.message, found);
        match(renderRemedy({}, error!), new RegExp(`delete-context prod --kubeconfig ${THEIRS}$`));
        equal(files.text(OURS), undefined, "nothing is written");
        const moreAliases = ["prod"];
        equal((await write(linked({ ...more, alias: "mine", moreAliases })))?.message, found, "nor as a second name");
        equal(await write(linked({ ...more, alias: "mine" })), undefined, "under a name of its own it is");
      }
    }
  }
});

Deno.test("a context that stands for the same is free, and so is one's own in another file, a user's, and one hidden already", async () => {
  for (const more of Object.values(OTHERS)) {
    const { write } = world({ KUBECONFIG: `${OURS}:${THEIRS}` });
    equal(await write(linked({ author: OWN, path: THEIRS })), undefined);
    equal(await write(linked()), undefined, "the same");
    match(String(await write(linked(more))), /another/, "and no more than that from then on");
    equal(await write(byFlags({ ...more, path: "/home/me/.kube/typed" })), undefined, "a user may");
  }
  const { arn: _arn, ...same } = OTHERS["identity"]!;
  const { write } = world({});
  equal(await write(linked({ path: THEIRS })), undefined);
  equal(await write(linked(same)), undefined, "its own");
  equal(await write(linked({ author: OWN, path: THEIRS })), undefined, "shared by another one since then");
  equal(await write(linked(same)), undefined, "as before");
});

Deno.test("a kubeconfig in the working tree that it is for hides nothing elsewhere, unless kubectl reads it now", async () => {
  const path = "/home/me/own/kubeconfig";
  for (const [KUBECONFIG, isHidden] of [[OURS, false], [`${OURS}:${path}`, true]] as const) {
    const { write } = world({ KUBECONFIG });
    equal(await write(linked({ author: OWN, path })), undefined);
    equal(await write(linked(OTHERS["namespace"])) !== undefined, isHidden);
  }
});
