import { deepEqual } from "node:assert/strict";
import { recordContexts, recordedContexts } from "../../../../src/integrations/runners/context_record.ts";
import { fakeHost } from "../../../support/fake_host.ts";
import { MemoryFiles } from "../../../support/memory_files.ts";

const PATH = "/home/me/.local/state/atmos/kube/contexts.json";
const FILE = "/home/me/.config/atmos/kube/config";
const DEV = { file: FILE, integration: "dev/eks", identity: "dev" };
const OTHER = { ...DEV, identity: "other" };

function world() {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  const host = fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer }, uid: 1000 });
  return { files, host };
}

Deno.test("what was written is known again, names in any case", async () => {
  const { host, files } = world();
  await recordContexts(host, [{ ...DEV, contexts: ["dev"] }]);
  deepEqual(recordedContexts(host)({ ...DEV, identity: "DEV", integration: "Dev/EKS" }), ["dev"]);
  deepEqual(recordedContexts(host)({ ...DEV, file: "/elsewhere" }), []);
  deepEqual(files.reader.stat(PATH)?.mode, 0o600);
});

Deno.test("a context that another identity has taken over is no longer the former's", async () => {
  const { host } = world();
  await recordContexts(host, [{ ...DEV, contexts: ["shared", "mine"] }]);
  await recordContexts(host, [{ ...OTHER, contexts: ["shared"] }]);
  deepEqual(recordedContexts(host)(DEV), ["mine"]);
  deepEqual(recordedContexts(host)(OTHER), ["shared"]);
});

Deno.test("another integration's or file's contexts stay as they are", async () => {
  const { host } = world();
  await recordContexts(host, [{ ...DEV, contexts: ["dev"] }]);
  await recordContexts(host, [
    { ...DEV, integration: "prod/eks", contexts: ["dev"] },
    { ...OTHER, file: "/elsewhere", contexts: ["dev"] },
  ]);
  deepEqual(recordedContexts(host)(DEV), ["dev"]);
});

Deno.test("no contexts means that nothing is there any more", async () => {
  const { host, files } = world();
  await recordContexts(host, [{ ...DEV, contexts: ["dev"] }, { ...OTHER, contexts: ["other"] }]);
  await recordContexts(host, [{ ...DEV, contexts: [] }]);
  deepEqual(JSON.parse(files.text(PATH)!), [{ ...OTHER, contexts: ["other"] }]);
});

for (const [what, text] of [["no JSON", "{"], ["another shape", `{"a": 1}`], ["no UTF-8", "\ufffe"]] as const) {
  Deno.test(`a record that is ${what} counts as empty, and the next one is whole`, async () => {
    const { host, files } = world();
    files.directory("/home/me/.local");
    files.directory("/home/me/.local/state");
    files.directory("/home/me/.local/state/atmos");
    files.directory("/home/me/.local/state/atmos/kube");
    files.put(PATH, text);
    deepEqual(recordedContexts(host)(DEV), []);
    await recordContexts(host, [{ ...DEV, contexts: ["dev"] }]);
    deepEqual(recordedContexts(host)(DEV), ["dev"]);
  });
}

Deno.test("without a home nothing is remembered, and nothing fails", async () => {
  const host = fakeHost({ env: {} });
  await recordContexts(host, [{ ...DEV, contexts: ["dev"] }]);
  deepEqual(recordedContexts(host)(DEV), []);
});
