import type { SourceText } from "./program.ts";

/** The TypeScript files below the given files and folders, sorted. Permission: read. */
export function findSources(roots: readonly string[]): readonly string[] {
  return roots.flatMap((root) => Deno.statSync(root).isDirectory ? [...walk(root)] : [root]).sort();
}

export function readSources(roots: readonly string[]): readonly SourceText[] {
  return findSources(roots).map((path) => ({ path, text: Deno.readTextFileSync(path) }));
}

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory && entry.name !== "testdata") yield* walk(path);
    if (entry.isFile && entry.name.endsWith(".ts")) yield path;
  }
}
