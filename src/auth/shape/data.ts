import type { GenericSchema } from "valibot";
import type { Located, LocatedList, LocatedScalar } from "../../config/located.ts";
import { fieldsOf, memberOf, remarksOf } from "./schema.ts";

/** The plain value that a schema checks. A key without a value (`tags:`) counts as not there. */
export function dataOf(located: Located, schema: GenericSchema | undefined): unknown {
  if (located.kind === "scalar") return scalarData(located, schema);
  if (located.kind === "list") return listData(located, schema);
  const filled = [...located.entries].filter(([, entry]) => !isEmpty(entry.value));
  return Object.fromEntries(filled.map(([key, entry]) => [key, dataOf(entry.value, memberOf(schema, key))]));
}

/** valibot takes a list for an object without keys: null is refused as it should be. */
function listData({ items }: LocatedList, schema: GenericSchema | undefined): unknown {
  if (schema !== undefined && fieldsOf(schema) !== undefined) return null;
  return items.map((item, at) => dataOf(item, memberOf(schema, at)));
}

export function isEmpty(located: Located): boolean {
  return located.kind === "scalar" && located.value === null;
}

function scalarData(scalar: LocatedScalar, schema: GenericSchema | undefined): unknown {
  const asWritten = remarksOf(schema).readsText === true && typeof scalar.value !== "string" && scalar.value !== null;
  return asWritten ? scalar.text : scalar.value;
}
