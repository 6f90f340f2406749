/** Opening a file costs as much as reading some kilobytes of one that is open. */
const SMALL_BYTES = 1_200;
const MERGED = "chunk-leaves.js";

interface Leaf {
  readonly file: string;
  readonly code: string;
}

/**
 * Puts the small chunks that import nothing into one, since a command opens each that it needs. Those that share a name
 * at the top with another stay as they are. Permissions: read, write.
 */
export function mergeLeaves(folder: string): void {
  const codes = new Map(
    [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => {
      return [name, Deno.readTextFileSync(`${folder}/${name}`)] as const;
    }),
  );
  const leaves = chooseLeaves([...codes].map(([file, code]) => ({ file, code })));
  const merged = new Set(leaves.map(({ file }) => file));
  for (const [file, code] of codes) {
    if (merged.has(file)) Deno.removeSync(`${folder}/${file}`);
    else Deno.writeTextFileSync(`${folder}/${file}`, redirect(code, merged));
  }
  Deno.writeTextFileSync(`${folder}/${MERGED}`, leaves.map(({ code }) => code).join("\n"));
}

/** Chunks that are shared are called chunk-*; the others are imported lazily by their names. */
function isSmallLeaf({ file, code }: Leaf): boolean {
  return file.startsWith("chunk-") && code.length <= SMALL_BYTES && !/^import\b|\bimport\(|\bfrom "/m.test(code);
}

/** Returns those of the chunks that can stand in one file. */
export function chooseLeaves(chunks: readonly Leaf[]): readonly Leaf[] {
  const taken = new Set<string>();
  return chunks.filter(isSmallLeaf).toSorted((a, b) => a.file < b.file ? -1 : 1).filter(({ code }) => {
    const names = namesIn(code);
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

/** What the bundler declares and exports at the top of a chunk. */
function namesIn(code: string): readonly string[] {
  const declared = code.matchAll(/^(?:var|let|const|class|(?:async )?function\*?)\s+([\w$]+)/gm);
  const exported = [...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list!.split(","));
  const asNames = exported.map((one) => one.trim().split(/\s+as\s+/).at(-1)!).filter((name) => name !== "");
  return [...new Set([...[...declared].map(([, name]) => name!), ...asNames])];
}

/** Returns the code, with what it imports from merged chunks coming from the one that has them. */
export function redirect(code: string, merged: ReadonlySet<string>): string {
  return code.replace(/"\.\/(chunk-[\w.-]+\.js)"/g, (all, file: string) => merged.has(file) ? `"./${MERGED}"` : all);
}
