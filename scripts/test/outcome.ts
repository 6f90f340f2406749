export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: [] };

export function add(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] };
}

interface Case {
  readonly name: string;
  readonly file: string;
  readonly body: string;
}

/** How the process of `deno test` ended: its status, and the failures in the line that ends it, when there is one. */
export interface End {
  readonly success: boolean;
  readonly failed: number | undefined;
}

/**
 * What a run of `deno test` found, from its JUnit report (undefined when it wrote none) and how it ended. Steps are
 * part of their test and not counted. A file that does not even load is missing from the report, and a crash ends
 * without a line: the higher number of failures is true, and never 0 when the process failed.
 */
export function readOutcome(report: string | undefined, end: End): Outcome {
  const cases = testsOnly(readCases(report ?? ""));
  const failed = cases.filter(({ body }) => /<(?:failure|error)[\s/>]/.test(body)).length;
  const skipped = cases.filter(({ body }) => /<skipped\b/.test(body)).map(({ name }) => name);
  const passed = cases.length - failed - skipped.length;
  return { passed, failed: Math.max(failed, end.failed ?? 0, end.success ? 0 : 1), skipped };
}

function readCases(report: string): readonly Case[] {
  const pattern = /<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  return [...report.matchAll(pattern)].map(([, name = "", file = "", body = ""]) => ({
    name: unescape(name),
    file,
    body,
  }));
}

/** A step is named "<test> > <step>", in the same file. */
function testsOnly(cases: readonly Case[]): readonly Case[] {
  const key = ({ name, file }: Case) => `${file}\n${name}`;
  const known = new Set(cases.map(key));
  return cases.filter((one) => {
    const words = one.name.split(" > ");
    return !words.slice(1).some((_, at) => known.has(key({ ...one, name: words.slice(0, at + 1).join(" > ") })));
  });
}

/** The line that ends the output: "N passed, N failed", with the skipped ones when there are any. */
export function summaryLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed` + (skipped.length === 0 ? "" : `, ${skipped.length} skipped`);
}

/** Nothing that ran is no success. */
export function succeeded({ passed, failed }: Outcome): boolean {
  return failed === 0 && passed > 0;
}

function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
