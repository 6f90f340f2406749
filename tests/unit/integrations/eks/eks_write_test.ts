import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { readAuthorRecord } from "../../../../src/integrations/eks/author_record.ts";
import type { ClusterEntry } from "../../../../src/integrations/eks/cluster_entry.ts";
import { previewEks, writeEks } from "../../../../src/integrations/eks/eks_write.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { openSelector } from "../../../../src/kube/kubectl/selector_files.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { clusterFacts, mergeOf } from "../../../support/kubeconfig/written_before.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const PATH = "/home/me/k";

function world() {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  const written = (integration: string, identity = "dev") =>
    readAuthorRecord(host, AUTHOR).recordedFor({ file: PATH, integration, identity });
  return { files, host, written };
}

type Owner = NonNullable<ClusterEntry["owner"]>;

/** A cluster of integration `i-<name>`. */
function found(
  name: string,
  alias: string,
  more: Partial<ClusterEntry & Owner> & { facts?: Partial<EntryFacts> } = {},
): ClusterEntry {
  const { facts, integration = `i-${name}`, identity = "dev", author = AUTHOR, ...rest } = more;
  return {
    owner: { integration, identity, author, definedIn: [] },
    describedBy: undefined,
    edit: mergeOf(clusterFacts(name, { alias, ...facts })),
    place: { path: PATH, mode: undefined },
    former: "moves",
    configured: {},
    ...rest,
  };
}

function texts(outcomes: readonly (object | AppError)[]): readonly string[] {
  return outcomes.map((one) => one instanceof AppError ? one.message : "");
}

Deno.test("integrations exchange their aliases: a look says what the write does, and the same again writes nothing", async () => {
  const { files, host, written } = world();
  await writeEks(host, [found("x", "a"), found("y", "b")]);
  const exchanged = [found("x", "b"), found("y", "a")];
  const { before, text, outcomes } = await previewEks(host, exchanged);
  equal(before, files.text(PATH));
  deepEqual(texts(outcomes), ["", ""]);
  await writeEks(host, exchanged);
  equal(files.text(PATH), text);
  deepEqual([written("i-x")[0]!.name, written("i-y")[0]!.name], ["b", "a"]);
  equal((await writeEks(host, exchanged)).written!.changed, false);
  equal((await writeEks(host, exchanged.toReversed())).written!.changed, false);
});

Deno.test("one that meets another which is not written now says how to write both", async () => {
  const { files, host } = world();
  await writeEks(host, [found("x", "a"), found("y o", "b")]);
  const before = files.text(PATH);
  for (
    const { outcomes: [error] } of [await previewEks(host, [found("x", "b")]), await writeEks(host, [found("x", "b")])]
  ) {
    ok(error instanceof AppError);
    match(error.message, /^Cannot use context name "b": it belongs to the cluster arn/);
    equal(
      renderRemedy({}, error),
      `It was written for integration "i-y o". If that has another alias now, write both: ` +
        "atmos aws eks update-kubeconfig --integration i-x --integration 'i-y o'",
    );
  }
  equal(files.text(PATH), before);
});

Deno.test("other files of KUBECONFIG are read as often for many entries as for one, and those that come first not at all for their context", async () => {
  const readsOf = async (count: number, list: string) => {
    const { files, host } = world();
    for (const other of ["/home/me/a", "/home/me/b"]) files.put(other, "contexts: []\n");
    let reads = 0;
    const bytes = (path: string) => (reads += path === PATH ? 0 : 1, files.reader.bytes(path));
    const env = { ...host.env, get: (name: string) => name === "KUBECONFIG" ? list : host.env.get(name) };
    const names = Array.from({ length: count }, (_, index) => `x${index}`);
    await previewEks({ ...host, env, read: { ...host.read, bytes } }, names.map((name) => found(name, name)));
    return reads;
  };
  const last = `/home/me/a:/home/me/b:${PATH}`;
  const one = await readsOf(1, `${PATH}:/home/me/a:/home/me/b`);
  equal(await readsOf(20, `${PATH}:/home/me/a:/home/me/b`), one);
  equal(await readsOf(20, last), await readsOf(1, last));
  equal(await readsOf(1, last) < one, true);
});

