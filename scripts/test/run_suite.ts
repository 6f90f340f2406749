import { failedIn, isNews } from "./news.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import type { Suite } from "./suites.ts";
import { TextLineStream } from "./text_line_stream.ts";

export interface SuiteRun {
  readonly suite: Suite;
  /** Where raw coverage is collected. */
  readonly coverage: string;
  /** Where the JUnit report is written. */
  readonly report: string;
}

/** Runs one suite, passing on what is news of what it prints. */
export async function runSuite({ suite, coverage, report }: SuiteRun): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--no-prompt", "--sanitize-ops", "--sanitize-resources", "--permit-no-files"],
      ...[`--coverage=${coverage}`, "--coverage-raw-data-only", `--junit-path=${report}`],
      ...suite.flags,
      ...suite.paths,
    ],
    env: { ...suite.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines = await Promise.all([passOn(child.stdout, console.log), passOn(child.stderr, console.error)]);
  const { success } = await child.status;
  const failed = lines.flat().flatMap((line) => failedIn(line) ?? []).at(-1);
  return readOutcome(readIfThere(report), { success, failed });
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

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
