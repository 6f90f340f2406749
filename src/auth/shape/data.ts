import type { GenericSchema } from "valibot";
import type { Located, LocatedScalar } from "../../config/located.ts";
import { memberOf, remarksOf } from "./schema.ts";

/** The plain value that a schema checks. A key without a value (`tags:`) counts as not there. */
export function dataOf(located: Located, schema: GenericSchema | undefined): unknown {
  if (located.kind === "scalar") return scalarData(located, schema);
  if (located.kind === "list") return located.items.map((item, at) => dataOf(item, memberOf(schema, at)));
  const filled = [...located.entries].filter(([, entry]) => !isEmpty(entry.value));
  return Object.fromEntries(filled.map(([key, entry]) => [key, dataOf(entry.value, memberOf(schema, key))]));
}

export function isEmpty(located: Located): boolean {
  return located.kind === "scalar" && located.value === null;
}

function scalarData(scalar: LocatedScalar, schema: GenericSchema | undefined): unknown {
  const asWritten = remarksOf(schema).readsText === true && typeof scalar.value !== "string" && scalar.value !== null;
  return asWritten ? scalar.text : scalar.value;
}
