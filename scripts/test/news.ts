/** Lines of `deno test` that say nothing a reader waits for: progress, marks around output, tests that passed. */
const NOISE = [
  /^(?:Check|Download|Initialize|running) /,
  /^-+ (?:\w+-test )?output -+$/,
  /-+ (?:\w+-test )?output end -+$/,
  / \.\.\.$/,
  / \.\.\. (?:ok|ignored) \(\S+\)$/,
  /^error: Test failed$/,
  /^Stack backtrace:$/,
  /^ +\d+: <unknown>$/,
  /^\s*$/,
];

/** Whether a line of `deno test` is worth showing. */
export function isNews(line: string): boolean {
  return !NOISE.some((pattern) => pattern.test(line));
}

/** How many tests failed, files that did not load included, from the line that ends a run; undefined in other lines. */
export function failedIn(line: string): number | undefined {
  const count = /^(?:ok|FAILED) \| .*?\b(\d+) failed\b/.exec(line)?.[1];
  return count === undefined ? undefined : Number(count);
}
