import { deepEqual, rejects } from "node:assert/strict";
import { componentAuth } from "../../../../src/cli/project/component_auth.ts";
import { loadProjectAuth } from "../../../../src/cli/project/load.ts";
import { findTrustMarks } from "../../../../src/cli/project/trust_marks.ts";
import { TrustGate } from "../../../../src/config/trust/trust_gate.ts";
import { nameCommand } from "../../../../src/remedy.ts";
import { configWorld } from "../../../support/config/config_files.ts";

type Files = Readonly<Record<string, string>>;

const REPO = "/home/me/repo";
const GLOBALS = { "base-path": undefined, "config": [], "config-path": [], "config-profile": [] };
const AUTH = `auth:
  providers: {sso: {kind: aws/iam-identity-center, start_url: "https://x.awsapps.com/start", region: us-east-2}}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: A, account: {id: "123456789012"}}}
  integrations:
    one: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: one, region: us-east-2}}}
`;
const ROLE = "via: {identity: dev}, principal: {assume_role: 'arn:aws:iam::123456789012:role/r'}";
const withRole = (fields: string) =>
  AUTH.replace("  integrations:", `    r: {kind: aws/assume-role, ${fields}}\n  integrations:`);
const withCluster = (fields: string) => `${AUTH}    two: {kind: aws/eks, ${fields}}\n`;
const BODY = "spec: {cluster: {name: two, region: us-east-2}}";

/** What decides by something beyond the tree which settings there are; with the path of the setting that does. */
const ROADS: Readonly<Record<string, readonly [path: string, atmos: string, more?: Files]>> = {
  "a profile": ["profiles.default", `profiles: {default: !env TOKEN}\n${AUTH}`],
  "one of several profiles": ["profiles.default[1]", `profiles: {default: [p, !env TOKEN]}\n${AUTH}`],
  "a profile by a variable of the tree": ["env.ATMOS_PROFILE", `env: {ATMOS_PROFILE: !env TOKEN}\n${AUTH}`],
  "where profiles are": ["profiles.base_path", `profiles: {default: p, base_path: !env DIRECTORY}\n${AUTH}`],
  "a profile that may be beyond the tree": ["profiles.base_path", `profiles: {default: p, base_path: ../x}\n${AUTH}`],
  "a file that may name a profile": ["profiles", `profiles: !include ~/profiles.yaml\n${AUTH}`],
  "an import": ["import[0]", `import: [!env TOKEN]\n${AUTH}`, { "p.yaml": "logs: {}\n", "t0ken.yaml": "logs: {}\n" }],
  "a list of imports": ["import", `import: !include ~/imports.yaml\n${AUTH}`, { "p.yaml": "logs: {}\n" }],
  "which settings there are": ["[<<]", `<<: !include ~/profiles.yaml\n${AUTH}`],
  "an import of an import": ["import[0]", `import: [x]\n${AUTH}`, {
    "x.yaml": "import: [!env TOKEN]\n",
    "t0ken.yaml": "logs: {}\n",
    "p.yaml": "logs: {}\n",
  }],
  "which identity is the default": ["auth.identities.r.default", withRole(`default: !env BOOLEAN, ${ROLE}`)],
  "what an identity is reached through": [
    "auth.identities.r.via.identity",
    withRole(ROLE.replace("dev", "!env TOKEN")),
  ],
  "the kind of an identity": ["auth.identities.r.kind", withRole(ROLE).replace("aws/assume-role", "!env TOKEN")],
  "which identity an integration is of": [
    "auth.integrations.two.via.identity",
    withCluster(`via: {identity: !env TOKEN}, ${BODY}`),
  ],
  "whether an integration is used": [
    "auth.integrations.two.spec.auto_provision",
    withCluster(`via: {identity: dev}, ${BODY.replace("spec: {", "spec: {auto_provision: !env BOOLEAN, ")}`),
  ],
  "which identities there are": [
    "auth.identities",
    AUTH.replace("identities:\n", "identities:\n    <<: !include ~/identities.yaml\n"),
  ],
  "an entry": ["auth.integrations.two", `${AUTH}    two: !include ~/integration.yaml\n`],
};
const BEYOND: Files = {
  "/home/me/.config/atmos/profiles/q/x.yaml": "logs: {}\n",
  "/home/me/profiles.yaml": "x: 1\n",
  "/home/me/imports.yaml": "[/home/me/repo/p.yaml]\n",
  "/home/me/identities.yaml": "x: {default: false}\n",
  "/home/me/integration.yaml": "kind: aws/ecr\n",
};

async function loaded(atmos: string, { more = {}, env = {} }: { readonly more?: Files; readonly env?: Files } = {}) {
  const inTree = {
    "atmos.yaml": atmos,
    "profiles/p/x.yaml": "logs: {}\n",
    "profiles/t0ken/x.yaml": "logs: {}\n",
    ...more,
  };
  const files = Object.fromEntries(Object.entries(inTree).map(([path, text]) => [`${REPO}/${path}`, text]));
  const variables = { TOKEN: "t0ken", BOOLEAN: "false", DIRECTORY: "profiles", ...env };
  const { host } = configWorld({ files: { ...BEYOND, ...files }, env: variables });
  const trust = new TrustGate(host, { command: () => nameCommand("auth", "trust") });
  return { host, trust, auth: await loadProjectAuth(host, GLOBALS, trust) };
}

/** A gate of a component's own, which has not seen the configuration being read. */
async function loadedForComponent({ host, auth: { config } }: Awaited<ReturnType<typeof loaded>>) {
  const trust = new TrustGate(host, { command: () => nameCommand("auth", "trust") });
  const { model } = await componentAuth(host, { config, section: undefined, trust });
  return { trust, listed: await trust.untrusted(model.powers) };
}

for (const [road, [path, atmos, more]] of Object.entries(ROADS)) {
  Deno.test(`choices: whatever is used needs trust where something beyond the tree decides what there is: ${road}`, async () => {
    for (const env of [{}, { TOKEN: "p", BOOLEAN: "true" }]) {
      const world = await loaded(atmos, { env, ...(more && { more }) });
      const { trust, auth } = world;
      await rejects(trust.require([]), { code: "untrusted" });
      const own = await loadedForComponent(world);
      await rejects(own.trust.require([]), { code: "untrusted" });
      deepEqual(own.listed.some((one) => one.path === path), true);
      const marks = await findTrustMarks(auth, auth.model.powers);
      const asked = marks.filter(({ message }) => /choose other settings|reaches beyond/.test(message));
      const paths = asked.map((one) => one.path);
      deepEqual([paths.includes(path), paths], [true, [...new Set(paths)]]);
    }
  });
}

Deno.test("choices: what the tree says, a flag, or a variable that atmos itself reads, needs no trust", async () => {
  const profile = `profiles: {default: p}\n${AUTH}`;
  const own = `profiles: {default: p, base_path: ~/.config/atmos/profiles}\n${AUTH}`;
  const unused = `profiles: {base_path: ../x}\n${AUTH}`;
  for (const atmos of [AUTH, profile, own, unused, `import: [x]\n${AUTH}`, `base_path: !repo-root .\n${AUTH}`]) {
    await (await loaded(atmos, { more: { "x.yaml": "logs: {}\n" } })).trust.require([]);
  }
  const chosen = `profiles: {default: !env TOKEN}\n${AUTH}`;
  await (await loaded(chosen, { env: { ATMOS_PROFILE: "p" } })).trust.require([]);
});
