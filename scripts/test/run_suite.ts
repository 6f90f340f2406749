import { findTests, folderEntries } from "./folder_entries.ts";
import { failedIn, isNews } from "./news.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import type { Suite } from "./suites.ts";
import { TextLineStream } from "./text_line_stream.ts";
import { readIfThere } from "../read_if_there.ts";

export interface SuiteRun {
  readonly suite: Suite;
  /** Variables for every suite: ATMOS_TEST_BUNDLE, and what the user has set. */
  readonly env: Readonly<Record<string, string>>;
  /** Where raw coverage is collected, when it is measured. */
  readonly coverage: string | undefined;
  /** Where the JUnit report is written; entries of the suite go beside it. */
  readonly report: string;
}

/** Runs one suite, passing on what is news of what it prints. */
export async function runSuite(run: SuiteRun): Promise<Outcome> {
  const { report } = run;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...suiteArguments(run), ...writeEntries(run)],
    env: suiteEnv(run),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines = await Promise.all([passOn(child.stdout, console.log), passOn(child.stderr, console.error)]);
  const { success } = await child.status;
  const failed = lines.flat().flatMap((line) => failedIn(line) ?? []).at(-1);
  return readOutcome(readIfThere(report), { success, failed });
}

function isMeasured({ suite, coverage }: SuiteRun): boolean {
  return coverage !== undefined && suite.processes !== "not measured";
}

/** The command line of `deno` for one suite, without the test files. */
export function suiteArguments(run: SuiteRun): string[] {
  const { suite, coverage, report } = run;
  return [
    ...["test", "--config=deno.json", "--no-prompt", "--sanitize-ops", "--sanitize-resources", "--permit-no-files"],
    ...(isMeasured(run) ? [`--coverage=${coverage}`, "--coverage-raw-data-only"] : []),
    `--junit-path=${report}`,
    ...(suite.jobsPerCore === undefined ? [] : ["--parallel"]),
    ...suite.flags,
  ];
}

/** The test files to run. */
function writeEntries({ suite: { paths, isolatePerFolder }, report }: SuiteRun): readonly string[] {
  if (isolatePerFolder === undefined) return paths;
  const folder = report.replace(/\.xml$/, "");
  Deno.mkdirSync(folder);
  const base = `file://${encodeURI(Deno.cwd())}/`;
  return paths.flatMap((root) =>
    folderEntries(findTests(root, isolatePerFolder.without), { root, base }).map(({ name, text }) => {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    })
  );
}

/** The variables that one suite gets besides those of this process; what the user has set wins. */
export function suiteEnv(run: SuiteRun): Record<string, string> {
  const { suite, env } = run;
  const bundle = env["ATMOS_TEST_BUNDLE"];
  return {
    DENO_JOBS: String((suite.jobsPerCore ?? 1) * navigator.hardwareConcurrency),
    ...(bundle === undefined || isMeasured(run) ? {} : { ATMOS_TEST_BIN: bundle }),
    ...env,
    ...suite.env,
    NO_COLOR: "1",
    DENO_NO_UPDATE_CHECK: "1",
  };
}

/** Prints the lines that are news; gives back the lines that end a run. */
async function passOn(stream: ReadableStream<Uint8Array>, print: (line: string) => void): Promise<readonly string[]> {
  const ends: string[] = [];
  const text = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
  for await (const line of text.pipeThrough(new TextLineStream())) {
    if (failedIn(line) !== undefined) ends.push(line);
    else if (isNews(line)) print(line);
  }
  return ends;
}
