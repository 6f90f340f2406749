/** A value without a value: a key that is not there. */
export const MISSING = Symbol("missing");

export type Kind = "nil" | "bool" | "number" | "string" | "list" | "map";

/** What a template's value is; data are those of JSON. */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined || value === MISSING) return "nil";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "map";
}

/** Whether `if` takes it for true: it isn't empty, zero, false or nothing. */
export function isTrue(value: unknown): boolean {
  const kind = kindOf(value);
  if (kind === "list" || kind === "string") return (value as string).length > 0;
  if (kind === "map") return Object.keys(value as object).length > 0;
  return kind !== "nil" && value !== 0 && value !== false;
}

/** A map's own value of that name; MISSING when there is none. */
export function memberOf(map: unknown, name: string): unknown {
  return Object.hasOwn(map as object, name) ? (map as Record<string, unknown>)[name] : MISSING;
}

/** In the order in which Go goes through a map. */
export function sortedKeys(map: unknown): readonly string[] {
  return Object.keys(map as object).sort((one, other) => one < other ? -1 : 1);
}
