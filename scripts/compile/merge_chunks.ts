import { chooseLeaves } from "./choose_leaves.ts";
import { runEsbuild } from "./esbuild.ts";
import type { Outputs } from "./late_imports.ts";
import { earlyImports, type Files, type Group, planMerge, withMerged } from "./merge_group.ts";

const TOKEN = "src/cli/commands/aws_eks_token";

/** What every command starts with, and what a token is made with: each is opened as one file. */
const GROUPS = [
  { file: "start.js", sources: ["src/cli/commands/version/command.ts"], isStart: true },
  { file: "token.js", sources: ["command", "run", "location_cache"].map((name) => `${TOKEN}/${name}.ts`) },
];
const LEAVES = "leaves.js";
const MAIN = "main.js";
/** What a token opens. */
export const HOT_FILES: readonly string[] = [MAIN, ...GROUPS.map(({ file }) => file)];

interface Bundled {
  readonly folder: string;
  /** Where esbuild is installed; it works there, too. */
  readonly copy: string;
  readonly outputs: Outputs;
}

/**
 * Merges the files of a bundle that are opened together: the bundler makes one for each set of lazy imports that share a
 * module, dozens for one command. Permissions: run, read, write.
 */
export async function mergeChunks({ folder, copy, outputs }: Bundled): Promise<void> {
  let files: Files = new Map(codeFiles(folder).map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)]));
  const merged: string[] = [];
  const merge = async (file: string, entries: readonly string[]) => {
    const own = entries.filter((name) => files.has(name) && !merged.includes(name));
    files = await withGroup(copy, { files, group: { file, entries: own, merged } });
    merged.push(file);
  };
  for (const { file, sources, isStart } of GROUPS) {
    const early = isStart ? earlyImports(files.get(MAIN)!) : [];
    await merge(file, [...early, ...sources.map((source) => fileFor(outputs, source))]);
  }
  await merge(LEAVES, chooseLeaves(files, merged));
  for (const name of codeFiles(folder)) Deno.removeSync(`${folder}/${name}`);
  for (const [name, code] of files) Deno.writeTextFileSync(`${folder}/${name}`, code);
}

function codeFiles(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => name);
}

function fileFor(outputs: Outputs, source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source)?.[0];
  if (found === undefined) throw new Error(`nothing imports ${source} lazily`);
  return found.slice(found.lastIndexOf("/") + 1);
}

async function withGroup(copy: string, { files, group }: { files: Files; group: Group }): Promise<Files> {
  const { members, entry, outside } = planMerge(files, group);
  const cwd = `${copy}/${group.file}`;
  Deno.mkdirSync(cwd);
  for (const [name, code] of members) Deno.writeTextFileSync(`${cwd}/${name}`, code);
  Deno.writeTextFileSync(`${cwd}/entry.js`, entry);
  const external = outside.map((name) => `--external:./${name}`);
  const args = ["entry.js", "--bundle", "--format=esm", "--packages=external", "--outfile=merged.js", ...external];
  await runEsbuild({ packages: copy, cwd, args });
  const code = `${[...members.values()].map(sourcesIn).join("\n")}\n${Deno.readTextFileSync(`${cwd}/merged.js`)}`;
  return withMerged(files, { file: group.file, code, members });
}

/** The comments of the bundler that say which sources a file has, which a second run drops. */
export function sourcesIn(code: string): string {
  return (code.match(/^\/\/ (?:src|node_modules)\/.*$/gm) ?? []).join("\n");
}
