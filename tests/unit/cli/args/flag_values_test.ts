import { deepEqual, equal, throws } from "node:assert/strict";
import type { Flags } from "../../../../src/cli/args/flag.ts";
import { completeValues, readBoolean, readValue, type Values } from "../../../../src/cli/args/flag_values.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const flags = {
  name: { kind: "string", placeholder: "n", summary: "", env: ["A_NAME", "NAME"] },
  config: { kind: "string", placeholder: "f", summary: "", repeat: true, env: ["CONFIG"] },
  level: { kind: "choice", choices: ["info", "warn"], default: "info", summary: "", env: ["LEVEL"] },
  color: { kind: "switch", summary: "", env: ["COLOR"] },
  parallel: { kind: "number", placeholder: "n", min: 1, max: 64, default: 8, summary: "", env: ["PARALLEL"] },
  "min-ttl": { kind: "duration", placeholder: "d", default: "15m", summary: "", env: ["MIN_TTL"] },
} as const satisfies Flags;

const USUAL = { parallel: 8, "min-ttl": { ms: 900_000, text: "15m" } };

function complete(typed: Values, env: Record<string, string> = {}) {
  return completeValues(fakeHost({ env }), { flags, typed });
}

Deno.test("flag values: without anything, the values of absent flags", () => {
  deepEqual(complete({}), { ...USUAL, name: undefined, config: [], level: "info", color: false });
});

Deno.test("flag values: the environment, the first variable that is set", () => {
  const env = { NAME: "second", A_NAME: "", CONFIG: "a,b", LEVEL: "WARN", COLOR: "1", PARALLEL: "64", MIN_TTL: "90" };
  const rest = { parallel: 64, "min-ttl": { ms: 90_000, text: "90" } };
  deepEqual(complete({}, env), { name: "second", config: ["a", "b"], level: "warn", color: true, ...rest });
  deepEqual(complete({}, { ...env, A_NAME: "first" })["name"], "first");
});

Deno.test("flag values: what was typed wins, also an empty value and false", () => {
  const typed = { name: "", config: ["c"], level: "info", color: false, parallel: 1, "min-ttl": { ms: 0, text: "0" } };
  deepEqual(
    complete(typed, { NAME: "n", CONFIG: "a", LEVEL: "warn", COLOR: "true", PARALLEL: "2", MIN_TTL: "3" }),
    typed,
  );
});

Deno.test("flag values: a variable that cannot be read is named", () => {
  throws(() => complete({}, { LEVEL: "loud" }), { message: 'Cannot parse LEVEL: "loud" is not one of info, warn' });
  throws(() => complete({}, { COLOR: "blue" }), { message: 'Cannot parse COLOR: "blue" is neither true nor false' });
});

const UPDATE = { kind: "choice", choices: ["merge", "Replace"], synonyms: { join: "merge" }, summary: "" } as const;
const where = "--update";

Deno.test("number: a whole number between its ends, both taken; anything else is refused", () => {
  const read = (value: string) => readValue(flags.parallel, { where: "--parallel", value });
  deepEqual(["1", "64", "007"].map(read), [1, 64, 7]);
  for (const value of ["0", "65", "-1", "1.5", "1e1", " 1", "", "many", "99999999999999999999"]) {
    throws(() => read(value), {
      code: "usage",
      message: `Cannot parse --parallel: "${value}" must be a number from 1 to 64`,
      hint: "Specify one: --parallel 8",
    });
  }
});

Deno.test("duration: milliseconds with the text as typed, or how one is written", () => {
  const read = (value: string) => readValue(flags["min-ttl"], { where: "--min-ttl", value });
  deepEqual(read("1h30m"), { ms: 5_400_000, text: "1h30m" });
  throws(() => read("soon"), {
    code: "usage",
    message: 'Cannot parse --min-ttl: "soon" must be a duration such as 1h30m, 15m, 500ms, 2d or 3600 (seconds)',
    hint: "Specify one: --min-ttl 30m",
  });
});

Deno.test("choice: a choice in any case, and its synonyms", () => {
  equal(readValue(UPDATE, { where, value: "merge" }), "merge");
  equal(readValue(UPDATE, { where, value: "REPLACE" }), "Replace");
  equal(readValue(UPDATE, { where, value: "Join" }), "merge");
});

Deno.test("choice: another word is refused with the list, and the nearest as a hint", () => {
  throws(() => readValue(UPDATE, { where, value: "merg" }), {
    message: 'Cannot parse --update: "merg" is not one of merge, Replace',
    hint: "Did you mean merge?",
  });
  throws(() => readValue(UPDATE, { where, value: "toString" }), { hint: "Use one of: merge, Replace" });
});

Deno.test("boolean: the words for yes and no", () => {
  for (const value of ["true", "1", "YES", "on"]) equal(readBoolean({ where: "--x", value }), true);
  for (const value of ["false", "0", "No", "off"]) equal(readBoolean({ where: "--x", value }), false);
});

Deno.test("boolean: another word is refused", () => {
  throws(() => readBoolean({ where: "--x", value: "perhaps" }), {
    message: 'Cannot parse --x: "perhaps" is neither true nor false',
    hint: "Use --x=true or --x=false",
  });
});
