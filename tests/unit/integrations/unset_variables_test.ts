import { deepEqual, equal, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { IDENTITIES } from "../../../src/auth/kinds/identities/registry.ts";
import { PROVIDERS } from "../../../src/auth/kinds/providers/registry.ts";
import type { KindRegistry } from "../../../src/config/schema/kind.ts";
import { getFields } from "../../../src/config/schema/schema.ts";
import type { Located } from "../../../src/config/values/located.ts";
import { INTEGRATIONS } from "../../../src/integrations/registry.ts";
import { validateAuth } from "../../../src/integrations/validate_auth.ts";
import { messages } from "../../support/config/auth_texts.ts";
import { configWorld, plain } from "../../support/config/config_files.ts";
import { locatedFrom } from "../../support/config/located_from.ts";

const SECTIONS: readonly (readonly [section: string, registry: KindRegistry<unknown>])[] = [
  ["providers", PROVIDERS],
  ["identities", IDENTITIES],
  ["integrations", INTEGRATIONS],
];

type Data = Record<string, unknown>;
const UNSET = "(not set)";

/** The paths of the fields that need not be there and have no fields of their own. */
function optionalIn(schema: GenericSchema, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(getFields(schema) ?? {}).flatMap(([name, field]) => {
    const inner = [...path, name];
    if (getFields(field) !== undefined) return optionalIn(field, inner);
    return field.type === "optional" ? [inner] : [];
  });
}

function withValue(entry: Data, [name, ...rest]: readonly string[], value: unknown): Data {
  const inner = rest.length === 0 ? value : withValue((entry[name!] ?? {}) as Data, rest, value);
  return { ...entry, [name!]: inner };
}

/** The same as the configuration is after `!env` of a variable that is not set. */
function withoutVariables(located: Located): Located {
  if (located.kind === "list") return { ...located, items: located.items.map(withoutVariables) };
  if (located.kind === "scalar") {
    return located.value === UNSET ? { ...located, value: "", text: "", isUnset: true } : located;
  }
  const entries = [...located.entries].map(([key, entry]) =>
    [key, { ...entry, value: withoutVariables(entry.value) }] as const
  );
  return { ...located, entries: new Map(entries) };
}

async function read(section: string, entry: Data) {
  const auth = { [section]: { it: entry } };
  const identities = section === "integrations" ? { identities: { "dev-admin": { kind: "aws/ambient" } } } : {};
  const located = withoutVariables(locatedFrom(JSON.stringify({ auth: { ...identities, ...auth } })));
  if (located.kind !== "map") throw new TypeError("a configuration is a map");
  const { model, problems } = await validateAuth(configWorld({}).host, located);
  const parts = [model.providers, model.identities, model.integrations].map((map) =>
    [...map.values()].map(({ place: _, ...one }) => JSON.stringify({ ...one, definedIn: undefined, powers: undefined }))
  );
  return { parts, errors: messages(problems.filter(({ severity }) => severity === "error")) };
}

for (const [section, registry] of SECTIONS) {
  Deno.test(`${section}: a field that need not be there is not there where its variable is not set`, async () => {
    let count = 0;
    for (const half of Object.values(registry)) {
      const { schema, example } = (await half.schema()).kind;
      const entry = Object.values(plain(locatedFrom(example)) as Data)[0] as Data;
      for (const path of optionalIn(schema)) {
        const unset = await read(section, withValue(entry, path, UNSET));
        const none = await read(section, withValue(entry, path, null));
        deepEqual(unset, none, path.join("."));
        count++;
      }
    }
    ok(count > 20, `${count}`);
  });
}

Deno.test("a field that must be there is no less wrong where its variable is not set", async () => {
  const { errors } = await read("providers", {
    kind: "aws/iam-identity-center",
    start_url: UNSET,
    region: "us-east-1",
  });
  equal(errors.length, 1);
});
