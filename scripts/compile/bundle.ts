import type { BuildInfo } from "./build_info.ts";
import { run, runEsbuild } from "./esbuild.ts";
import { lateImports, type Outputs } from "./late_imports.ts";
import { mergeChunks } from "./merge_chunks.ts";
import { EXTERNALS, importNodeHalves, isNodeEntry, writeNodeEntries } from "./node_halves.ts";
import { REPOSITORY } from "./repository.ts";
import { shorten } from "./shorten.ts";

/** What the bundler put together. */
export interface Bundle {
  /** The entry, in a folder with its chunks. */
  readonly main: string;
  /** Source files that went in, relative to the repository; packages as `npm:<name>`. */
  readonly inputs: ReadonlySet<string>;
}

/** One place, so that the same sources give the same executable. */
export const BUNDLE = `${REPOSITORY}/dist/bundle`;

/** What packages look for to find out whether they are in Node: Deno loads Node's modules when that is looked at (ADR 17). */
const NODE_GLOBALS = ["Buffer", "process"];

interface Meta {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Outputs;
}

/**
 * Bundles main.ts into a folder, one chunk for each lazy import, with the AWS SDK's browser half, which does without
 * Node's modules: a call to AWS then starts in half the time. Deno's own bundler fails on that half, so esbuild does it,
 * in a copy of the sources that has its packages beside it. Deno finds most chunks only when they are imported, so
 * `deno compile` must be told to take the whole folder. Without `build` the program does not know its commit, so that the
 * bundle depends on the sources alone. Permissions: run, read, write.
 */
export async function bundle(folder: string, build?: BuildInfo): Promise<Bundle> {
  removeIfThere(folder);
  const copy = Deno.makeTempDirSync({ prefix: "atmos-bundle-" });
  try {
    copySources(copy);
    await run(Deno.execPath(), { args: ["install", "--quiet", "--frozen"], cwd: copy });
    keepXmlParser(copy);
    await runEsbuild({ packages: copy, cwd: copy, args: [...esbuildArgs(folder), ...defineArgs(build)] });
    const { inputs, outputs } = metaOf(copy);
    await mergeChunks({ folder, copy, outputs });
    await shorten(folder, copy);
    lateImports(folder, outputs);
    await runEsbuild({ packages: copy, cwd: copy, args: writeNodeEntries(copy, folder) });
    importNodeHalves(folder);
    const all = [...Object.keys(inputs), ...Object.keys(metaOf(copy).inputs)].filter((input) => !isNodeEntry(input));
    return { main: `${folder}/main.js`, inputs: new Set(all.map(inputName)) };
  } finally {
    Deno.removeSync(copy, { recursive: true });
  }
}

/**
 * The SDK's browser half parses STS's answers with a browser's DOMParser, which Deno lacks; the parser of its other half
 * is plain JavaScript, so the package's browser half is taken out.
 */
function keepXmlParser(copy: string): void {
  const packages = `${copy}/node_modules/.deno`;
  for (const { name } of Deno.readDirSync(packages)) {
    if (!name.startsWith("@aws-sdk+xml-builder@")) continue;
    const path = `${packages}/${name}/node_modules/@aws-sdk/xml-builder/package.json`;
    const { browser: _browser, ...rest } = JSON.parse(Deno.readTextFileSync(path));
    // It may share its bytes with the package cache, which is to stay as it is.
    Deno.removeSync(path);
    Deno.writeTextFileSync(path, JSON.stringify(rest));
  }
}

function copySources(copy: string): void {
  for (const name of ["main.ts", "deno.lock"]) Deno.copyFileSync(`${REPOSITORY}/${name}`, `${copy}/${name}`);
  copyFolder(`${REPOSITORY}/src`, `${copy}/src`);
  const config = JSON.parse(Deno.readTextFileSync(`${REPOSITORY}/deno.json`));
  const own = { ...config, nodeModulesDir: "auto" };
  Deno.writeTextFileSync(`${copy}/deno.json`, JSON.stringify(own));
}

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

function esbuildArgs(folder: string): readonly string[] {
  return [
    "main.ts",
    "--bundle",
    "--splitting",
    "--format=esm",
    "--platform=browser",
    "--main-fields=browser,module,main",
    "--conditions=import,browser",
    ...EXTERNALS,
    ...NODE_GLOBALS.map((name) => `--define:${name}=undefined`),
    `--outdir=${folder}`,
    "--metafile=meta.json",
  ];
}

/** src/host/deno.ts reads these. */
function defineArgs(build: BuildInfo | undefined): readonly string[] {
  if (build === undefined) return [];
  return [`--define:ATMOS_COMMIT=${JSON.stringify(build.commit)}`, `--define:ATMOS_DATE=${JSON.stringify(build.date)}`];
}

/** Of the last run. */
function metaOf(copy: string): Meta {
  return JSON.parse(Deno.readTextFileSync(`${copy}/meta.json`));
}

function inputName(path: string): string {
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];
  return name === undefined ? path : `npm:${name}`;
}

function removeIfThere(folder: string): void {
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
