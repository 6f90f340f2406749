import { deepEqual, equal, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { IDENTITIES } from "../../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../../src/auth/kinds/keyrings/registry.ts";
import { PROVIDERS } from "../../../src/auth/kinds/providers/registry.ts";
import type { KindRegistry } from "../../../src/config/schema/kind.ts";
import { getFields, getRemarks } from "../../../src/config/schema/schema.ts";
import { INTEGRATIONS } from "../../../src/integrations/registry.ts";
import { messages, validated } from "../../support/config/auth_texts.ts";
import { plain } from "../../support/config/config_files.ts";
import { locatedFrom } from "../../support/config/located_from.ts";

const SECTIONS: readonly (readonly [section: string, registry: KindRegistry<unknown>])[] = [
  ["providers", PROVIDERS],
  ["identities", IDENTITIES],
  ["integrations", INTEGRATIONS],
  ["keyring", KEYRINGS],
];

type Data = Record<string, unknown>;

/** The paths of the fields that take one of a few words. */
function choicesIn(schema: GenericSchema, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(getFields(schema) ?? {}).flatMap(([name, field]) => {
    const inner = [...path, name];
    return getRemarks(field).emptyIsNothing ? [inner] : choicesIn(field, inner);
  });
}

function withEmpty(entry: Data, [name, ...rest]: readonly string[]): Data {
  const inner = rest.length === 0 ? "" : withEmpty((entry[name!] ?? {}) as Data, rest);
  return { ...entry, [name!]: inner };
}

function without(entry: Data, [name, ...rest]: readonly string[]): Data {
  if (rest.length > 0) return { ...entry, [name!]: without((entry[name!] ?? {}) as Data, rest) };
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name));
}

async function read(section: string, entry: Data) {
  const auth = section === "keyring" ? { keyring: entry } : {
    [section]: { it: entry },
    ...(section === "integrations" ? { identities: { "dev-admin": { kind: "aws/ambient" } } } : {}),
  };
  const { model, problems } = await validated(JSON.stringify({ auth }));
  const { integrations, providers, identities, keyring } = model;
  const plain = [integrations, providers, identities].map((map) =>
    [...map.values()].map(({ place: _, ...one }) => JSON.stringify({ ...one, definedIn: undefined }))
  );
  return { model: JSON.stringify([plain, keyring]), problems };
}

for (const [section, registry] of SECTIONS) {
  Deno.test(`${section}: an empty word where one of a few is wanted is none, and said to be`, async () => {
    let count = 0;
    for (const half of Object.values(registry)) {
      const { schema, example } = (await half.schema()).kind;
      const entry = Object.values(plain(locatedFrom(example)) as Data)[0] as Data;
      for (const path of choicesIn(schema)) {
        const empty = await read(section, withEmpty(entry, path));
        const none = await read(section, without(entry, path));
        equal(empty.model, none.model, path.join("."));
        const told = messages(empty.problems).filter((line) => !messages(none.problems).includes(line));
        const at = section === "keyring" ? "auth.keyring" : `auth.${section}.it`;
        deepEqual(told, [`warning ${at}.${path.join(".")}: found "": empty, so the default is used`]);
        count++;
      }
    }
    ok(section === "identities" || count > 0);
  });
}

Deno.test("names, numbers and addresses are no empty text", async () => {
  for (const field of ["start_url", "region"]) {
    const { problems } = await read("providers", {
      kind: "aws/iam-identity-center",
      start_url: "https://company.awsapps.com/start",
      region: "us-east-1",
      [field]: "",
    });
    ok(problems.some(({ severity }) => severity === "error"), field);
  }
});
