/** Bundles by what their sources were: another one is never run for them. */
const BUNDLES = "dist/fresh";
/** What the bundle depends on. */
const FILES = ["main.ts", "deno.json", "deno.lock"];
const FOLDERS = ["src", "scripts/compile"];
/** A process that runs from an older one may still import its files. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Bundles into a folder. */
type Build = (folder: string) => Promise<unknown>;

/**
 * Returns the entry, relative to the repository, of a bundle of the sources as they are, built where there is none yet. undefined where none was ever
 * built here (`deno task bundle`), since that takes seconds and packages that a user of the sources needs for nothing
 * else, and where it cannot be built: then the sources do. Permissions: read; write, and those of `build`.
 */
export async function freshBundle(repository: string, build: Build): Promise<string | undefined> {
  if (!isThere(`${repository}/${BUNDLES}`)) return undefined;
  const main = `${BUNDLES}/${await digest(repository)}/main.js`;
  if (isThere(`${repository}/${main}`)) return main;
  return await bundleOnce(repository, build).catch(() => undefined);
}

/**
 * Builds the bundle and returns its entry, relative to the repository. Two may do that at once: each builds in a folder of its own, and the first to
 * end gives it the name. Throws Error where the sources have changed meanwhile, or cannot be bundled.
 */
export async function bundleOnce(repository: string, build: Build): Promise<string> {
  const before = await digest(repository);
  const main = `${BUNDLES}/${before}/main.js`;
  const folder = `${repository}/${BUNDLES}/${before}`;
  const own = `${folder}.${crypto.randomUUID()}`;
  Deno.mkdirSync(`${repository}/${BUNDLES}`, { recursive: true });
  try {
    await build(own);
    if (await digest(repository) !== before) throw new Error("the sources have changed while they were bundled");
    removeOld(`${repository}/${BUNDLES}`);
    if (!isThere(folder)) renameUnlessThere(own, folder);
    return main;
  } finally {
    if (isThere(own)) Deno.removeSync(own, { recursive: true });
  }
}

/** Another process may have been quicker. */
function renameUnlessThere(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!isThere(to)) throw error;
  }
}

function removeOld(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    const built = Deno.statSync(path).mtime?.getTime() ?? 0;
    if (built < Date.now() - KEPT_MS) Deno.removeSync(path, { recursive: true });
  }
}

/** Of the names, sizes and times of the sources: what an editor or a checkout changes. */
async function digest(repository: string): Promise<string> {
  const paths = [...FILES, ...FOLDERS.flatMap((folder) => filesBelow(repository, folder))];
  const lines = paths.map((path) => {
    const { size, mtime, ino } = Deno.statSync(`${repository}/${path}`);
    return [path, size, mtime?.getTime(), ino].join(" ");
  });
  const bytes = new TextEncoder().encode([Deno.version.deno, ...lines].join("\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 32);
}

function filesBelow(repository: string, folder: string): readonly string[] {
  const entries = [...Deno.readDirSync(`${repository}/${folder}`)].sort((a, b) => a.name < b.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(repository, `${folder}/${name}`) : [`${folder}/${name}`]
  );
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
