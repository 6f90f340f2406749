import { deepEqual, equal } from "node:assert/strict";
import { readAuthorRecord } from "../../../../src/integrations/eks/author_record.ts";
import { recordContexts } from "../../../../src/integrations/eks/context_record.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const PATH = "/home/me/.local/state/atmos/kube/contexts.json";
const FILE = "/home/me/.config/atmos/kube/config";
const DEV = { file: FILE, configLocation: AUTHOR.location, integration: "dev/eks", identity: "dev" };
const OTHER = { ...DEV, identity: "other" };

function world() {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  const host = fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer }, uid: 1000 });
  return { files, host };
}

function named(...names: readonly string[]) {
  return names.map((name) => ({ name, cluster: `arn-${name}`, user: `user-${name}` }));
}

function names(host: ReturnType<typeof world>["host"], key: typeof DEV): readonly string[] {
  return readAuthorRecord(host, AUTHOR).recordedFor(key).map(({ name }) => name);
}

Deno.test("what was written is known again, names in any case", async () => {
  const { host, files } = world();
  await recordContexts(host, [{ ...DEV, contexts: named("dev") }]);
  deepEqual(names(host, { ...DEV, identity: "DEV", integration: "Dev/EKS" }), ["dev"]);
  deepEqual(names(host, { ...DEV, file: "/elsewhere" }), []);
  deepEqual(files.reader.stat(PATH)?.mode, 0o600);
});

Deno.test("a context that another identity has taken over is no longer the former's", async () => {
  const { host } = world();
  await recordContexts(host, [{ ...DEV, contexts: named("shared", "mine") }]);
  await recordContexts(host, [{ ...OTHER, contexts: named("shared") }]);
  deepEqual(names(host, DEV), ["mine"]);
  deepEqual(names(host, OTHER), ["shared"]);
});

Deno.test("a context of a file is of whom it was written for last; another file's stays as it is", async () => {
  const { host } = world();
  await recordContexts(host, [{ ...DEV, contexts: named("dev", "mine") }]);
  await recordContexts(host, [
    { ...DEV, integration: "prod/eks", contexts: named("dev") },
    { ...OTHER, file: "/elsewhere", contexts: named("mine") },
  ]);
  deepEqual(names(host, DEV), ["mine"]);
  equal(readAuthorRecord(host, AUTHOR).findOwner({ file: FILE, name: "dev" })?.integration, "prod/eks");
  equal(readAuthorRecord(host, AUTHOR).findOwner({ file: FILE, name: "other" }), undefined);
});

Deno.test("contexts that are exchanged in one write are each the other's afterwards", async () => {
  const { host } = world();
  const prod = { ...DEV, integration: "prod/eks" };
  await recordContexts(host, [{ ...DEV, contexts: named("a") }, { ...prod, contexts: named("b") }]);
  await recordContexts(host, [{ ...DEV, contexts: named("b") }, { ...prod, contexts: named("a") }]);
  deepEqual([names(host, DEV), names(host, prod)], [["b"], ["a"]]);
});

Deno.test("what is remembered comes back whole", async () => {
  const { host } = world();
  const whole = { name: "b", cluster: "arn", user: "u", namespace: "web", proxyUrl: "p", tlsServerName: "t" };
  await recordContexts(host, [{ ...DEV, contexts: named("a") }, {
    ...OTHER,
    contexts: [{ ...whole, retained: true }],
  }]);
  deepEqual(readAuthorRecord(host, AUTHOR).recordedFor(DEV), named("a"));
  deepEqual(readAuthorRecord(host, AUTHOR).recordedForOthers(DEV), [{ ...whole, retained: true }]);
  deepEqual(readAuthorRecord(host, AUTHOR).recordedForOthers({ ...DEV, integration: "prod/eks" }), []);
});

Deno.test("a retained context is one under the key of older records, too", () => {
  for (const key of ["retained", "kept"]) {
    const { host, files } = world();
    files.put(
      PATH,
      JSON.stringify([{ ...DEV, contexts: named("old").map((context) => ({ ...context, [key]: true })) }]),
    );
    deepEqual(readAuthorRecord(host, AUTHOR).recordedFor(DEV), [{ ...named("old")[0]!, retained: true }], key);
  }
});

Deno.test("no contexts means that nothing is there any more", async () => {
  const { host, files } = world();
  await recordContexts(host, [{ ...DEV, contexts: named("dev") }, { ...OTHER, contexts: named("other") }]);
  await recordContexts(host, [{ ...DEV, contexts: [] }]);
  deepEqual(JSON.parse(files.text(PATH)!), [{ ...OTHER, contexts: named("other") }]);
});

for (
  const [what, text] of [["no JSON", "{"], ["another shape", `{"a": 1}`], [
    "of names alone",
    `[{"file": "/f", "integration": "i", "identity": "d", "contexts": ["a"]}]`,
  ], ["no UTF-8", "\ufffe"]] as const
) {
  Deno.test(`a record that is ${what} counts as empty, and the next one is whole`, async () => {
    const { host, files } = world();
    files.directory("/home/me/.local");
    files.directory("/home/me/.local/state");
    files.directory("/home/me/.local/state/atmos");
    files.directory("/home/me/.local/state/atmos/kube");
    files.put(PATH, text);
    deepEqual(names(host, DEV), []);
    await recordContexts(host, [{ ...DEV, contexts: named("dev") }]);
    deepEqual(names(host, DEV), ["dev"]);
  });
}

Deno.test("without a home nothing is remembered, and nothing fails", async () => {
  const host = fakeHost({ env: {} });
  await recordContexts(host, [{ ...DEV, contexts: named("dev") }]);
  deepEqual(names(host, DEV), []);
});
