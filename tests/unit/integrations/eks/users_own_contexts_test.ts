import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { readAuthorRecord } from "../../../../src/integrations/eks/author_record.ts";
import type { ClusterEntry } from "../../../../src/integrations/eks/cluster_entry.ts";
import { previewEks, writeEks } from "../../../../src/integrations/eks/eks_write.ts";
import type { Author } from "../../../../src/integrations/contract/author.ts";
import { atmosPlugin, awsPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const PATH = "/home/me/k";
const OWN: Author = { location: "/home/me/own", realm: "own" };
const CLONE: Author = { location: "/home/me/clone", realm: "clone" };
const TARGET = { clusterName: "main", region: "us-east-2" };
const SELF = { command: "/opt/atmos", args: [] };

function world() {
  const files = new MemoryFiles();
  for (const one of ["", "/me", "/me/own", "/me/clone"]) files.directory(`/home${one}`);
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  const write = async (...found: readonly ClusterEntry[]) => {
    const { outcomes: foretold } = await previewEks(host, found);
    const { outcomes } = await writeEks(host, found);
    const errors = [foretold, outcomes].map((all) => all.map((one) => one instanceof AppError ? one.message : ""));
    deepEqual(errors[0], errors[1], "a preview says the same");
    return outcomes.map((one) => one instanceof AppError ? one : undefined);
  };
  /** Who a context acts as, by the plugin of its user. */
  const acts = (context: string) => {
    const names = new NamesInUse(parseKubeconfig(files.text(PATH)!));
    const { plugin, identity, profile, configFlags, role } = names.user(names.context(context)!.user!)!;
    return [plugin, identity ?? profile, configFlags, role].filter(Boolean).join(" ");
  };
  return { files, host, write, acts };
}

const execs = {
  environment: awsPlugin(TARGET),
  admin: awsPlugin({ ...TARGET, profile: "admin" }),
  reader: awsPlugin({ ...TARGET, profile: "reader" }),
  role: awsPlugin({ ...TARGET, roleArn: "arn:aws:iam::123456789012:role/r" }),
  ownAtmos: atmosPlugin({ ...TARGET, identity: "admin", configFlags: ["--config=/home/me/own/atmos.yaml"] }, SELF),
  cloneAtmos: atmosPlugin({ ...TARGET, identity: "admin", configFlags: ["--config=/home/me/clone/atmos.yaml"] }, SELF),
  cloneProfile: atmosPlugin({ ...TARGET, identity: "admin", configFlags: ["--chdir=/home/me/clone"] }, SELF),
} as const;
type Acting = keyof typeof execs;

interface More extends Partial<EntryFacts> {
  readonly author?: Author | undefined;
  readonly areNamesTyped?: boolean;
}

/** What flags write for the cluster "main", without a configuration unless one is said. */
function flags(alias: string, as: Acting, { author, areNamesTyped = true, ...facts }: More = {}): ClusterEntry {
  return {
    owner: undefined,
    author,
    describedBy: undefined,
    edit: mergeOf(clusterFacts("main", { alias, exec: execs[as], ...facts }), { areNamesTyped }),
    place: { path: PATH, mode: undefined },
    former: "apart",
    configured: {},
  };
}

/** What the integration "main/eks" of a configuration writes for the same cluster. */
function linked(alias: string, as: Acting, { author = CLONE, ...facts }: More = {}): ClusterEntry {
  const owner = { integration: "main/eks", identity: "admin", author, definedIn: [] };
  return {
    ...flags(alias, as, facts),
    owner,
    former: "moves",
    edit: mergeOf(clusterFacts("main", { alias, exec: execs[as], ...facts })),
  };
}

for (const as of Object.keys(execs) as Acting[]) {
  Deno.test(`what flags have written as ${as} no integration makes another's: it shares the very same only`, async () => {
    for (const other of Object.keys(execs) as Acting[]) {
      for (const author of [OWN, CLONE]) {
        const { files, write, acts } = world();
        await write(flags("mine", as));
        const [before, acting] = [files.text(PATH), acts("mine")];
        const [error] = await write(linked("mine", other, { author }));
        equal(error === undefined, as === other, `${other}: ${error?.message}`);
        equal(files.text(PATH), before);
        if (error !== undefined) {
          match(error.message, /^Cannot use context name "mine": .*, and was written by flags of update-kubeconfig$/);
          match(
            renderRemedy({}, error),
            /with --alias NAME.*: kubectl config delete-context mine --kubeconfig \/home\/me\/k$/,
          );
        }
        deepEqual(await write(linked("theirs", other, { author })), [undefined], "a name of its own is free");
        equal(acts("mine"), acting);
      }
    }
  });
}

Deno.test("nor in two steps: what was shared stays as it is, whatever the integration says later", async () => {
  const later: readonly More[] = [{ namespace: "theirs" }, { proxyUrl: "http://p" }, { tlsServerName: "evil" }];
  for (const more of [...later, { exec: execs.reader }]) {
    const { files, write } = world();
    await write(flags("mine", "admin"));
    deepEqual(await write(linked("mine", "admin")), [undefined]);
    const before = files.text(PATH);
    ok((await write(linked("mine", "admin", more)))[0], JSON.stringify(more));
    ok((await write(linked("mine", "admin", { ...more, author: OWN })))[0], "of whatever configuration");
    equal(files.text(PATH), before);
    deepEqual(await write(linked("other", "admin")), [undefined]);
    match(files.text(PATH)!, /- name: mine\n/, "it is not renamed");
  }
});

Deno.test("a field that a shared context has stays when the integration says it no more", async () => {
  const { files, write } = world();
  await write(flags("mine", "admin", { namespace: "web" }));
  deepEqual(await write(linked("mine", "admin", { namespace: "web" })), [undefined]);
  deepEqual(await write(linked("mine", "admin")), [undefined]);
  match(files.text(PATH)!, /namespace: web\n/);
});

Deno.test("a user who names a context means it, no matter who has it; it is the user's from then on", async () => {
  for (const author of [undefined, OWN]) {
    const { write, acts } = world();
    await write(linked("prod", "admin"));
    deepEqual(await write(flags("prod", "reader", { author })), [undefined]);
    equal(acts("prod"), "aws reader");
    ok((await write(linked("prod", "admin")))[0], "the integration does not take it back");
    deepEqual(await write(flags("prod", "environment")), [undefined]);
  }
});

Deno.test("as an identity of the same configuration a user lends the context only: the integration takes it back", async () => {
  const { write, acts } = world();
  await write(linked("prod", "environment"));
  await write(flags("prod", "admin", { author: CLONE }));
  deepEqual(await write(linked("prod", "environment")), [undefined]);
  equal(acts("prod"), "aws");
});

Deno.test("a name that the stacks give is the configuration's word, and no other's context is taken on it", async () => {
  const { write, acts } = world();
  const component = (as: Acting, author: Author) => flags("arn", as, { author, areNamesTyped: false });
  deepEqual(await write(component("admin", OWN)), [undefined]);
  deepEqual(await write(component("reader", OWN)), [undefined], "its own is");
  for (const author of [CLONE, undefined]) {
    ok((await write(flags("arn", "admin", { author, areNamesTyped: false })))[0]);
  }
  equal(acts("arn"), "aws reader");
  deepEqual(await write(linked("arn", "environment", { author: OWN })), [undefined], "its integration may have it");
  ok((await write(linked("arn", "admin")))[0]);
  equal(acts("arn"), "aws");
});

Deno.test("a user of a kubeconfig that a context of others uses is never changed, and is shared by the very same only", async () => {
  const all = Object.keys(execs) as Acting[];
  for (const [first, second] of all.flatMap((one) => all.map((other) => [one, other] as const))) {
    for (const before of [flags("a", first), linked("a", first, { author: OWN })]) {
      const { files, write, acts } = world();
      await write(before);
      const acting = acts("a");
      for (const as of [second, first]) {
        deepEqual(await write(linked("b", as)), [undefined]);
        equal(acts("a"), acting, `${first}, beside it ${as}`);
      }
      const users = files.text(PATH)!.match(/^ {4}user: .*$/gm)!;
      equal(new Set(users).size, first === second ? 1 : 2, "each context has the user that it had");
    }
  }
});

Deno.test("nor is the program that it runs, or what else the user has", async () => {
  const moved = { ...execs.admin, command: "/opt/aws" };
  for (const exec of [moved, { ...execs.ownAtmos, command: "/clone/atmos" }]) {
    const { files, write } = world();
    await write(flags("a", exec === moved ? "admin" : "ownAtmos"));
    const user = files.text(PATH)!.slice(files.text(PATH)!.indexOf("users:"));
    deepEqual(await write(linked("b", "admin", { exec })), [undefined]);
    ok(files.text(PATH)!.includes(user.trimEnd()));
  }
});

Deno.test("a cluster that a context of others joins keeps its proxy and the name in its certificate", async () => {
  for (const more of [{ proxyUrl: "http://theirs" }, { tlsServerName: "theirs" }] as const) {
    const { files, write } = world();
    await write(flags("mine", "admin"));
    const before = files.text(PATH);
    const [error] = await write(linked("other", "admin", more));
    match(error!.message, /^Cannot set (proxy-url|tls-server-name) of cluster "arn:.*: context "mine" uses it/);
    equal(files.text(PATH), before);
    const { write: alone } = world();
    deepEqual(await alone(linked("one", "admin")), [undefined]);
    deepEqual(await alone(linked("one", "admin", more)), [undefined]);
  }
});

Deno.test("what flags have written is on record as theirs, for the configuration that they acted for", async () => {
  const { host, write } = world();
  await write(flags("mine", "admin"));
  await write(flags("ours", "admin", { author: OWN }));
  await write(linked("prod", "reader", { author: OWN }));
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).toSorted();
  const [own, clone, none] = [OWN, CLONE, { location: undefined, realm: "" }].map((one) => readAuthorRecord(host, one));
  deepEqual(names(own!.writtenIn(PATH)), ["prod"]);
  deepEqual(names(own!.foreignIn(PATH)), ["mine", "ours"]);
  deepEqual(names(own!.foreignToFlags(PATH)), ["mine"]);
  deepEqual(names(own!.editableByFlags(PATH)), ["ours", "prod"]);
  deepEqual(names(clone!.foreignToFlags(PATH)), ["mine", "ours", "prod"]);
  deepEqual(names(none!.foreignToFlags(PATH)), ["ours", "prod"]);
});
