/** The parts of deno.lock that say what is installed. */
export interface Lockfile {
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm: Readonly<Record<string, { readonly integrity: string; readonly dependencies?: readonly string[] }>>;
}

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-` and base64, of the archive in the registry. */
  readonly integrity: string;
}

/** Returns the packages that these specifiers of deno.json lead to, in the order of their names and versions. */
export function reachablePackages(lock: Lockfile, roots: readonly string[]): readonly LockedPackage[] {
  const open = roots.map((root) => `${root.replace(/^npm:/, "").replace(/@[^@/]+$/, "")}@${lock.specifiers[root]}`);
  const found = new Map<string, LockedPackage>();
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    const entry = lock.npm[key];
    if (entry === undefined) throw new Error(`deno.lock has no ${key}`);
    found.set(key, { ...splitKey(key), integrity: entry.integrity });
    open.push(...(entry.dependencies ?? []).map((name) => keyOfDependency(lock, name)));
  }
  return [...found.values()].toSorted((one, other) => sortKey(one) < sortKey(other) ? -1 : 1);
}

/** deno.lock leaves the version out where there is only one. */
function keyOfDependency(lock: Lockfile, name: string): string {
  if (lock.npm[name] !== undefined) return name;
  const keys = Object.keys(lock.npm).filter((key) => splitKey(key).name === name);
  if (keys.length !== 1) throw new Error(`deno.lock has ${keys.length} versions of ${name}`);
  return keys[0]!;
}

/** `@scope/name@1.2.3_peer@4.5.6` has the version 1.2.3. */
function splitKey(key: string): { readonly name: string; readonly version: string } {
  const [, name, version] = /^(@?[^@]+)@([^_]+)/.exec(key)!;
  return { name: name!, version: version! };
}

function sortKey({ name, version }: LockedPackage): string {
  return `${name}@${version}`;
}
