import { type GenericSchema, safeParse } from "valibot";
import type { Located, LocatedList, LocatedScalar } from "../values/located.ts";
import { getFields, getMember, getRemarks, getValues } from "./schema.ts";

/**
 * The plain value that a schema checks; what the schema does not know is left out, however big it is. A key without a
 * value (`tags:`) counts as not there.
 */
export function toPlainData(located: Located, schema: GenericSchema): unknown {
  if (located.kind === "scalar") return scalarData(located, schema);
  if (getRemarks(schema).whole) return plain(located);
  if (located.kind === "list") return listData(located, schema);
  const known = [...located.entries].flatMap(([key, { value }]) => {
    const inner = getMember(schema, key);
    return inner === undefined || isNothing(value, inner) ? [] : [[key, toPlainData(value, inner)] as const];
  });
  return Object.fromEntries(known);
}

/** valibot takes a list for an object without keys: null is refused as it should be. */
function listData({ items }: LocatedList, schema: GenericSchema): unknown {
  const inner = getMember(schema, 0);
  if (inner !== undefined) return items.map((item) => toPlainData(item, inner));
  return getFields(schema) === undefined && getValues(schema) === undefined ? [] : null;
}

function plain(located: Located): unknown {
  if (located.kind === "scalar") return located.value;
  if (located.kind === "list") return located.items.map(plain);
  return Object.fromEntries([...located.entries].map(([key, { value }]) => [key, plain(value)]));
}

export function isEmpty(located: Located): boolean {
  return located.kind === "scalar" && located.value === null;
}

/**
 * Whether a value counts as not there: none at all, or empty text where one of a few words is wanted, or that of a
 * variable which is not set where no text may be empty.
 */
export function isNothing(located: Located, schema: GenericSchema): boolean {
  if (located.kind !== "scalar" || located.value !== "") return isEmpty(located);
  return getRemarks(schema).emptyIsNothing === true ||
    (located.isUnset === true && !safeParse(schema, "", { abortPipeEarly: true }).success);
}

function scalarData(scalar: LocatedScalar, schema: GenericSchema): unknown {
  const asWritten = getRemarks(schema).readsText === true && typeof scalar.value !== "string" && scalar.value !== null;
  return asWritten ? scalar.text : scalar.value;
}
