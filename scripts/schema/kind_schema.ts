import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import type { Remarks } from "../../src/config/schema/schema.ts";

/**
 * A valibot schema as JSON Schema (draft 7) of what a file may say. Keys that nothing reads are refused, so that an
 * editor underlines them; rules that only a function knows are left out, unless the schema says them in a remark.
 */
export function jsonSchemaOf(schema: GenericSchema): JsonSchema {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    typeMode: "input",
    errorMode: "ignore",
    overrideSchema: ({ jsonSchema }) => isListed(jsonSchema) ? closed(jsonSchema) : undefined,
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "metadata" ? remarked(jsonSchema, valibotAction) : undefined,
  });
  return rest;
}

/** Whether it sets which keys there are, unlike a mapping with any. */
function isListed({ type, additionalProperties }: JsonSchema): boolean {
  return type === "object" && additionalProperties === undefined;
}

function closed(schema: JsonSchema): JsonSchema {
  const { required, ...rest } = schema;
  return {
    ...rest,
    ...(required === undefined || required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** What no editor knows. */
const OWN_REMARKS: ReadonlySet<string> = new Set<keyof Remarks>(
  ["readsText", "whole", "secret", "trust", "closed", "emptyIsNothing", "noEffect", "doubt", "jsonSchema"],
);

function remarked(schema: JsonSchema, action: object): JsonSchema {
  const { metadata } = action as { readonly metadata: { readonly jsonSchema?: JsonSchema } };
  const rest = Object.entries(schema).filter(([name]) => !OWN_REMARKS.has(name));
  return { ...Object.fromEntries(rest) as JsonSchema, ...metadata.jsonSchema };
}
