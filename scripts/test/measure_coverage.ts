import { readSources } from "../lint/source_files.ts";
import { type LineCount, linePercent, neverLoaded, readLcov } from "./coverage.ts";

/** Percent of lines of src/ that all suites together must run. */
const LINES_AT_LEAST = 90;

/** Files that are named because tests run the smallest part of them. */
const LEAST_RUN = 10;

/**
 * Prints what `deno coverage` says of src/: the files that tests run least, those that nothing loaded, and whether the
 * lines reach {@link LINES_AT_LEAST}. The data of thousands of processes is read once.
 */
export function measureCoverage(folder: string): boolean {
  const include = `--include=^file://${encodeURI(Deno.cwd())}/src/`;
  const counts = countLines(lcovOf(["coverage", folder, include, "--lcov", "--quiet"]));
  for (const { file, found, hit } of leastRun(counts)) console.log(`${file}: ${hit} of ${found} lines`);
  for (const { file, found } of counts.filter(({ found, hit }) => found > 0 && hit === 0)) {
    console.log(`not run by any test: ${file} (${found} lines)`);
  }
  const percent = linePercent(counts);
  const enough = percent >= LINES_AT_LEAST;
  console.log(
    `line coverage of src/: ${percent.toFixed(1)} % (at least ${LINES_AT_LEAST} %)${enough ? "" : ": TOO LOW"}`,
  );
  return enough;
}

function countLines(lcov: string): readonly LineCount[] {
  const loaded = new Map(readLcov(lcov).map((count) => [count.file.replace(`${Deno.cwd()}/`, ""), count]));
  return readSources(["src"]).map(({ path, text }) => loaded.get(path) ?? neverLoaded(path, text));
}

function leastRun(counts: readonly LineCount[]): readonly LineCount[] {
  const share = ({ found, hit }: LineCount) => hit / found;
  return counts.filter(({ found, hit }) => hit > 0 && hit < found).toSorted((a, b) => share(a) - share(b))
    .slice(0, LEAST_RUN);
}

function lcovOf(args: readonly string[]): string {
  const { stdout } = new Deno.Command(Deno.execPath(), { args: [...args], env: { NO_COLOR: "1" }, stderr: "inherit" })
    .outputSync();
  return new TextDecoder().decode(stdout);
}
