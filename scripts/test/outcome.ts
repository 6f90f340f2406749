export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** File, name and message of the failed ones that the report has. */
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
  /** How long each suite took: "unit 41 s". */
  readonly took?: readonly string[];
}

export const NOTHING: Outcome = { passed: 0, failed: 0, failures: [], skipped: [] };

export function add(a: Outcome, b: Outcome): Outcome {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    failures: [...a.failures, ...b.failures],
    skipped: [...a.skipped, ...b.skipped],
    took: [...a.took ?? [], ...b.took ?? []],
  };
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
  const all = readCases(report ?? "");
  const cases = testsOnly(all);
  const failures = cases.filter(hasFailed).map((one) => describeFailure(one, all));
  const skipped = cases.filter(({ body }) => /<skipped\b/.test(body)).map(({ name }) => name);
  const passed = cases.length - failures.length - skipped.length;
  const failed = Math.max(failures.length, end.failed ?? 0, end.success ? 0 : 1);
  return { passed, failed, failures, skipped };
}

function hasFailed({ body }: Case): boolean {
  return /<(?:failure|error)[\s/>]/.test(body);
}

/**
 * On one line, and not more of the message than fits: the rest stands where the test ran. Of a test that only says that a
 * step failed, the innermost step says why.
 */
function describeFailure(test: Case, all: readonly Case[]): string {
  const steps = all.filter((one) => one.file === test.file && one.name.startsWith(`${test.name} > `) && hasFailed(one));
  const { name, file, body } = steps.find((one) => !/\btest steps? failed\b/.test(one.body)) ?? test;
  const message = /<(?:failure|error)[^>]*?\bmessage="([^"]*)"/.exec(body)?.[1] ?? "";
  return `${file}: ${name}: ${unescape(message).replaceAll(/\s+/g, " ").trim().slice(0, 600)}`;
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

/**
 * The lines that end the output: how long it took, which tests were skipped, which failed, and the summary. Of a long output often only
 * the end is kept.
 */
export function endLines(outcome: Outcome): readonly string[] {
  const { failed, failures, skipped, took = [] } = outcome;
  const unnamed = failed - failures.length;
  return [
    ...(took.length > 1 ? [`took: ${took.join(", ")}`] : []),
    ...skipped.map((name) => `skipped: ${name}`),
    ...failures.map((failure) => `failed: ${failure}`),
    ...(unnamed > 0 ? [`failed: ${unnamed} more, which no report names`] : []),
    summaryLine(outcome),
  ];
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
