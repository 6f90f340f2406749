import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";

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

/** Whether it says which keys there are, unlike a mapping with any. */
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

function remarked(schema: JsonSchema, action: object): JsonSchema {
  const { metadata } = action as { readonly metadata: { readonly jsonSchema?: JsonSchema } };
  const { readsText: _readsText, secret: _secret, whole: _whole, doubt: _doubt, jsonSchema: _own, ...rest } =
    schema as Record<
      string,
      unknown
    >;
  return { ...rest as JsonSchema, ...metadata.jsonSchema };
}
