import { deepEqual, throws } from "node:assert/strict";
import type { Flags } from "../../../../src/cli/args/flag.ts";
import { completeValues } from "../../../../src/cli/args/flag_values.ts";
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
