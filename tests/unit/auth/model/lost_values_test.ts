import { deepEqual, equal, throws } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { loadProjectAuth } from "../../../../src/cli/project/load.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const GLOBALS = { "base-path": undefined, "config": [], "config-path": [], "config-profile": [] };
const GONE = "!include gone.json";
const ARN = "arn:aws:iam::123456789012:role/x";

/** The model of an atmos.yaml in which one value cannot be had. */
async function modelOf(text: string) {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": text } });
  return (await loadProjectAuth(host, GLOBALS)).model;
}

function yaml({ realm = "team", principal = "", spec = "", cluster = "" }: Readonly<Record<string, string>>): string {
  return `auth:
  realm: ${realm}
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://x.awsapps.com/start", region: us-east-1${spec}}
  identities:
    base: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
    role: {kind: aws/assume-role, via: {identity: base}, principal: {assume_role: "${ARN}"${principal}}}
  integrations:
    eks: {kind: aws/eks, via: {identity: base}, spec: {cluster: {name: c, region: us-east-1${cluster}}}}
`;
}

const ROLE_FIELDS = ["policy", "policy_arns", "external_id", "source_identity", "tags", "session_name", "duration"];

for (const field of ROLE_FIELDS) {
  Deno.test(`a role whose ${field} cannot be had is not used without it`, async () => {
    const model = await modelOf(yaml({ principal: `, ${field}: ${GONE}` }));
    throws(() => buildChain(model, "role"), { code: "config-invalid", message: /gone\.json/ });
    equal(buildChain(model, "base").identities.length, 1);
  });
}

Deno.test("nor is a provider, an integration or a setting that lacks a value", async () => {
  const provider = await modelOf(yaml({ spec: `, spec: {endpoint_url: ${GONE}}` }));
  throws(() => buildChain(provider, "base"), { code: "config-invalid", message: /gone\.json/ });
  const integration = await modelOf(yaml({ cluster: `, kubeconfig: {path: ${GONE}}` }));
  deepEqual([integration.integrations.size, integration.broken.map(({ name }) => name)], [0, ["eks"]]);
  const realm = await modelOf(yaml({ realm: GONE }));
  throws(() => buildChain(realm, "base"), { code: "config-invalid", message: /realm/ });
});

Deno.test("a configuration without lost values is as it was", async () => {
  const model = await modelOf(yaml({}));
  deepEqual([model.broken, buildChain(model, "role").identities.length, model.integrations.size], [[], 2, 1]);
});
