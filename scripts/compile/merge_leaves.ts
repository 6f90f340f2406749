/** Opening a file costs as much as reading some kilobytes of one that is open. */
const SMALL_BYTES = 3_500;
const MERGED = "chunk-leaves.js";

interface Chunk {
  readonly file: string;
  readonly code: string;
}

/**
 * Puts the small chunks that import nothing but one another into one, since a command opens each that it needs. Those
 * that share a name at the top with another stay as they are. Permissions: read, write.
 */
export function mergeLeaves(folder: string): void {
  const files = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile);
  const chunks = files.map(({ name: file }) => ({ file, code: Deno.readTextFileSync(`${folder}/${file}`) }));
  const leaves = chooseLeaves(chunks);
  const merged = new Set(leaves.map(({ file }) => file));
  for (const { file, code } of chunks) {
    if (merged.has(file)) Deno.removeSync(`${folder}/${file}`);
    else Deno.writeTextFileSync(`${folder}/${file}`, redirect(code, merged));
  }
  Deno.writeTextFileSync(`${folder}/${MERGED}`, leaves.map(({ code }) => code).join("\n"));
}

/**
 * Returns those of the chunks that can stand in one file, in an order in which each has what it needs before it, and
 * without the imports of one another. Chunks that are shared are called chunk-*; the others are imported lazily, by
 * their names.
 */
export function chooseLeaves(chunks: readonly Chunk[]): readonly Chunk[] {
  const small = chunks.filter(({ file, code }) => file.startsWith("chunk-") && code.length <= SMALL_BYTES)
    .toSorted((one, other) => one.file < other.file ? -1 : 1);
  const chosen = new Map<string, Chunk>();
  const names = new Set<string>();
  for (let before = -1; before < chosen.size;) {
    before = chosen.size;
    for (const { file, code } of small) {
      const alone = chosen.has(file) ? undefined : withoutImports(code, { chosen, names });
      if (alone === undefined || namesIn(alone).some((name) => names.has(name))) continue;
      for (const name of namesIn(alone)) names.add(name);
      chosen.set(file, { file, code: alone });
    }
  }
  return [...chosen.values()];
}

interface Merging {
  readonly chosen: ReadonlyMap<string, Chunk>;
  /** What they declare and export. */
  readonly names: ReadonlySet<string>;
}

const IMPORT = /^import (?:\{([^}]*)\} from )?"\.\/([\w.-]+\.js)";\n?/gm;

/** The code without what it imports from the chosen ones; undefined where it imports anything else, or under another name. */
function withoutImports(code: string, { chosen, names }: Merging): string | undefined {
  const imports = [...code.matchAll(IMPORT)];
  const isPlain = imports.every(([, list = "", file]) =>
    chosen.has(file!) && namesOf(list).every((name) => names.has(name) && !name.includes(" "))
  );
  const alone = code.replace(IMPORT, "");
  return isPlain && !/^import\b|\bimport\(|\bfrom "/m.test(alone) ? alone : undefined;
}

function namesOf(list: string): readonly string[] {
  return list.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** What the bundler declares at the top of a chunk, and the names under which it exports something else. */
function namesIn(code: string): readonly string[] {
  const declared = code.matchAll(/^(?:var|let|const|class|(?:async )?function\*?)\s+([\w$]+)/gm);
  const exported = [...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => namesOf(list!));
  return [...new Set([...[...declared].map(([, name]) => name!), ...exported])];
}

/** Returns the code, with what it imports from merged chunks coming from the one that has them. */
export function redirect(code: string, merged: ReadonlySet<string>): string {
  return code.replace(/"\.\/(chunk-[\w.-]+\.js)"/g, (all, file: string) => merged.has(file) ? `"./${MERGED}"` : all);
}
