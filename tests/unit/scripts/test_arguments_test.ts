import assert from "node:assert/strict";
import { readArguments } from "../../../scripts/test/arguments.ts";
import { SUITES } from "../../../scripts/test/suites.ts";

Deno.test("without names everything runs, and coverage counts; --long is no name", () => {
  assert.deepEqual(readArguments([]), { suites: SUITES, isComplete: true, isLong: false });
  assert.deepEqual(readArguments(["--long"]), { suites: SUITES, isComplete: true, isLong: true });
});

Deno.test("with names only those suites run", () => {
  const { suites, isComplete, isLong } = readArguments(["e2e", "--long", "unit"]);
  assert.deepEqual(suites.map(({ name }) => name), ["unit", "e2e"]);
  assert.deepEqual([isComplete, isLong], [false, true]);
});

Deno.test("an unknown suite or flag is an error that says what there is", () => {
  assert.throws(() => readArguments(["--fast"]), /unknown flag "--fast"; there is: --long/);
  assert.throws(() => readArguments(["units"]), /no suite "units"/);
});
