import type { GenericSchema } from "valibot";
import { descriptionOf, fieldsOf, memberOf, remarksOf } from "./schema.ts";
import type { TrustClass } from "./trust_class.ts";

/** One field of a schema, as a table of fields shows it. */
export interface SchemaField {
  /** `spec.cluster.name`, `env[]`. */
  readonly path: string;
  /** undefined where no one has judged it; then it is a power. */
  readonly trust: TrustClass | undefined;
  readonly about: string | undefined;
}

/**
 * Returns the fields of a schema that have a class, or no parts that could have one: each is trusted as a whole. Fields
 * that must not be there are none.
 */
export function fieldsIn(schema: GenericSchema, path = ""): readonly SchemaField[] {
  const { trust } = remarksOf(schema);
  const fields = fieldsOf(schema);
  const item = memberOf(schema, 0);
  if (trust === undefined && fields !== undefined) {
    return Object.entries(fields).flatMap(([name, field]) => fieldsIn(field, path === "" ? name : `${path}.${name}`));
  }
  if (trust === undefined && item !== undefined) return fieldsIn(item, `${path}[]`);
  return isNever(schema) ? [] : [{ path, trust, about: descriptionOf(schema) }];
}

function isNever(schema: GenericSchema): boolean {
  const { type, wrapped } = schema as GenericSchema & { readonly wrapped?: GenericSchema };
  return type === "never" || (wrapped !== undefined && isNever(wrapped));
}
