/** A test file that only imports others. */
export interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * One entry for each folder of `root`, which imports every test below it, and one for the tests of `root` itself. Deno
 * gives each file that it runs an isolate of its own, which takes longer than most tests in it; these share theirs.
 * `tests` are paths as `root` is; `base` is the URL that they are relative to.
 */
export function folderEntries(
  tests: readonly string[],
  { root, base }: { root: string; base: string },
): readonly Entry[] {
  const folders = Map.groupBy(tests, (test) => /^([^/]+)\//.exec(test.slice(root.length + 1))?.[1] ?? "own");
  return [...folders].map(([folder, found]) => ({
    name: `${folder}_test.ts`,
    text: found.map((test) => `import ${JSON.stringify(new URL(test, base).href)};\n`).join(""),
  }));
}

/** The tests in a folder and those below it, as `deno test` finds them, but for folders with these names. Permission: read. */
export function findTests(folder: string, without: readonly string[]): readonly string[] {
  const items = [...Deno.readDirSync(folder)].filter(({ name }) => !without.includes(name));
  return items.flatMap(({ name, isDirectory }) =>
    isDirectory ? findTests(`${folder}/${name}`, without) : isTest(name) ? [`${folder}/${name}`] : []
  ).sort();
}

function isTest(name: string): boolean {
  return /(?:^|[._])test\.(?:ts|tsx|mts|js|mjs|jsx)$/.test(name);
}
