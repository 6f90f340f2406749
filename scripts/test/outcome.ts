export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: [] };

export function add(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] };
}

/**
 * What a run of `deno test` found, from its JUnit report (undefined when it wrote none) and its exit status. A file
 * that does not even load is missing from the report; the status still tells, and counts as one failure.
 */
export function readOutcome(report: string | undefined, success: boolean): Outcome {
  const cases = [...(report ?? "").matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)];
  const failed = cases.filter(([, , body]) => /<(?:failure|error)[\s/>]/.test(body ?? "")).length;
  const skipped = cases.filter(([, , body]) => /<skipped\b/.test(body ?? "")).map(([, name]) => unescape(name ?? ""));
  const passed = cases.length - failed - skipped.length;
  return { passed, failed: failed === 0 && !success ? 1 : failed, skipped };
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
