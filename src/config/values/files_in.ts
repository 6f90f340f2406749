import type { Located } from "./located.ts";

/** Returns the files, or what else a value is from, of all that a part of the configuration says; each may be there often. */
export function filesIn(located: Located): readonly string[] {
  if (located.kind === "scalar") return [located.place.file];
  if (located.kind === "list") return located.items.flatMap(filesIn);
  return [...located.entries.values()].flatMap(({ key, value }) => [key.file, ...filesIn(value)]);
}