Deno.test("what is written is on record, though its lock cannot be removed: that alone fails", async () => {
  const { files, host, written } = world();
  const remove = (path: string) => {
    if (path === `${PATH}.lock`) throw new FileError("read-only", path, "remove");
    files.writer.remove(path);
  };
  const broken = { ...host, write: { ...host.write, remove } };
  await rejects(writeEks(broken, [found("x", "a")]), { code: "locked", message: /^Cannot unlock file/ });
  match(files.text(PATH)!, /name: a\n/);
  deepEqual(written("i-x").map(({ name, adopted }) => [name, adopted]), [["a", undefined]]);
});

Deno.test("a shell whose selector cannot be written is a warning: what is written is on record", async () => {
  const { files, host, written } = world();
  await writeEks(host, [found("x", "a"), found("y", "b")]);
  const directory = "/home/me/.local/state/atmos/kube/selectors/test/dev";
  const { path } = openSelector(host, { directory, context: "a", file: PATH });
  files.put(`${path}.lock`, "");
  const exchanged = [found("x", "b"), found("y", "a")];
  const { outcomes, warnings } = await writeEks(host, exchanged);
  deepEqual(texts(outcomes), ["", ""]);
  match(warnings.map(({ message }) => message).join(), /^Cannot pin the context [^\n]*selectors\/test\/dev\/run-/);
  deepEqual([written("i-x")[0]!.name, written("i-y")[0]!.name], ["b", "a"]);
});

Deno.test("a context that is nobody's keeps the hint that names --alias", async () => {
  const { files, host } = world();
  files.put(PATH, "contexts:\n- name: a\n  context: {cluster: minikube}\n");
  const { outcomes: [error] } = await previewEks(host, [found("x", "a")]);
  ok(error instanceof AppError);
  match(renderRemedy({}, error), /--alias/);
});

Deno.test("what is remembered: cluster, user, what atmos.yaml said, and contexts that were kept", async () => {
  const { files, host, written } = world();
  const facts = { namespace: "web", proxyUrl: "http://p" };
  await writeEks(host, [
    found("x", "a", { facts: { ...facts, moreAliases: ["b"] }, configured: { proxyUrl: "http://p" } }),
  ]);
  const cluster = clusterFacts("x").arn;
  const one = { cluster, user: "user-x", proxyUrl: "http://p" };
  const defined = () => written("i-x").map((context) => JSON.parse(JSON.stringify(context)));
  deepEqual(defined(), [{ name: "a", ...one }, { name: "b", ...one }]);
  await writeEks(host, [found("x", "a")]);
  deepEqual(defined(), [{ name: "a", cluster, user: "user-x" }, { name: "b", ...one, retained: true }]);
  match(files.text(PATH)!, /namespace: web\n/, "atmos.yaml has never said it");
});

Deno.test("a flag's entry is remembered beside the others, or not at all; what was written before stays where it is", async () => {
  const { files, host, written } = world();
  await writeEks(host, [found("x", "a")]);
  const before = files.text(PATH)!;
  const apart = await writeEks(host, [found("x", "mine", { former: "apart" })]);
  deepEqual(texts(apart.outcomes), [""]);
  deepEqual(written("i-x").map(({ name }) => name), ["a"]);
  const elsewhere = { integration: "i-x", former: "stays" } as const;
  match(texts((await writeEks(host, [found("y", "a", elsewhere)])).outcomes)[0]!, /belongs to the cluster/);
  await writeEks(host, [found("y", "b", elsewhere)]);
  deepEqual(written("i-x").map(({ name, cluster }) => [name, cluster]), [
    ["b", clusterFacts("y").arn],
    ["a", clusterFacts("x").arn],
  ]);
  ok(files.text(PATH)!.includes(before.slice(before.indexOf("- name: a\n"), before.indexOf("users:"))));
});

