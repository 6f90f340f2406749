import { deepEqual, equal, throws } from "node:assert/strict";
import type { Flags } from "../../../../src/cli/args/flag.ts";
import { choose, completeValues, truth } from "../../../../src/cli/args/flag_values.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const flags = {
  name: { kind: "string", placeholder: "n", summary: "", env: ["A_NAME", "NAME"] },
  config: { kind: "string", placeholder: "f", summary: "", repeat: true, env: ["CONFIG"] },
  level: { kind: "choice", choices: ["info", "warn"], default: "info", summary: "", env: ["LEVEL"] },
  color: { kind: "switch", summary: "", env: ["COLOR"] },
} as const satisfies Flags;

function complete(typed: Record<string, string | boolean | string[]>, env: Record<string, string> = {}) {
  return completeValues(fakeHost({ env }), { flags, typed });
}

Deno.test("flag values: without anything, the values of absent flags", () => {
  deepEqual(complete({}), { name: undefined, config: [], level: "info", color: false });
});

Deno.test("flag values: the environment, the first variable that is set", () => {
  const env = { NAME: "second", A_NAME: "", CONFIG: "a,b", LEVEL: "WARN", COLOR: "1" };
  deepEqual(complete({}, env), { name: "second", config: ["a", "b"], level: "warn", color: true });
  deepEqual(complete({}, { ...env, A_NAME: "first" })["name"], "first");
});

Deno.test("flag values: what was typed wins, also an empty value and false", () => {
  const typed = { name: "", config: ["c"], level: "info", color: false };
  deepEqual(complete(typed, { NAME: "n", CONFIG: "a", LEVEL: "warn", COLOR: "true" }), typed);
});

Deno.test("flag values: a variable that cannot be read is named", () => {
  throws(() => complete({}, { LEVEL: "loud" }), { message: 'Cannot parse LEVEL: "loud" is not one of info, warn' });
  throws(() => complete({}, { COLOR: "blue" }), { message: 'Cannot parse COLOR: "blue" is neither true nor false' });
});

const UPDATE = { kind: "choice", choices: ["merge", "Replace"], synonyms: { join: "merge" }, summary: "" } as const;
const where = "--update";

Deno.test("choice: a choice in any case, and its synonyms", () => {
  equal(choose(UPDATE, { where, value: "merge" }), "merge");
  equal(choose(UPDATE, { where, value: "REPLACE" }), "Replace");
  equal(choose(UPDATE, { where, value: "Join" }), "merge");
});

Deno.test("choice: another word is refused with the list, and the nearest as a hint", () => {
  throws(() => choose(UPDATE, { where, value: "merg" }), {
    message: 'Cannot parse --update: "merg" is not one of merge, Replace',
    hint: "Did you mean merge?",
  });
  throws(() => choose(UPDATE, { where, value: "toString" }), { hint: "Use one of: merge, Replace" });
});

Deno.test("truth: the words for yes and no", () => {
  for (const value of ["true", "1", "YES", "on"]) equal(truth({ where: "--x", value }), true);
  for (const value of ["false", "0", "No", "off"]) equal(truth({ where: "--x", value }), false);
});

Deno.test("truth: another word is refused", () => {
  throws(() => truth({ where: "--x", value: "perhaps" }), {
    message: 'Cannot parse --x: "perhaps" is neither true nor false',
    hint: "Use --x=true or --x=false",
  });
});
