import assert from "node:assert/strict";
import { add, endLines, NOTHING, readOutcome, succeeded, summaryLine } from "../../../scripts/test/outcome.ts";
import { chooseSuites, SUITES } from "../../../scripts/test/suites.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="5" failures="1" errors="0" time="0.019">
    <testsuite name="./a_test.ts" tests="5" disabled="1" errors="0" failures="1">
        <testcase name="a" classname="./a_test.ts" time="0.005" line="3" col="6">
        </testcase>
        <testcase name="b &lt;c&gt;" classname="./a_test.ts" time="0.000" line="4" col="6">
            <skipped/>
        </testcase>
        <testcase name="c" classname="./a_test.ts" time="0.001" line="5" col="6">
            <failure message="Uncaught Error: bad">Error: &lt;skipped/&gt; bad</failure>
        </testcase>
        <testcase name="d &gt; e" classname="./a_test.ts" time="0.001" line="3" col="39"/>
        <testcase name="a &gt; one" classname="./a_test.ts" time="0.001" line="3" col="39"/>
        <testcase name="a &gt; one &gt; two" classname="./a_test.ts" time="0.001" line="3" col="39"/>
    </testsuite>
</testsuites>`;

const FAILURE = "./a_test.ts: c: Uncaught Error: bad";

const BAD = { success: false, failed: undefined };

Deno.test("a report is counted test by test, without their steps", () => {
  assert.deepEqual(readOutcome(REPORT, BAD), { passed: 2, failed: 1, failures: [FAILURE], skipped: ["b <c>"] });
});

Deno.test("of a test with steps, the innermost failed step says why", () => {
  const failed = (name: string, message: string) =>
    `<testcase name="${name}" classname="./a_test.ts"><failure message="${message}">${message}.</failure></testcase>`;
  const told = "1 test step failed";
  const report = [failed("a", told), failed("a &gt; b", told), failed("a &gt; b &gt; c", "too late")].join("");
  assert.deepEqual(readOutcome(report, BAD).failures, ["./a_test.ts: a > b > c: too late"]);
});

Deno.test("files that did not load are in the last line only", () => {
  const outcome = readOutcome(REPORT, { success: false, failed: 3 });
  assert.deepEqual(outcome, { passed: 2, failed: 3, failures: [FAILURE], skipped: ["b <c>"] });
  assert.deepEqual(endLines(outcome), [
    "skipped: b <c>",
    `failed: ${FAILURE}`,
    "failed: 2 more, which no report names",
    "2 passed, 3 failed, 1 skipped",
  ]);
});

Deno.test("a run that failed without a failed case, or without a report, counts as one failure", () => {
  assert.equal(readOutcome('<testcase name="a" classname="b"></testcase>', BAD).failed, 1);
  assert.deepEqual(readOutcome(undefined, BAD), { passed: 0, failed: 1, failures: [], skipped: [] });
  assert.deepEqual(readOutcome(undefined, { success: true, failed: undefined }), NOTHING);
});

Deno.test("the summary names the skipped ones only when there are any", () => {
  assert.equal(summaryLine({ passed: 3, failed: 0, failures: [], skipped: [] }), "3 passed, 0 failed");
  assert.equal(summaryLine({ passed: 3, failed: 2, failures: [], skipped: ["x"] }), "3 passed, 2 failed, 1 skipped");
});

Deno.test("sums add up, and nothing that ran is no success", () => {
  const one = { passed: 1, failed: 0, failures: ["b"], skipped: ["a"] };
  const two = { passed: 2, failed: 0, failures: ["b", "b"], skipped: ["a", "a"] };
  assert.deepEqual(add(one, one), { ...two, took: [] });
  const timed = add({ ...one, took: ["unit 1.0 s"] }, { ...one, took: ["e2e 2.5 s"] });
  assert.deepEqual(timed, { ...two, took: ["unit 1.0 s", "e2e 2.5 s"] });
  assert.equal(endLines(timed)[0], "took: unit 1.0 s, e2e 2.5 s");
  assert.deepEqual([one, NOTHING, { ...one, failed: 1 }].map(succeeded), [true, false, false]);
});

Deno.test("the unit suite runs without a permission", () => {
  const unit = SUITES.find(({ name }) => name === "unit");
  assert.deepEqual(unit?.flags.filter((flag) => flag.startsWith("--allow") || flag === "-A"), []);
});

Deno.test("suites are chosen by name, and an unknown one is an error that lists them", () => {
  assert.equal(chooseSuites([]).length, SUITES.length);
  assert.deepEqual(chooseSuites(["fault", "unit"]).map(({ name }) => name), ["unit", "fault"]);
  assert.throws(() => chooseSuites(["e2"]), /no suite "e2"; there are: unit, scripts, conformance, e2e, fault/);
});