Deno.test("another identity of the same integration takes over what has its name, and nothing else", async () => {
  const { files, host, written } = world();
  const of = (identity: string, alias: string, more: Partial<EntryFacts> = {}) =>
    found("x", alias, { identity, facts: { ...clusterFacts("x", { profile: identity }), alias, ...more } });
  await writeEks(host, [{ ...of("dev", "all", { namespace: "web" }), configured: { namespace: "web" } }]);
  await writeEks(host, [{
    ...of("dev", "all", { namespace: "web", moreAliases: ["dev's"] }),
    configured: { namespace: "web" },
  }]);
  await writeEks(host, [of("reader", "all", { moreAliases: ["reader's"] })]);
  deepEqual([written("i-x").map(({ name }) => name), written("i-x", "reader").map(({ name }) => name)], [
    ["dev's"],
    ["all", "reader's"],
  ]);
  equal(
    files.text(PATH)!.match(/namespace: web/g)?.length,
    1,
    "what atmos.yaml has no more is gone from the shared one",
  );
  match(files.text(PATH)!, /- name: "dev's"\n/);
});

Deno.test("update: error of atmos.yaml lets its own contexts be; another identity's are as foreign as anything", async () => {
  const { host } = world();
  const strict = (more: Partial<ClusterEntry & Owner> = {}) => {
    const one = found("x", "a", more);
    return { ...one, edit: { ...one.edit, update: "error" as const } };
  };
  deepEqual(texts((await writeEks(host, [strict()])).outcomes), [""]);
  deepEqual(texts((await writeEks(host, [strict()])).outcomes), [""]);
  const refused = [strict({ identity: "reader" }), strict({ integration: "other" }), strict({ former: "stays" })];
  for (const one of refused) {
    match(texts((await previewEks(host, [one])).outcomes)[0]!, /^Cannot add cluster .* already exists$/);
  }
});

Deno.test("a configuration in a repository adds no context that would hide another file's, unless that is the same cluster", async () => {
  const other = clusterFacts("theirs");
  const kubeconfig = (cluster: string, server: string) =>
    `clusters:\n- {name: "${cluster}", cluster: {server: "${server}"}}\ncontexts:\n- {name: a, context: {cluster: "${cluster}"}}\n`;
  const { arn, endpoint } = clusterFacts("x");
  const tree = { definedIn: ["/home/me/repo/atmos.yaml"] };
  const typed = mergeOf(clusterFacts("x", { alias: "a" }), { areNamesTyped: true });
  const ways: readonly (readonly [string, Partial<ClusterEntry & Owner>, boolean])[] = [
    [kubeconfig(other.arn, other.endpoint), tree, true],
    ["contexts:\n- {name: a}\n", tree, true],
    [kubeconfig(arn, other.endpoint), tree, false],
    [kubeconfig("theirs", endpoint), tree, false],
    [kubeconfig(other.arn, other.endpoint).replaceAll("name: a,", "name: b,"), tree, false],
    [kubeconfig(other.arn, other.endpoint), { ...tree, former: "apart", edit: typed }, false],
    [kubeconfig(other.arn, other.endpoint), { definedIn: ["/home/me/.config/atmos/atmos.yaml"] }, false],
  ];
  for (const [text, more, isRefused] of ways) {
    const { files, host } = world();
    files.put("/home/me/.kube/config", text);
    files.put("/home/me/.config/atmos/atmos.yaml", "");
    const { outcomes: [error] } = await writeEks(host, [entryOf("x", "a", more)]);
    equal(error instanceof AppError, isRefused, text + JSON.stringify(more));
    if (!(error instanceof AppError)) continue;
    equal(error.code, "kubeconfig-merge");
    match(error.message, /"a": it belongs to another cluster in "\/home\/me\/\.kube\/config"/);
    match(renderRemedy({}, error), /--alias/);
    equal(files.text(PATH), undefined);
  }
});

Deno.test("a context that is there already is kept up, whatever another file has by its name meanwhile", async () => {
  const { files, host } = world();
  const entry = entryOf("x", "a", { definedIn: ["/home/me/repo/atmos.yaml"] });
  await writeEks(host, [entry]);
  files.put("/home/me/.kube/config", "contexts:\n- {name: a}\n");
  deepEqual(texts((await writeEks(host, [entry])).outcomes), [""]);
});

function entryOf(name: string, alias: string, { definedIn, ...more }: Partial<ClusterEntry & Owner>): ClusterEntry {
  const entry = found(name, alias, more);
  return { ...entry, owner: { ...entry.owner!, definedIn: definedIn! } };
}
