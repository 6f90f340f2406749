import { equal, throws } from "node:assert/strict";
import { choose } from "../../../../src/cli/args/choice.ts";

const FLAG = { kind: "choice", choices: ["merge", "Replace"], synonyms: { join: "merge" }, summary: "" } as const;
const where = "--update";

Deno.test("choice: a choice in any case, and its synonyms", () => {
  equal(choose(FLAG, { where, value: "merge" }), "merge");
  equal(choose(FLAG, { where, value: "REPLACE" }), "Replace");
  equal(choose(FLAG, { where, value: "Join" }), "merge");
});

Deno.test("choice: another word is refused with the list, and the nearest as a hint", () => {
  throws(() => choose(FLAG, { where, value: "merg" }), {
    message: 'Cannot parse --update: "merg" is not one of merge, Replace',
    hint: "Did you mean merge?",
  });
  throws(() => choose(FLAG, { where, value: "toString" }), { hint: "Use one of: merge, Replace" });
});
