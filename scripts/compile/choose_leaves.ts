import { earlyImports, type Files, lateImports } from "./merge_group.ts";

/** Opening a file costs as much as reading some kilobytes of one that is open. */
const SMALL_BYTES = 3_500;

/**
 * Returns the small chunks that import nothing but one another, and what is merged already: they do as one file, since a
 * command opens each that it needs. Chunks that are shared are called chunk-*; the others are imported lazily.
 */
export function chooseLeaves(files: Files, merged: readonly string[]): readonly string[] {
  const small = [...files].filter(([name, code]) =>
    name.startsWith("chunk-") && code.length <= SMALL_BYTES && lateImports(code).length === 0 &&
    !/^import [^"]*"(?!\.\/)/m.test(code)
  );
  const chosen = new Set<string>();
  for (let before = -1; before < chosen.size;) {
    before = chosen.size;
    for (const [name, code] of small) {
      if (earlyImports(code).every((file) => chosen.has(file) || merged.includes(file))) chosen.add(name);
    }
  }
  return [...chosen].sort();
}
