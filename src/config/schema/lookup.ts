/** The name among those that are there that someone means, upper and lower case being the same; exact matches win. */
export function nameMeant(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let similar: string | undefined;
  for (const one of names) {
    if (one === name) return one;
    if (similar === undefined && one.toLowerCase() === wanted) similar = one;
  }
  return similar;
}

/** The entry of that name, upper and lower case being the same. */
export function lookup<T>(entries: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = entries.get(name);
  if (exact !== undefined) return exact;
  const found = nameMeant(name, entries.keys());
  return found === undefined ? undefined : entries.get(found);
}

/** The same for many names in turn, in time that does not grow with the entries. */
export function lookups<T>(entries: ReadonlyMap<string, T>): (name: string) => T | undefined {
  const inSmall = new Map<string, T>();
  for (const [name, entry] of [...entries].reverse()) inSmall.set(name.toLowerCase(), entry);
  return (name) => entries.get(name) ?? inSmall.get(name.toLowerCase());
}

/** Kinds of the Go atmos that this program does not have. */
export const ELSEWHERE = /^(?:(?:azure|gcp|mock)\/.+|mock|github\/sts|atmos[/-]pro|emulator|.+\/emulator)$/;

/** Whether the Go atmos knows a kind that this program does not. */
export function isElsewhere(kind: string): boolean {
  return ELSEWHERE.test(kind);
}
