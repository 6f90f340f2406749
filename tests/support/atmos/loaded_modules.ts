/** Addresses of the modules that a run of Deno with this folder as DENO_COVERAGE_DIR has loaded. Permission: read. */
export function loadedModules(coverage: string): readonly string[] {
  const files = [...Deno.readDirSync(coverage)].filter(({ name }) => name.endsWith(".json"));
  return files.map(({ name }) => JSON.parse(Deno.readTextFileSync(`${coverage}/${name}`)).url as string).sort();
}

/** The package that a module is a file of; undefined for one of the program's own. */
export function packageOf(url: string): string | undefined {
  return /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
}

/** Packages whose code esbuild has put into a chunk, by the comments it leaves. */
export function packagesIn(chunk: string): readonly string[] {
  return [...chunk.matchAll(/^\s*\/\/ .*node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//gm)].map(([, name]) => name!);
}
