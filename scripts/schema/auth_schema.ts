import type { JsonSchema } from "@valibot/to-json-schema";
import { IDENTITIES } from "../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../src/auth/kinds/keyrings/registry.ts";
import type { Kind, KindRegistry } from "../../src/config/schema/kind.ts";
import { OLDER_VIA } from "../../src/auth/model/legacy_provider_key.ts";
import { PROVIDERS } from "../../src/auth/kinds/providers/registry.ts";
import { AUTH } from "../../src/auth/model/settings.ts";
import { ELSEWHERE } from "../../src/config/schema/lookup.ts";
import { INTEGRATIONS } from "../../src/integrations/registry.ts";
import { jsonSchemaOf } from "./kind_schema.ts";

/** JSON Schema (draft 7) of an atmos.yaml; only its `auth` is described, everything else is let through. */
export async function authSchema(): Promise<JsonSchema> {
  const auth = jsonSchemaOf(AUTH);
  const properties = auth.properties as Record<string, JsonSchema>;
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "atmos.yaml",
    description: "The auth section of atmos.yaml: how to log in, who to be, what to make ready.",
    type: "object",
    properties: {
      auth: {
        ...auth,
        type: ["object", "null"],
        description: "how to log in, who to be, what to make ready",
        properties: {
          ...properties,
          keyring: { ...properties.keyring, ...await chosen(KEYRINGS, "type") },
          providers: { ...properties.providers, ...named("provider") },
          identities: { ...properties.identities, ...named("identity") },
          integrations: { ...properties.integrations, ...named("integration") },
        },
      },
    },
    definitions: {
      provider: await entry(PROVIDERS),
      identity: await entry(IDENTITIES),
      integration: await entry(INTEGRATIONS),
    },
  };
}

function named(definition: string): JsonSchema {
  return { type: "object", additionalProperties: { $ref: `#/definitions/${definition}` } };
}

/** An entry says its kind, or one that only other programs know; the rest follows from it. */
async function entry(registry: KindRegistry<unknown>): Promise<JsonSchema> {
  const { required: _, ...rest } = await chosen(registry, "kind");
  return {
    type: "object",
    required: ["kind"],
    properties: { kind: { anyOf: [{ enum: Object.keys(registry) }, { type: "string", pattern: ELSEWHERE.source }] } },
    ...rest,
  };
}

async function chosen(registry: KindRegistry<unknown>, key: "kind" | "type"): Promise<JsonSchema> {
  const loaded = await Promise.all(
    Object.entries(registry).map(async ([name, { schema }]) => ({ name, kind: (await schema()).kind })),
  );
  const rules = loaded.map(({ name, kind }) => ({
    if: { required: [key], properties: { [key]: { const: name } } },
    then: described(kind),
  }));
  const plain = key === "type"
    ? { type: "object" as const, properties: { type: { enum: [...Object.keys(registry), ""] } } }
    : {};
  return { ...plain, allOf: rules };
}

function described(kind: Kind<unknown>): JsonSchema {
  const schema = { title: kind.name, description: kind.summary, ...jsonSchemaOf(kind.schema) };
  return OLDER_VIA.includes(kind.name) ? withOlderVia(schema) : schema;
}

/** `provider: X` stands for `via: {provider: X}`. */
function withOlderVia({ required = [], ...schema }: JsonSchema): JsonSchema {
  const rest = required.filter((name) => name !== "via");
  return { ...schema, required: rest, anyOf: [{ required: ["via"] }, { required: ["provider"] }] };
}
