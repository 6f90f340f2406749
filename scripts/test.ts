/**
 * `deno task test [suite …]`: every suite, then the line coverage of src/, then one line "N passed, N failed".
 * With names of suites, only those and no coverage limit.
 */
import { compiledSuite } from "./test/compiled_suite.ts";
import { measureCoverage } from "./test/measure_coverage.ts";
import { add, NOTHING, type Outcome, succeeded, summaryLine } from "./test/outcome.ts";
import { runSuite } from "./test/run_suite.ts";
import { chooseSuites, type Suite } from "./test/suites.ts";

/** Where the raw data ends up, for `deno coverage cov --html`. */
const COVERAGE = "cov";

async function main(names: readonly string[]): Promise<boolean> {
  const suites = chooseSuites(names);
  await fetchPackages();
  const everything = names.length === 0;
  const outcome = await runAll([...suites, ...(everything ? await compiledSuite() : [])]);
  const covered = !everything || measureCoverage(COVERAGE);
  for (const name of outcome.skipped) console.log(`skipped: ${name}`);
  console.log(summaryLine(outcome));
  return succeeded(outcome) && covered;
}

async function runAll(suites: readonly Suite[]): Promise<Outcome> {
  const reports = Deno.makeTempDirSync();
  const coverage = sharedFolder();
  let total = NOTHING;
  for (const suite of suites) {
    const start = performance.now();
    const outcome = await runSuite({ suite, coverage, report: `${reports}/${suite.name}.xml` });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // Not the line that ends everything: that one stands alone.
    console.log(`[${suite.name}] ${summaryLine(outcome)} in ${seconds} s`);
    total = add(total, outcome);
  }
  moveFolder(coverage, COVERAGE);
  Deno.removeSync(reports, { recursive: true });
  return total;
}

/** Some tests start processes as another user, and those report their coverage too. */
function sharedFolder(): string {
  const folder = Deno.makeTempDirSync();
  Deno.chmodSync(folder, 0o777);
  return folder;
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

/** Everything in deno.lock, so that no process of a test has to fetch it: some are started without the variables that a proxy needs. */
async function fetchPackages(): Promise<void> {
  const fetching = new Deno.Command(Deno.execPath(), { args: ["install", "--quiet", "--frozen"], stdout: "null" });
  if (!(await fetching.spawn().status).success) throw new Error("the packages of deno.lock could not be fetched");
}

if (import.meta.main) Deno.exit(await main(Deno.args) ? 0 : 1);
