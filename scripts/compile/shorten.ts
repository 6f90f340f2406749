import { runEsbuild } from "./esbuild.ts";
import { HOT_FILES, sourcesIn } from "./merge_chunks.ts";

/**
 * Takes white space, comments and long names out of the files that every token opens: Deno reads each of them, and hashes
 * it to find its compiled code. Names that are exported stay, and so do the comments that say which sources a file has.
 * `lateImports` must follow: what it writes would be folded. Permissions: run, read, write.
 */
export async function shorten(folder: string, copy: string): Promise<void> {
  const paths = HOT_FILES.map((file) => `${folder}/${file}`);
  const sources = paths.map((path) => sourcesIn(Deno.readTextFileSync(path)));
  const how = ["--minify-whitespace", "--minify-identifiers", "--format=esm", "--allow-overwrite"];
  await runEsbuild({ packages: copy, cwd: copy, args: [...paths, ...how, `--outdir=${folder}`] });
  paths.forEach((path, at) => Deno.writeTextFileSync(path, `${sources[at]}\n${Deno.readTextFileSync(path)}`));
}
