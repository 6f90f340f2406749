import { bundle } from "../compile/bundle.ts";
import { add, NOTHING, type Outcome, summaryLine } from "./outcome.ts";
import { runSuite } from "./run_suite.ts";
import type { Suite } from "./suites.ts";

export interface SuitesRun {
  readonly suites: readonly Suite[];
  /** A temporary folder that every user of this machine may read. */
  readonly work: string;
  readonly coverage: string | undefined;
  /** Random tests try as many inputs as they ever do. */
  readonly isLong: boolean;
}

/** Runs suites one after the other; `work/rows` has what they report as figures then. */
export async function runSuites({ suites, work, coverage, isLong }: SuitesRun): Promise<Outcome> {
  const own = { ...await bundleEnv(suites, work), ...folderEnv(work) };
  const env = { ...own, ...chosenEnv(), ...(isLong ? { ATMOS_TEST_LONG: "1" } : {}) };
  let total = NOTHING;
  for (const suite of suites) {
    const start = performance.now();
    const outcome = await runSuite({ suite, env, coverage, report: `${work}/${suite.name}.xml` });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // Not the line that ends everything: that one stands alone.
    console.log(`[${suite.name}] ${summaryLine(outcome)} in ${seconds} s`);
    total = add(total, { ...outcome, took: [`${suite.name} ${seconds} s`] });
  }
  return total;
}

/** Where the tests find the bundle, which is built once: a process from it starts in half the time. */
async function bundleEnv(suites: readonly Suite[], work: string): Promise<Readonly<Record<string, string>>> {
  if (!suites.some(({ processes }) => processes !== undefined)) return {};
  const { main } = await bundle(`${work}/bundle`);
  return { ATMOS_TEST_BUNDLE: main };
}

/** Where test files mark which commands they have measured, and where they leave rows of the table of faults. */
function folderEnv(work: string): Readonly<Record<string, string>> {
  const [marks, rows] = [`${work}/marks`, rowsFolder(work)];
  for (const folder of [marks, rows]) Deno.mkdirSync(folder);
  return { ATMOS_TEST_MARKS: marks, ATMOS_TEST_ROWS: rows };
}

/** Where {@link runSuites} lets tests leave rows. */
export function rowsFolder(work: string): string {
  return `${work}/rows`;
}

/** What the user of this program has decided already: which atmos is tested, and how many test files run at once. */
function chosenEnv(): Readonly<Record<string, string>> {
  const chosen = ["ATMOS_TEST_BIN", "DENO_JOBS"].map((name) => [name, Deno.env.get(name) ?? ""] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== ""));
}

/** Some tests start processes as another user, and those report their coverage too. */
export function sharedFolder(): string {
  const folder = Deno.makeTempDirSync();
  Deno.chmodSync(folder, 0o777);
  return folder;
}

/** Everything in deno.lock, so that no process of a test has to fetch it: some are started without the variables that a proxy needs. */
export async function fetchPackages(): Promise<void> {
  const fetching = new Deno.Command(Deno.execPath(), { args: ["install", "--quiet", "--frozen"], stdout: "null" });
  if (!(await fetching.spawn().status).success) throw new Error("the packages of deno.lock could not be fetched");
}
