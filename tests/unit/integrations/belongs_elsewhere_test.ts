import { equal, match, ok } from "node:assert/strict";
import { IDENTITIES } from "../../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../../src/auth/kinds/keyrings/registry.ts";
import { PROVIDERS } from "../../../src/auth/kinds/providers/registry.ts";
import { fieldsIn, nearestFields } from "../../../src/config/schema/field_table.ts";
import type { KindRegistry } from "../../../src/config/schema/kind.ts";
import { INTEGRATIONS } from "../../../src/integrations/registry.ts";
import { validated } from "../../support/config/auth_texts.ts";

const SECTIONS: Readonly<Record<string, KindRegistry<unknown>>> = {
  providers: PROVIDERS,
  identities: IDENTITIES,
  integrations: INTEGRATIONS,
};

async function kindTold(section: string, kind: string): Promise<string> {
  const { problems } = await validated(JSON.stringify({ auth: { [section]: { it: { kind } } } }));
  return problems.find(({ path }) => path === `auth.${section}.it.kind`)?.message ?? "";
}

for (const [section, registry] of Object.entries(SECTIONS)) {
  Deno.test(`kinds of ${section}: what others call one is told what it is called here`, async () => {
    for (const [kind, { calledElsewhere }] of Object.entries(registry)) {
      for (const name of calledElsewhere) {
        equal(Object.hasOwn(registry, name), false, name);
        equal(name, name.toLowerCase());
        for (const typed of [name, name.toUpperCase(), ` ${name.replaceAll("-", "_")} `]) {
          const message = await kindTold(section, typed);
          match(message, new RegExp(`; did you mean .*"${kind}"`), `${typed}: ${message}`);
        }
      }
    }
  });
}

Deno.test("kinds: one of another section is told whose it is, and one that nothing has is not", async () => {
  match(await kindTold("identities", "aws/ecr-public"), /; that is the kind of an integration$/);
  match(await kindTold("integrations", "github/oidc"), /; that is the kind of a provider$/);
  match(await kindTold("providers", "aws/assume-root"), /; that is the kind of an identity$/);
  equal((await kindTold("providers", "acme/vault")).includes(";"), false);
});

Deno.test("a keyring's type by another name is told its name here", async () => {
  for (const [type, { calledElsewhere }] of Object.entries(KEYRINGS)) {
    for (const name of calledElsewhere) {
      const { problems } = await validated(`auth: {keyring: {type: ${JSON.stringify(name)}}}`);
      match(problems[0]!.message, new RegExp(`; did you mean "${type}"`), name);
    }
  }
});

/** A minimal entry of every section, whose other fields are missing: only what is said of its keys counts. */
const ENTRIES: Readonly<Record<string, string>> = {
  providers: "aws/saml",
  identities: "aws/user",
  integrations: "aws/ecr-public",
};

/** What is said of a key that is put where it does not belong. */
async function keyTold(section: string, key: string): Promise<string | undefined> {
  const entry = { kind: ENTRIES[section], [key]: {} };
  const auth = section === "auth" ? { [key]: {} } : { [section]: { it: entry } };
  const path = section === "auth" ? `auth.${key}` : `auth.${section}.it.${key}`;
  const { problems } = await validated(JSON.stringify({ auth }));
  return problems.find((one) => one.path === path && one.message.startsWith("unknown key"))?.message;
}

Deno.test("every field of every kind, put anywhere else in the auth section, is told where it belongs", async () => {
  let count = 0;
  for (const [section, registry] of [...Object.entries(SECTIONS), ["keyring", KEYRINGS] as const]) {
    for (const half of Object.values(registry)) {
      const { schema } = (await half.schema()).kind;
      for (const { path } of fieldsIn(schema).filter(({ about }) => !about?.startsWith("older spelling"))) {
        const name = path.replace(/\[\]/g, "").split(".").at(-1)!;
        // What nothing reads belongs nowhere.
        if (nearestFields(schema, name).length === 0) continue;
        for (const other of [...Object.keys(ENTRIES), "auth"]) {
          const message = await keyTold(other, name);
          if (message === undefined) continue;
          match(message, /^unknown key; it belongs at auth\./, `${section} ${path} in ${other}`);
          count++;
        }
      }
    }
  }
  ok(count > 100, `${count}`);
});

Deno.test("a field that the same entry has elsewhere is told its place there, by name", async () => {
  for (
    const [entry, key, place] of [
      ["identities: {dev: {kind: aws/permission-set, account: x}}", "account", "principal.account"],
      ["identities: {dev: {kind: aws/assume-role, duration: 1h}}", "duration", "principal.duration or "],
      ["identities: {dev: {kind: aws/user, mfa_arn: x}}", "mfa_arn", "credentials.mfa_arn"],
      ["identities: {dev: {kind: aws/user, credentials: {alias: x}}}", "credentials.alias", "alias"],
      ["integrations: {dev: {kind: aws/eks, auto_provision: true}}", "auto_provision", "spec.auto_provision"],
      ["integrations: {dev: {kind: aws/eks, spec: {kubeconfig: {}}}}", "spec.kubeconfig", "spec.cluster.kubeconfig"],
      ["providers: {dev: {kind: github/oidc, audience: x}}", "audience", "spec.audience"],
    ] as const
  ) {
    const section = /^\w+/.exec(entry)![0];
    const { problems } = await validated(`auth:\n  ${entry}\n`);
    const message = problems.find(({ path }) => path === `auth.${section}.dev.${key}`)?.message ?? "";
    ok(message.startsWith(`unknown key; it belongs at auth.${section}.dev.${place}`), `${entry}: ${message}`);
  }
});

Deno.test("in the auth section, a key of the top level is told to stand beside it", async () => {
  for (const name of ["stacks", "components", "profiles", "templates"]) {
    const message = await keyTold("auth", name);
    equal(message, `unknown key; it belongs at ${name}, beside auth`);
  }
});
