import assert from "node:assert/strict";
import { suiteArguments, suiteEnv, type SuiteRun } from "../../../scripts/test/run_suite.ts";
import { type Suite, SUITES } from "../../../scripts/test/suites.ts";

const BUNDLE = "/tmp/bundle/main.js";

function runOf(name: string, more: Partial<SuiteRun> = {}): SuiteRun {
  const suite = SUITES.find((suite) => suite.name === name) as Suite;
  return { suite, env: { ATMOS_TEST_BUNDLE: BUNDLE }, coverage: "/tmp/cov", report: "/tmp/report.xml", ...more };
}

function measures(run: SuiteRun): boolean {
  return suiteArguments(run).some((word) => word.startsWith("--coverage"));
}

Deno.test("coverage is measured in a run of everything alone, and by the suites that add to it", () => {
  for (const name of ["unit", "scripts", "conformance", "e2e"]) {
    assert.equal(measures(runOf(name)), true, name);
    assert.equal(measures(runOf(name, { coverage: undefined })), false, name);
  }
  assert.equal(measures(runOf("fault")), false);
});

Deno.test("processes run from the sources where coverage is measured, else from the bundle", () => {
  assert.equal(suiteEnv(runOf("e2e"))["ATMOS_TEST_BIN"], undefined);
  assert.equal(suiteEnv(runOf("e2e", { coverage: undefined }))["ATMOS_TEST_BIN"], BUNDLE);
  assert.equal(suiteEnv(runOf("fault"))["ATMOS_TEST_BIN"], BUNDLE);
});

Deno.test("what the user has set wins, and what a suite needs wins over that", () => {
  const env = { ATMOS_TEST_BUNDLE: BUNDLE, ATMOS_TEST_BIN: "/opt/atmos", DENO_JOBS: "9" };
  const set = suiteEnv(runOf("fault", { env }));
  assert.deepEqual([set["ATMOS_TEST_BIN"], set["DENO_JOBS"]], ["/opt/atmos", "9"]);
  const suite: Suite = { ...runOf("e2e").suite, processes: "not measured", env: { ATMOS_TEST_BIN: "dist/test/atmos" } };
  assert.equal(suiteEnv(runOf("e2e", { suite, env }))["ATMOS_TEST_BIN"], "dist/test/atmos");
});

Deno.test("test files run at once, as many for each core as the suite says", () => {
  assert.equal(suiteEnv(runOf("unit"))["DENO_JOBS"], String(navigator.hardwareConcurrency));
  assert.equal(suiteEnv(runOf("e2e"))["DENO_JOBS"], String(2 * navigator.hardwareConcurrency));
  assert.ok(suiteArguments(runOf("unit")).includes("--parallel"));
  assert.ok(!suiteArguments(runOf("scripts")).includes("--parallel"));
});
