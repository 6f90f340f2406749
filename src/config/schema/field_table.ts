import type { GenericSchema } from "valibot";
import { getFields, getMember, getRemarks, readDescription } from "./schema.ts";
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
  const { trust } = getRemarks(schema);
  const fields = getFields(schema);
  const item = getMember(schema, 0);
  if (trust === undefined && fields !== undefined) {
    return Object.entries(fields).flatMap(([name, field]) => fieldsIn(field, path === "" ? name : `${path}.${name}`));
  }
  if (trust === undefined && item !== undefined) return fieldsIn(item, `${path}[]`);
  return isNever(schema) ? [] : [{ path, trust, about: readDescription(schema) }];
}

/**
 * Returns the dotted paths of the fields of that name, the shallowest alone: `principal.account`. Older spellings are
 * none, nor are parts of a value that is given as a whole.
 */
export function nearestFields(schema: GenericSchema, name: string): readonly string[] {
  const found = fieldPaths(schema, "").filter((path) => path.split(".").at(-1) === name);
  const least = Math.min(...found.map((path) => path.split(".").length));
  return found.filter((path) => path.split(".").length === least);
}

function fieldPaths(schema: GenericSchema, path: string): readonly string[] {
  const fields = Object.entries(getFields(schema) ?? {}).filter(([, field]) =>
    !isNever(field) && getRemarks(field).noEffect === undefined && !readDescription(field)?.startsWith("older spelling")
  );
  return fields.flatMap(([name, field]) => {
    const inner = path === "" ? name : `${path}.${name}`;
    return [inner, ...fieldPaths(field, inner)];
  });
}

function isNever(schema: GenericSchema): boolean {
  const { type, wrapped } = schema as GenericSchema & { readonly wrapped?: GenericSchema };
  return type === "never" || (wrapped !== undefined && isNever(wrapped));
}
