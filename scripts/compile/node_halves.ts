/**
 * Packages that use Node's modules: their Node half gets a bundle of its own, since they start browsers, or find
 * credentials where none lie ready, and their browser half can do neither.
 */
const HALVES: readonly NodeHalf[] = [
  { name: "puppeteer-core", file: "browsers", exports: ["default"] },
  {
    name: "@aws-sdk/credential-providers",
    file: "credentials",
    exports: ["fromHttp", "fromInstanceMetadata", "fromLoginCredentials"],
  },
];

interface NodeHalf {
  readonly name: string;
  /** The entry of its bundle. */
  readonly file: string;
  /** What the sources import of it: the rest is left out. */
  readonly exports: readonly string[];
}

/** The folder of these bundles, in that of the bundle that imports them. */
export const NODE_FOLDER = "node";

/** Node's modules as some packages call them, which Deno knows by their full names alone. */
const BARE_NAMES = [
  ...["assert", "buffer", "child_process", "crypto", "events", "fs", "fs/promises", "http", "http2", "https", "os"],
  ...["path", "process", "stream", "url", "util"],
];

/** For the bundle that imports them. */
export const EXTERNALS: readonly string[] = HALVES.map(({ name }) => `--external:${name}`);

/** Writes the entries of the Node halves into a folder that has the packages; returns the bundler's arguments for them. */
export function writeNodeEntries(copy: string, folder: string): readonly string[] {
  for (const { name, file, exports } of HALVES) {
    Deno.writeTextFileSync(`${copy}/${file}.ts`, `export { ${exports.join(", ")} } from "${name}";\n`);
  }
  return [
    ...HALVES.map(({ file }) => `${file}.ts`),
    "--bundle",
    "--splitting",
    "--format=esm",
    "--platform=node",
    ...BARE_NAMES.map((name) => `--alias:${name}=node:${name}`),
    '--banner:js=import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    `--outdir=${folder}/${NODE_FOLDER}`,
    "--metafile=meta.json",
  ];
}

/** Whether a file that went into a bundle is one of the entries. */
export function isNodeEntry(input: string): boolean {
  return HALVES.some(({ file }) => input === `${file}.ts`);
}

/**
 * Makes each import of a Node half lead to its bundle, one that is lazy only when it runs (late_imports.ts). Throws Error
 * for a package that is imported nowhere, or for something of it that the bundle leaves out.
 */
export function importNodeHalves(folder: string): void {
  const chunks = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".js"));
  const found = new Set<string>();
  for (const { name } of chunks) {
    const path = `${folder}/${name}`;
    const before = Deno.readTextFileSync(path);
    const after = HALVES.reduce((code, half) => withNodeHalf(code, { half, found }), before);
    if (after !== before) Deno.writeTextFileSync(path, after);
  }
  const missing = HALVES.find((half) => !found.has(half.name));
  if (missing !== undefined) throw new Error(`${missing.name} is imported nowhere`);
}

function withNodeHalf(code: string, { half, found }: { half: NodeHalf; found: Set<string> }): string {
  const { name, file, exports } = half;
  const place = `./${NODE_FOLDER}/${file}.js`;
  const isNew = !found.has(name) && code.includes(`"${name}"`);
  if (isNew) found.add(name);
  const lazy = /const \{ ([\w, ]+) \} = await import\("([^"]+)"\)/g;
  for (const [, names, from] of code.matchAll(lazy)) {
    const unknown = from === name && names!.split(", ").find((one) => !exports.includes(one));
    if (unknown) throw new Error(`${unknown} of ${name} is not among the exports of its bundle`);
  }
  return code.replaceAll(`from "${name}"`, `from "${place}"`).replaceAll(
    `import("${name}")`,
    `import("" || "${place}")`,
  );
}
