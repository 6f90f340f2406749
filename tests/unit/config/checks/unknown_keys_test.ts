import { deepEqual } from "node:assert/strict";
import { unknownKeys } from "../../../../src/config/checks/unknown_keys.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

function told(text: string): readonly string[] {
  return unknownKeys(locatedFrom(text)).map(({ severity, place: { line, column }, path, message }) =>
    `${severity} ${line}:${column} ${path}: ${message}`
  );
}

Deno.test("unknown keys: those that are nearly known are told with what was meant", () => {
  deepEqual(told("auht: {}\nbasepath: x\nstaks: {}\nprofiles: {defualt: x, base_path: y}\n"), [
    'warning 1:1 auht: unknown key; did you mean "auth"?',
    'warning 2:1 basepath: unknown key; did you mean "base_path"?',
    'warning 3:1 staks: unknown key; did you mean "stacks"?',
    'warning 4:12 profiles.defualt: unknown key; did you mean "default"?',
  ]);
});

Deno.test("unknown keys: known ones in any case, other programs' and people's own are let be", () => {
  const known = "auth: 1\nAUTH: 1\nimport: 1\nci: 1\nexperimental: 1\nProfiles: {default: x}\n";
  deepEqual(told(`${known}company_policy: 1\nx-auth: 1\n_auth: 1\n.auth: 1\ntemp: 1\ncd: 1\n`), []);
});
