import { deepEqual, equal, match } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { findLinked } from "../../../../src/integrations/contract/linked.ts";
import { runInputs } from "../../../../src/integrations/run_input.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { readRecordedContexts, recordContexts } from "../../../../src/integrations/eks/context_record.ts";
import { runner } from "../../../../src/integrations/eks/runner.ts";
import type { RunInput } from "../../../../src/integrations/contract/runner.ts";
import type { EksIntegration } from "../../../../src/integrations/eks/eks_integration.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const PATH = "/home/me/k";
const NAMES = ["one", "two", "three"];

async function world() {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  files.put(PATH, kubeconfig());
  let writes = 0;
  const write = {
    ...files.writer,
    rename: (...args: Parameters<typeof files.writer.rename>) => {
      if (args[1] === PATH) writes++;
      files.writer.rename(...args);
    },
  };
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write } });
  const integrations = NAMES.map((name) =>
    `    ${name}: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: c-${name}, region: us-east-2, ` +
    `alias: ${name}, kubeconfig: {path: ${PATH}}}}}\n`
  );
  const { model } = await validated(`auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
  integrations:
${integrations.join("")}`);
  const chain = buildChain(model, "dev");
  const credentialsOf = () => Promise.reject(new Error("nobody is asked"));
  const linked = findLinked(model, chain);
  const all = await runInputs(host, {
    model,
    chain,
    integrations: linked,
    configFlags: [],
    author: AUTHOR,
    credentialsOf,
  });
  return { files, host, inputs: all as readonly RunInput<EksIntegration>[], writes: () => writes };
}

function kubeconfig(): string {
  const each = (text: (name: string) => string) => NAMES.map(text).join("");
  const arn = (name: string) => `arn:aws:eks:us-east-2:123456789012:cluster/c-${name}`;
  return `# by hand\nclusters:\n- name: mine\n  cluster: {server: "https://mine"}\n` +
    each((name) => `- name: ${arn(name)}\n  cluster: {server: "https://${name}"}\n`) +
    `contexts:\n- name: mine\n  context: {cluster: mine}\n` +
    each((name) => `- name: ${name}\n  context: {cluster: "${arn(name)}", user: u-${name}}\n`) + "users:\n" +
    each((name) =>
      `- name: u-${name}\n  user: {exec: {command: atmos, args: [aws, eks, token, --cluster-name, c-${name}, --region, us-east-2, --identity=dev]}}\n`
    );
}

Deno.test("all of a file go in one write, and what is by hand stays", async () => {
  const { files, host, inputs, writes } = await world();
  const told = NAMES.map((name) => `context ${name} in ${PATH}`);
  deepEqual(await runner.cleanup(host, { inputs, dryRun: true }), told);
  equal(files.text(PATH), kubeconfig());
  deepEqual(await runner.cleanup(host, { inputs, dryRun: false }), told);
  equal(writes(), 1);
  equal(
    files.text(PATH),
    `# by hand\nclusters:\n- name: mine\n  cluster: {server: "https://mine"}\n` +
      `contexts:\n- name: mine\n  context: {cluster: mine}\nusers: []\n`,
  );
  deepEqual(await runner.cleanup(host, { inputs, dryRun: false }), []);
  equal(writes(), 1);
});

Deno.test("what is removed is off the record, though the lock cannot be removed: that is told beside it", async () => {
  const { host, inputs } = await world();
  const record = inputs.map(({ integration: { name }, identity }) => ({
    ...{ file: PATH, configLocation: AUTHOR.location, integration: name, identity, definedIn: [] },
    contexts: [{ name, cluster: `arn:aws:eks:us-east-2:123456789012:cluster/c-${name}`, user: `u-${name}` }],
  }));
  await recordContexts(host, record);
  const remove = (path: string) => {
    if (path === `${PATH}.lock`) throw new FileError("read-only", path, "remove");
    host.write.remove(path);
  };
  const cleaned = await runner.cleanup({ ...host, write: { ...host.write, remove } }, { inputs, dryRun: false });
  deepEqual(cleaned.slice(0, -1), NAMES.map((name) => `context ${name} in ${PATH}`));
  match(String(cleaned.at(-1)), /Cannot unlock file/);
  deepEqual(readRecordedContexts(host), []);
});
