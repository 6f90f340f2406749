import { TextLineStream } from "./text_line_stream.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import type { Suite } from "./suites.ts";

export interface SuiteRun {
  readonly suite: Suite;
  /** Where raw coverage is collected. */
  readonly coverage: string;
  /** Where the JUnit report is written. */
  readonly report: string;
}

/** Runs one suite, passing on everything it prints but the lines of tests that passed. */
export async function runSuite({ suite, coverage, report }: SuiteRun): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--quiet", "--no-prompt", "--sanitize-ops", "--sanitize-resources", "--permit-no-files"],
      ...[`--coverage=${coverage}`, "--coverage-raw-data-only", `--junit-path=${report}`],
      ...suite.flags,
      ...suite.paths,
    ],
    env: { ...suite.env, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (const line of child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())) {
    if (isNews(line)) console.log(line);
  }
  const { success } = await child.status;
  return readOutcome(readIfThere(report), success);
}

function isNews(line: string): boolean {
  return line !== "" && !/ \.\.\. (?:ok \(\d+\S*\)|ignored \(\d+\S*\))?$/.test(line) && !/ \.\.\.$/.test(line) &&
    !line.startsWith("running ");
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
