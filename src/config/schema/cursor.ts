import type { GenericSchema } from "valibot";
import { showKey } from "../values/fetched.ts";
import type { FilePosition, Located } from "../values/located.ts";
import { isEmpty, isNothing } from "./plain_value.ts";
import { getFields, getMember } from "./schema.ts";

/** A value in the configuration, with the key that leads to it. */
export interface SchemaCursor {
  readonly located: Located;
  /** Where its key stands. */
  readonly key: FilePosition;
  readonly path: readonly (string | number)[];
}

/** What an issue is about: the value, or the innermost one that is there when it is missing. */
export interface Found extends SchemaCursor {
  readonly missing: boolean;
  readonly schema: GenericSchema | undefined;
}

/** Follows keys down from a spot, and its schema if there is one. */
export function follow(
  from: SchemaCursor & { readonly schema?: GenericSchema },
  keys: readonly (string | number)[],
): Found {
  let found: Found = { ...from, schema: from.schema, missing: false };
  for (const key of keys) found = step(found, key);
  return found;
}

function step(from: Found, key: string | number): Found {
  const { located } = from;
  const path = [...from.path, key];
  const schema = getMember(from.schema, key);
  if (!from.missing && located.kind === "list" && typeof key === "number") {
    const item = located.items[key];
    if (item !== undefined) return { located: item, key: item.place, path, schema, missing: false };
  }
  const entry = !from.missing && located.kind === "map" ? located.entries.get(String(key)) : undefined;
  if (entry === undefined) return { ...from, path, schema, missing: true };
  const shown = isField(from, String(key)) ? path : [...from.path, showKey(String(key), entry.fetched)];
  const { value } = entry;
  const missing = schema === undefined ? isEmpty(value) : isNothing(value, schema);
  return { located: value, key: entry.key, path: shown, schema, missing };
}

/** Whether the key is a word of ours, and no name: the keys of a section, such as `auth.identities`, are names. */
function isField({ schema, path }: Pick<Found, "schema" | "path">, key: string): boolean {
  if (schema === undefined) return path.length !== 2;
  return Object.hasOwn(getFields(schema) ?? {}, key);
}

/** Where to point: at a scalar itself, at the key of anything bigger. */
export function getPlace(spot: SchemaCursor): FilePosition {
  return spot.located.kind === "scalar" && spot.located.value !== null ? spot.located.place : spot.key;
}
