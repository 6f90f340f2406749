/**
 * `deno task test [suite …] [--long]`: every suite, then the line coverage of src/, then one line "N passed, N failed".
 * With names of suites, only those, and coverage is not measured. With --long, random tests try more inputs.
 */
import { bundle } from "./compile/bundle.ts";
import { readArguments } from "./test/arguments.ts";
import { compiledSuite } from "./test/compiled_suite.ts";
import { measureCoverage } from "./test/measure_coverage.ts";
import { add, NOTHING, type Outcome, succeeded, summaryLine } from "./test/outcome.ts";
import { runSuite } from "./test/run_suite.ts";
import type { Suite } from "./test/suites.ts";

/** Where the raw data ends up, for `deno coverage cov --html`. */
const COVERAGE = "cov";

async function main(args: readonly string[]): Promise<boolean> {
  const { suites, isComplete, isLong } = readArguments(args);
  await fetchPackages();
  const work = sharedFolder();
  try {
    const coverage = isComplete ? sharedFolder() : undefined;
    const own = { ...await bundleEnv(suites, work), ...marksEnv(work) };
    const env = { ...own, ...chosenEnv(), ...(isLong ? { ATMOS_TEST_LONG: "1" } : {}) };
    const outcome = await runAll([...suites, ...(isComplete ? await compiledSuite() : [])], { work, coverage, env });
    const isCovered = coverage === undefined || isCoveredEnough(coverage);
    for (const name of outcome.skipped) console.log(`skipped: ${name}`);
    console.log(summaryLine(outcome));
    return succeeded(outcome) && isCovered;
  } finally {
    Deno.removeSync(work, { recursive: true });
  }
}

interface RunInput {
  /** A temporary folder that every user of this machine may read. */
  readonly work: string;
  readonly coverage: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

async function runAll(suites: readonly Suite[], { work, coverage, env }: RunInput): Promise<Outcome> {
  let total = NOTHING;
  for (const suite of suites) {
    const start = performance.now();
    const outcome = await runSuite({ suite, env, coverage, report: `${work}/${suite.name}.xml` });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // Not the line that ends everything: that one stands alone.
    console.log(`[${suite.name}] ${summaryLine(outcome)} in ${seconds} s`);
    total = add(total, outcome);
  }
  return total;
}

/** Where the tests find the bundle, which is built once: a process from it starts in half the time. */
async function bundleEnv(suites: readonly Suite[], work: string): Promise<Readonly<Record<string, string>>> {
  if (!suites.some(({ processes }) => processes !== undefined)) return {};
  const { main } = await bundle(`${work}/bundle`);
  return { ATMOS_TEST_BUNDLE: main };
}

/** Where test files mark which commands they have measured. */
function marksEnv(work: string): Readonly<Record<string, string>> {
  const marks = `${work}/marks`;
  Deno.mkdirSync(marks);
  return { ATMOS_TEST_MARKS: marks };
}

/** What the user of this program has decided already: which atmos is tested, and how many test files run at once. */
function chosenEnv(): Readonly<Record<string, string>> {
  const chosen = ["ATMOS_TEST_BIN", "DENO_JOBS"].map((name) => [name, Deno.env.get(name) ?? ""] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== ""));
}

function isCoveredEnough(coverage: string): boolean {
  moveFolder(coverage, COVERAGE);
  return measureCoverage(COVERAGE);
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
