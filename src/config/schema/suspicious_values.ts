import type { GenericSchema } from "valibot";
import { isPrivate, showKey } from "../values/fetched.ts";
import type { Fetched, LocatedMap, Problem } from "../values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { isNothing } from "./plain_value.ts";
import { nearestFields } from "./field_table.ts";
import { getFields, getMember, getRemarks } from "./schema.ts";
import { getPlace, type SchemaCursor } from "./cursor.ts";
import { didYouMean, joinNames, showValue } from "./messages.ts";

/** The whole entry, for keys that belong elsewhere in it. */
interface Entry {
  readonly schema: GenericSchema;
  readonly path: SchemaCursor["path"];
}

/** What is allowed but probably not meant: keys that nothing reads, values that a schema has a doubt about. */
export function findSuspiciousValues(
  schema: GenericSchema,
  spot: SchemaCursor,
  entry: Entry = { schema, path: spot.path },
): readonly Problem[] {
  const { located } = spot;
  if (located.kind === "scalar") return doubts(schema, spot);
  if (located.kind === "map") return inMap(schema, { ...spot, located }, entry);
  return located.items.flatMap((item, at) => {
    const inner = getMember(schema, at);
    const itemSpot = { located: item, key: item.place, path: [...spot.path, at] };
    return inner === undefined ? [] : findSuspiciousValues(inner, itemSpot, entry);
  });
}

function doubts(schema: GenericSchema, spot: SchemaCursor): readonly Problem[] {
  if (spot.located.kind !== "scalar" || spot.located.value === null) return [];
  const doubt = getRemarks(schema).doubt?.(spot.located);
  if (doubt === undefined) return [];
  const hint = doubt.near === undefined || spot.located.fetched !== undefined ? "" : `; did you mean "${doubt.near}"?`;
  return [warning(spot, `found ${showValue(spot.located)}: ${doubt.message}${hint}`)];
}

function inMap(
  schema: GenericSchema,
  spot: SchemaCursor & { readonly located: LocatedMap },
  entry: Entry,
): readonly Problem[] {
  const fields = getFields(schema);
  if (fields === undefined) return [];
  return [...spot.located.entries].flatMap(([name, { key, value, fetched }]) => {
    const path = [...spot.path, showKey(name, fetched)];
    const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (inner !== undefined) {
      const at = { located: value, key, path };
      return [...effectless(inner, at), ...findSuspiciousValues(inner, at, entry)];
    }
    const text = { name, fetched: isPrivate(fetched) ? fetched : undefined };
    return [{ severity: "warning", place: key, path: dottedPath(path), ...unknownKey(text, { fields, entry }) }];
  });
}

function effectless(schema: GenericSchema, { located, key, path }: SchemaCursor): readonly Problem[] {
  const { noEffect } = getRemarks(schema);
  if (noEffect === undefined || isNothing(located, schema)) return [];
  if (located.kind === "scalar" && located.text === noEffect.but) return [];
  return [{ severity: "warning", place: key, path: dottedPath(path), message: hasNoEffect(noEffect.why) }];
}

/** Returns what a key is told that nothing here reads. */
export function hasNoEffect(why?: string): string {
  return `has no effect in atmos for EKS${why === undefined ? "" : `: ${why}`}`;
}

function unknownKey(
  { name, fetched }: { readonly name: string; readonly fetched: Fetched | undefined },
  { fields, entry }: { readonly fields: Readonly<Record<string, GenericSchema>>; readonly entry: Entry },
): Pick<Problem, "message" | "unknown"> {
  const elsewhere = fetched === undefined ? nearestFields(entry.schema, name) : [];
  if (elsewhere.length > 0) {
    return { message: belongsAt(elsewhere.map((path) => dottedPath([...entry.path, ...path.split(".")]))) };
  }
  const known = Object.keys(fields);
  const near = didYouMean({ text: name, fetched }, known) || `: it has no effect; known keys are ${joinNames(known)}`;
  const unknown = fetched === undefined ? { unknown: { sort: "key", name } as const } : {};
  return { message: `unknown key${near}`, ...unknown };
}

/** Returns what a key is told that is a field of something else. */
export function belongsAt(paths: readonly string[]): string {
  return `unknown key; it belongs at ${joinNames(paths)}`;
}

function warning(spot: SchemaCursor, message: string): Problem {
  return { severity: "warning", place: getPlace(spot), path: dottedPath(spot.path), message };
}
