import type { Located, LocatedEntry, LocatedMap } from "./located.ts";

interface FoundValue extends LocatedEntry {
  /** As the configuration spells it. */
  readonly name: string;
}

/** The entry of that name; upper and lower case count as the same, but a name spelt exactly so goes first. */
export function lookUp(map: LocatedMap, name: string): FoundValue | undefined {
  const exact = map.entries.get(name);
  if (exact !== undefined) return { name, ...exact };
  const wanted = name.toLowerCase();
  for (const [key, entry] of map.entries) {
    if (key.toLowerCase() === wanted) return { name: key, ...entry };
  }
  return undefined;
}

/** The value that names lead to, one map after the other; undefined when it does not exist. */
export function valueAt(root: Located, names: readonly string[]): Located | undefined {
  let value: Located | undefined = root;
  for (const name of names) value = value?.kind === "map" ? lookUp(value, name)?.value : undefined;
  return value;
}

/** The text of the scalar that names lead to; undefined when there is none, or it is null or empty. */
export function textAt(root: Located, names: readonly string[]): string | undefined {
  const value = valueAt(root, names);
  return value?.kind === "scalar" && value.value !== null && value.text !== "" ? value.text : undefined;
}
