import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { readAuthorRecord } from "../../../../src/integrations/eks/author_record.ts";
import type { ClusterEntry } from "../../../../src/integrations/eks/cluster_entry.ts";
import { readRecordedContexts } from "../../../../src/integrations/eks/context_record.ts";
import { writeEks } from "../../../../src/integrations/eks/eks_write.ts";
import type { Author } from "../../../../src/integrations/contract/author.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const PATH = "/home/me/k";
const RECORD = "/home/me/.local/state/atmos/kube/contexts.json";
const OWN: Author = { location: "/home/me/own", realm: "own" };
const CLONE: Author = { location: "/home/me/clone", realm: "clone" };

/** Two configurations, both of which are there. */
function world() {
  const files = new MemoryFiles();
  const directories = [
    "",
    "/me",
    ...["own", "clone", ".local", ".local/state", ".local/state/atmos"].map((one) => `/me/${one}`),
  ];
  for (const one of [...directories, "/me/.local/state/atmos/kube"]) files.directory(`/home${one}`);
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  const write = async (...found: readonly ClusterEntry[]) => {
    const { outcomes } = await writeEks(host, found);
    return outcomes.map((one) => one instanceof AppError ? one : undefined);
  };
  /** The clusters that contexts of the file lead to. */
  const leads = () =>
    Object.fromEntries(
      [...files.text(PATH)!.matchAll(/- name: (\S+)\n {2}context:\n(?: {4}.*\n)*? {4}cluster: .*\/(\S+)\n/g)]
        .map(([, name, cluster]) => [name, cluster]),
    );
  return { files, host, write, leads };
}

interface As {
  readonly author?: Author;
  readonly account?: string;
  readonly profile?: string;
  readonly describedBy?: string;
  readonly endpoint?: string;
  readonly integration?: string;
}

/** The integration "prod/eks" of the identity "admin", with a cluster under an alias. */
function prod(cluster: string, alias: string, as: As = {}): ClusterEntry {
  const { author = OWN, describedBy, integration = "prod/eks", ...facts } = as;
  return {
    owner: { integration, identity: "admin", author, definedIn: [] },
    describedBy,
    edit: mergeOf(clusterFacts(cluster, { alias, ...facts })),
    place: { path: PATH, mode: undefined },
    former: "moves",
    configured: {},
  };
}

function login(files: MemoryFiles, realm: string): void {
  const base = "/home/me/.config/atmos";
  for (
    const one of ["/home/me/.config", base, `${base}/${realm}`, `${base}/${realm}/aws`, `${base}/${realm}/aws/sso`]
  ) {
    if (files.reader.stat(one) === undefined) files.directory(one);
  }
  files.put(`${base}/${realm}/aws/sso/credentials`, "[admin]\naws_access_key_id = A\naws_secret_access_key = S\n");
}

Deno.test("a clone with the same names and another cluster: the context stays, and the message says whose it is", async () => {
  const { files, write, leads } = world();
  await write(prod("main", "prod"));
  const before = files.text(PATH);
  const [error] = await write(prod("evil", "prod", { author: CLONE, account: "999999999999" }));
  equal(files.text(PATH), before);
  match(error!.message, /^Cannot use context name "prod": .*cluster\/main, and was written for \/home\/me\/own$/);
  match(
    renderRemedy({}, error!),
    /with --alias NAME.*: kubectl config delete-context prod --kubeconfig \/home\/me\/k$/,
  );
  await write(prod("moved", "prod"));
  deepEqual(leads(), { prod: "moved" }, "its own configuration still points it elsewhere");
});

Deno.test("nor in two steps: a name that was shared for the same cluster is not the clone's", async () => {
  const { write, leads } = world();
  await write(prod("main", "prod"));
  deepEqual(await write(prod("main", "prod", { author: CLONE })), [undefined]);
  ok((await write(prod("evil", "prod", { author: CLONE })))[0]);
  ok((await write(prod("evil", "other", { author: CLONE })))[0] === undefined);
  deepEqual(leads(), { prod: "main", other: "evil" }, "a rename leaves it as well");
  await write(prod("moved", "prod"));
  deepEqual(leads(), { prod: "moved", other: "evil" });
});

