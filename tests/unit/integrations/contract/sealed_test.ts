import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { loadProjectAuth } from "../../../../src/cli/project/load.ts";
import { AppError } from "../../../../src/errors.ts";
import type { Integration } from "../../../../src/integrations/contract/model.ts";
import { peek } from "../../../../src/integrations/contract/sealed.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const GLOBALS = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };

async function load(region: string, env: Readonly<Record<string, string>> = {}) {
  const text = `auth:
  identities: {dev: {kind: aws/ambient}}
  integrations:
    eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev, region: ${region}}}}
    ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: ${region}}}}
`;
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": text }, env: { OTHER: "eu-west-3", ...env } });
  return await loadProjectAuth(host, GLOBALS);
}

/** What of an integration is its own kind's. */
function listSealed(one: Integration): readonly string[] {
  return Object.keys(peek(one)).filter((name) => isRefused(() => Reflect.get(one, name)));
}

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    return error instanceof AppError && error.code === "untrusted";
  }
}

Deno.test("integrations with a value from beyond the tree: their values cannot be read, copied or listed", async () => {
  const { model } = await load("!env OTHER");
  deepEqual(listSealed(model.integrations.get("eks")!), ["cluster"]);
  deepEqual(listSealed(model.integrations.get("ecr")!), ["registry"]);
  for (const one of model.integrations.values()) {
    throws(() => ({ ...one }), { code: "untrusted", place: one.place });
    throws(() => JSON.stringify(one), { code: "untrusted" });
    await rejects(model.trust.require(one.powers), { code: "untrusted" });
    throws(() => ({ ...one }), { code: "untrusted" });
    equal(JSON.stringify(peek(one)).includes("eu-west-3"), true);
  }
});

Deno.test("integrations that need no trust, or have it: their values can be read at once", async () => {
  for (const { model } of [await load("us-east-2"), await load("!env OTHER", { ATMOS_TRUST: "1" })]) {
    for (const one of model.integrations.values()) {
      deepEqual(listSealed(one), []);
      equal({ ...one }.name, one.name);
    }
  }
});

Deno.test("what has decided which integrations there are seals them all", async () => {
  const { host } = configWorld({
    files: {
      "/home/me/repo/atmos.yaml": `import: [!env OTHER]
auth:
  identities: {dev: {kind: aws/ambient}}
  integrations: {eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev, region: us-east-2}}}}
`,
      "/home/me/repo/more.yaml": "{}",
    },
    env: { OTHER: "more.yaml" },
  });
  const { model } = await loadProjectAuth(host, GLOBALS);
  deepEqual(listSealed(model.integrations.get("eks")!), ["cluster"]);
});
