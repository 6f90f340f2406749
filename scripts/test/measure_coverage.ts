import { readSources } from "../lint/source_files.ts";
import { type LineCount, linePercent, neverLoaded, readLcov } from "./coverage.ts";

/** Percent of lines of src/ that all suites together must run. */
const LINES_AT_LEAST = 90;

/**
 * Prints `deno coverage` of src/ for the collected data, and the files that nothing loaded; says whether the lines
 * reach {@link LINES_AT_LEAST}.
 */
export function measureCoverage(folder: string): boolean {
  const include = `--include=^file://${encodeURI(Deno.cwd())}/src/`;
  deno(["coverage", folder, include, "--quiet"], "inherit");
  const counts = countLines(deno(["coverage", folder, include, "--lcov", "--quiet"], "piped"));
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

function deno(args: readonly string[], stdout: "inherit" | "piped"): string {
  const output = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1" },
    stdout,
    stderr: "inherit",
  }).outputSync();
  return stdout === "piped" ? new TextDecoder().decode(output.stdout) : "";
}