Deno.test("nor where nobody knows who has made it", async () => {
  const { files, write, leads } = world();
  await write(prod("main", "prod"));
  files.put(RECORD, "[]");
  deepEqual(await write(prod("main", "prod", { author: CLONE })), [undefined]);
  ok((await write(prod("evil", "prod", { author: CLONE })))[0]);
  deepEqual(leads(), { prod: "main" });
});

Deno.test("a context that is made anew is of the configuration that has made it", async () => {
  const { files, write, leads } = world();
  await write(prod("main", "prod"));
  files.put(PATH, "");
  await write(prod("evil", "prod", { author: CLONE }));
  await write(prod("next", "prod", { author: CLONE }));
  deepEqual(leads(), { prod: "next" });
  const [error] = await write(prod("main", "prod"));
  match(error!.message, /written for \/home\/me\/clone$/);
});

Deno.test("another integration of the same configuration takes a context over, and may point it elsewhere", async () => {
  const { write, leads } = world();
  await write(prod("main", "prod"));
  await write(prod("main", "prod", { integration: "new/eks" }));
  await write(prod("moved", "prod", { integration: "new/eks" }));
  deepEqual(leads(), { prod: "moved" });
});

Deno.test("a configuration that has moved shares its contexts for the same cluster only", async () => {
  const { files, write, leads } = world();
  await write(prod("main", "prod", { profile: "admin" }));
  const moved: Author = { location: "/home/me/elsewhere", realm: "elsewhere" };
  files.directory("/home/me/elsewhere");
  ok((await write(prod("main", "prod", { author: moved, profile: "ops" })))[0], "the other one is still there");
  const gone: Author = { location: "/home/me/gone", realm: "gone" };
  files.put(PATH, "");
  await write(prod("main", "prod", { author: gone, profile: "admin" }));
  deepEqual(await write(prod("main", "prod", { author: moved, profile: "ops" })), [undefined]);
  ok((await write(prod("next", "prod", { author: moved, profile: "ops" })))[0]);
  deepEqual(leads(), { prod: "main" });
});

Deno.test("a server is what EKS said, or the endpoint that has said so from the start", async () => {
  const { files, write } = world();
  const local = { describedBy: "http://localhost:4566", author: CLONE };
  const server = () => /server: (\S+)/.exec(files.text(PATH)!)![1];
  await write(prod("main", "prod", { endpoint: "https://eks.example.com" }));
  for (const describedBy of ["http://localhost:4566", "configuration"]) {
    for (const alias of ["prod", "other"]) {
      const lie = { describedBy, author: CLONE, endpoint: "https://evil.example.com" };
      ok((await write(prod("main", alias, lie)))[0], alias);
      equal(server(), "https://eks.example.com");
    }
  }
  // A context beside it, with the same server, gives no right to the cluster.
  deepEqual(await write(prod("main", "other", { ...local, endpoint: "https://eks.example.com" })), [undefined]);
  ok((await write(prod("main", "other", { ...local, endpoint: "https://evil.example.com" })))[0]);
  deepEqual(await write(prod("main", "other", { author: CLONE, endpoint: "https://new.example.com" })), [undefined]);
  equal(server(), "https://new.example.com");
});

Deno.test("what an endpoint has described first, it describes again: of integrations, of flags and of both", async () => {
  const { files, write } = world();
  const flags = (endpoint: string, describedBy = "http://localhost:4566"): ClusterEntry => ({
    ...prod("main", "mine", { endpoint, describedBy }),
    owner: undefined,
    former: "apart",
  });
  const server = () => /server: (\S+)/.exec(files.text(PATH)!)![1];
  deepEqual(await write(flags("https://one.example.com")), [undefined]);
  deepEqual(await write(flags("https://two.example.com")), [undefined]);
  ok((await write(flags("https://evil.example.com", "http://localhost:1")))[0]);
  const local = { describedBy: "http://localhost:4566" };
  deepEqual(await write(prod("main", "prod", { ...local, endpoint: "https://three.example.com" })), [undefined]);
  equal(server(), "https://three.example.com");
});

