import type { GenericSchema } from "valibot";
import { isEmpty, toPlainData } from "../../../config/schema/plain_value.ts";
import { getMember, getRemarks } from "../../../config/schema/schema.ts";
import { isPrivate, showCall } from "../../../config/values/fetched.ts";
import type { Located } from "../../../config/values/located.ts";

const HIDDEN = "***";

/**
 * An entry as it is written, as far as its schema knows it, without secrets. Values of variables count as secrets; what
 * comes from beyond the configuration is shown as the function that brings it.
 */
export function showData(schema: GenericSchema, located: Located): unknown {
  if (located.kind === "scalar" && getRemarks(schema).secret) return HIDDEN;
  if (located.kind === "scalar" && isPrivate(located.fetched)) return `[${showCall(located.fetched)}]`;
  if (located.kind === "scalar") return withoutPassword(toPlainData(located, schema));
  if (located.kind === "list") return located.items.map((item) => showMember({ schema, key: 0, value: item }));
  const shown = [...located.entries].filter(([key, { value }]) => isKnown(schema, key) && !isEmpty(value));
  return Object.fromEntries(
    shown.map(([key, { value }]) => [key, key === "env" ? showVariables(value) : showMember({ schema, key, value })]),
  );
}

function showMember(
  { schema, key, value }: { readonly schema: GenericSchema; readonly key: string | number; readonly value: Located },
): unknown {
  const inner = getMember(schema, key);
  return inner === undefined ? undefined : showData(inner, value);
}

function isKnown(schema: GenericSchema, key: string): boolean {
  return getMember(schema, key) !== undefined;
}

/** `env: [{key, value}]` */
function showVariables(list: Located): unknown {
  const items = list.kind === "list" ? list.items : [];
  return items.map((item) => {
    const key = item.kind === "map" ? item.entries.get("key")?.value : undefined;
    return { key: key?.kind === "scalar" ? key.text : "", value: HIDDEN };
  });
}

function withoutPassword(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\/\/[^/\s]*@/, `//${HIDDEN}@`) : value;
}
