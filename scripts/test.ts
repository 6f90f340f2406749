/**
 * `deno task test [suite …] [--long]`: every suite, then the line coverage of src/, then one line "N passed, N failed".
 * With names of suites, only those, and coverage is not measured. With --long, random tests try more inputs.
 */
import { readArguments } from "./test/arguments.ts";
import { compiledSuite } from "./test/compiled_suite.ts";
import { readRows, renderTable } from "./test/fault_table.ts";
import { measureCoverage } from "./test/measure_coverage.ts";
import { endLines, succeeded } from "./test/outcome.ts";
import { fetchPackages, rowsFolder, runSuites, sharedFolder } from "./test/run_suites.ts";

/** Where the raw data ends up, for `deno coverage cov --html`. */
const COVERAGE = "cov";

async function main(args: readonly string[]): Promise<boolean> {
  const { suites, isComplete, isLong } = readArguments(args);
  await fetchPackages();
  const work = sharedFolder();
  try {
    const coverage = isComplete ? sharedFolder() : undefined;
    const all = [...suites, ...(isComplete ? await compiledSuite() : [])];
    const outcome = await runSuites({ suites: all, work, coverage, isLong });
    const rows = readRows(rowsFolder(work));
    if (rows.length > 0) console.log(renderTable(rows));
    const isCovered = coverage === undefined || isCoveredEnough(coverage);
    for (const line of endLines(outcome)) console.log(line);
    return succeeded(outcome) && isCovered;
  } finally {
    Deno.removeSync(work, { recursive: true });
  }
}

function isCoveredEnough(coverage: string): boolean {
  moveFolder(coverage, COVERAGE);
  return measureCoverage(COVERAGE);
}

/** There are hundreds of thousands of files: they are copied only where they cannot be renamed, to another disk. */
function moveFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  Deno.removeSync(to, { recursive: true });
  try {
    Deno.renameSync(from, to);
  } catch {
    Deno.mkdirSync(to);
    for (const { name } of Deno.readDirSync(from)) Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
    Deno.removeSync(from, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args) ? 0 : 1);
