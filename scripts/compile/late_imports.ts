/** What esbuild says of the files it wrote; names are relative to where it ran. */
export interface Outputs {
  readonly [file: string]: { readonly entryPoint?: string };
}

/** Loaded after a command has given up reading: Deno must know them from the start (tests/e2e/bundle_test.ts). */
const KNOWN_FROM_THE_START = /^src\/cli\/(?:completion\/(?:\w+_)?script|commands\/completion\/run)\.ts$/;

/**
 * Makes the bundle's lazy imports lazy for Deno too: it reads every file that an import() names by a literal before the
 * program starts, 0.1 to 0.3 ms each, and packages with all theirs. An expression it does not look into.
 */
export function lateImports(folder: string, outputs: Outputs): void {
  const early = new Set(
    Object.entries(outputs)
      .filter(([, { entryPoint = "" }]) => KNOWN_FROM_THE_START.test(entryPoint))
      .map(([file]) => `./${file.split("/").at(-1)}`),
  );
  for (const { name } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    Deno.writeTextFileSync(path, lateIn(Deno.readTextFileSync(path), early));
  }
}

/** The same code with `import("./x.js")` written so that only running it tells what is imported; but for `early`. */
export function lateIn(code: string, early: ReadonlySet<string>): string {
  return code.replace(/\bimport\("(\.\/[\w.-]+\.js)"\)/g, (all, file: string) => {
    return early.has(file) ? all : `import("" || "${file}")`;
  });
}