Deno.test("a record of version 0.1.0 is of the only realm in which its identity has logged in", async () => {
  for (
    const [realms, isOwn] of [[["own"], true], [["clone"], false], [["own", "zoo"], false], [["own", "clone"], false], [
      [],
      false,
    ]] as const
  ) {
    const { files, host, write, leads } = world();
    await write(prod("main", "prod"));
    const older = readRecordedContexts(host).map(({ configLocation: _, definedIn: __, ...one }) => one);
    files.put(RECORD, JSON.stringify(older));
    realms.forEach((realm) => login(files, realm));
    const [found] = readAuthorRecord(host, OWN).recordedFor({ file: PATH, integration: "prod/eks", identity: "admin" });
    equal(found!.adopted, isOwn ? undefined : true);
    deepEqual(await write(prod("main", "prod")), [undefined], "it serves for its own cluster in any case");
    const [error] = await write(prod("moved", "prod"));
    equal(error === undefined, isOwn);
    deepEqual(leads(), { prod: isOwn ? "moved" : "main" });
    const left = readRecordedContexts(host).filter(({ configLocation }) => configLocation === undefined);
    equal(left.length, isOwn ? 0 : 1, "what may be another's is not lost");
  }
});

Deno.test("a clone that shares a context of the same cluster and identity does not lead it to another namespace", async () => {
  const spaced = (namespace: string | undefined, as: As): ClusterEntry => {
    const entry = prod("main", "prod", as);
    return { ...entry, edit: { ...entry.edit, facts: { ...entry.edit.facts, ...(namespace ? { namespace } : {}) } } };
  };
  for (const own of [undefined, "mine"]) {
    const { files, write } = world();
    await write(spaced(own, {}));
    const before = files.text(PATH);
    const [error] = await write(spaced("theirs", { author: CLONE }));
    equal(files.text(PATH), before);
    match(error!.message, /^Cannot set namespace "theirs" of context "prod": .* and was written for \/home\/me\/own$/);
    deepEqual(await write(spaced(undefined, { author: CLONE })), [undefined]);
    match(renderRemedy({}, (await write(spaced("ours", {})))[0]!), /^It belongs to others as well\. .*--alias NAME/);
  }
});

Deno.test("a context that another configuration shares is not moved, renamed or changed by the one that made it", async () => {
  const made: As = { profile: "admin" };
  const changes: readonly ClusterEntry[] = [
    prod("moved", "prod", made),
    prod("main", "prod", { ...made, account: "999999999999" }),
    prod("main", "prod", { profile: "ops" }),
    prod("main", "renamed", made),
  ];
  for (const change of changes) {
    const { files, write } = world();
    await write(prod("main", "prod", made));
    deepEqual(await write(prod("main", "prod", { ...made, author: CLONE })), [undefined]);
    deepEqual(await write(prod("main", "prod", made)), [undefined], "as it was, it is no obstacle");
    const before = context(files.text(PATH)!);
    await write(change);
    equal(context(files.text(PATH)!), before);
  }
});

Deno.test("once the one that made it gives it up, it is theirs who share it", async () => {
  const { write, leads } = world();
  await write(prod("main", "prod"));
  await write(prod("main", "prod", { author: CLONE }));
  await write(prod("main", "renamed"));
  deepEqual(leads(), { prod: "main", renamed: "main" });
  deepEqual(await write(prod("moved", "prod", { author: CLONE })), [undefined]);
  deepEqual(leads(), { prod: "moved", renamed: "main" });
});

Deno.test("a context that ~/.kube/config has for the same cluster is not moved to another one in front of it", async () => {
  const { files, write, leads } = world();
  await write(prod("main", "prod"));
  files.directory("/home/me/.kube");
  files.put("/home/me/.kube/config", files.text(PATH)!);
  // The configuration is not the user's own.
  const written = (cluster: string): ClusterEntry => {
    const entry = prod(cluster, "prod");
    return { ...entry, owner: { ...entry.owner!, definedIn: ["/home/me/own/atmos.yaml"] } };
  };
  deepEqual(await write(written("main")), [undefined]);
  const [error] = await write(written("moved"));
  match(error!.message, /another cluster in "\/home\/me\/\.kube\/config"/);
  deepEqual(leads(), { prod: "main" });
});

/** The lines of the context "prod", and what it joins. */
function context(text: string): string {
  return /- name: prod\n {2}context:\n(?: {4}.*\n)*/.exec(text)![0];
}
