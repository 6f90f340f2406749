import { deepEqual } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { credentialPowers, environmentPowers } from "../../../../src/auth/model/used_powers.ts";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { validateAuth } from "../../../../src/integrations/validate_auth.ts";
import { configWorld, NOTHING_NAMED } from "../../../support/config/config_files.ts";

const ROLE = `kind: aws/assume-role
via: {identity: base}
principal: {assume_role: "arn:aws:iam::123456789012:role/reader", policy: {Statement: [], env: [!env TOKEN], x: {env: [{key: !env TOKEN}]}}}
env: [{key: HOME, value: /tmp}]
spec: {endpoint_url: "https://127.0.0.1:1"}
`;

/** The paths of the powers of an identity, after its name. */
async function paths(identities: string, name: string) {
  const files = {
    "/home/me/repo/atmos.yaml": `auth:\n  identities:${identities}`,
    "/home/me/other/a.env[0].yaml": `base: {kind: ambient}\nrole:\n${ROLE.replace(/^/gm, "  ")}`,
  };
  const { host } = configWorld({ files, env: { TOKEN: "canary" } });
  const { root } = await loadConfig(host, NOTHING_NAMED);
  const { model } = await validateAuth(host, root);
  const chain = buildChain(model, name);
  const [, own] = chain.identities;
  const ofOwn = own!.powers.map(({ path }) => path);
  const among = (powers: readonly { readonly path: string }[]) =>
    powers.map(({ path }) => path).filter((path) => ofOwn.includes(path)).map((path) =>
      path.replace(/^auth\.identities(?:\.\w+|\["[^"]*"\]|\[[^\]]*\])/, "")
    );
  return { credentials: among(credentialPowers(model, chain)), environment: among(environmentPowers(chain)) };
}

Deno.test("powers of an identity: only its own env is for programs, whatever else is called so", async () => {
  for (const name of ["role", "a/b", "a.env"]) {
    const identities = `\n    base: {kind: ambient}\n    ${name}:\n${ROLE.replace(/^/gm, "      ")}`;
    deepEqual(await paths(identities, name), {
      credentials: [".principal.policy.env[0]", ".principal.policy.x.env[0].key", ".spec.endpoint_url"],
      environment: [".env[0]"],
    }, name);
  }
});

Deno.test("powers of an identity: the name of a file that brings it says nothing of what they are for", async () => {
  const { credentials, environment } = await paths(' !include "../other/a.env[0].yaml"\n', "role");
  deepEqual(credentials.filter((path) => path.startsWith(".env")), []);
  deepEqual(credentials.includes(".spec.endpoint_url"), true);
  deepEqual(environment, [".env[0]"]);
});
