import type { Located, LocatedList, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { putWatched } from "./reach.ts";

/**
 * Returns a located value as plain data, as templates and printers take it; functions that were not called are their
 * text. What came from beyond the tree is noted when a template reads it.
 */
export function plainData(located: Located): unknown {
  if (located.kind === "scalar") return located.value;
  const data: object = located.kind === "list" ? [] : {};
  for (const [name, item] of partsOf(located)) putWatched(data, name, { located: item, value: plainData(item) });
  return data;
}

function partsOf(located: LocatedMap | LocatedList): readonly (readonly [string | number, Located])[] {
  if (located.kind === "list") return located.items.map((item, at) => [at, item] as const);
  return [...located.entries].map(([name, { value }]) => [name, value] as const);
}

/** The same tree with other scalars. */
function mapScalars(located: Located, change: (scalar: LocatedScalar) => Located): Located {
  if (located.kind === "scalar") return change(located);
  if (located.kind === "list") return { ...located, items: located.items.map((item) => mapScalars(item, change)) };
  const entries = [...located.entries].map(([name, entry]) =>
    [name, { ...entry, value: mapScalars(entry.value, change) }] as const
  );
  return { ...located, entries: new Map(entries) };
}

/** The scalars in a value, in its order. */
export function scalarsIn(located: Located): readonly LocatedScalar[] {
  if (located.kind === "scalar") return [located];
  const parts = located.kind === "list" ? located.items : [...located.entries.values()].map(({ value }) => value);
  return parts.flatMap(scalarsIn);
}

/** The same tree with other scalars, made one after the other. */
export async function mapScalarsLater(
  located: Located,
  change: (scalar: LocatedScalar) => Promise<Located>,
): Promise<Located> {
  const changed = new Map<LocatedScalar, Located>();
  for (const scalar of scalarsIn(located)) changed.set(scalar, await change(scalar));
  return mapScalars(located, (scalar) => changed.get(scalar)!);
}
