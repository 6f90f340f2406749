/** The name among those that are there that someone means, upper and lower case being the same; exact matches win. */
export function nameMeant(name: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  if (all.includes(name)) return name;
  const wanted = name.toLowerCase();
  return all.find((one) => one.toLowerCase() === wanted);
}

/** The entry of that name, upper and lower case being the same. */
export function lookup<T>(entries: ReadonlyMap<string, T>, name: string): T | undefined {
  const found = nameMeant(name, entries.keys());
  return found === undefined ? undefined : entries.get(found);
}
