import { deepEqual } from "node:assert/strict";
import { filtered } from "../../../../src/cli/prompt/picker_state.ts";

const among = [
  { name: "prod-dev", note: "aws/permission-set" },
  { name: "Dev-admin", note: "aws/permission-set" },
  { name: "dev", note: "aws/assume-role" },
  { name: "Größe", note: "aws/user" },
];

function names(typed: string) {
  return filtered(among, typed).map(({ name }) => name);
}

Deno.test("filtered: the very name first, then those that begin so, then the others, in any case", () => {
  deepEqual(names("DEV"), ["dev", "Dev-admin", "prod-dev"]);
  deepEqual(names("  dev "), ["dev", "Dev-admin", "prod-dev"]);
  deepEqual(names("GRO\u0308SSE".replace("SS", "ß")), ["Größe"]);
});

Deno.test("filtered: every word must be there, in the name or in what it is", () => {
  deepEqual(names("permission admin"), ["Dev-admin"]);
  deepEqual(names("set"), ["prod-dev", "Dev-admin"]);
  deepEqual(names("admin dev"), ["Dev-admin"]);
  deepEqual(names("dev nothing"), []);
});

Deno.test("filtered: nothing typed leaves all as they are", () => {
  deepEqual(names(" "), among.map(({ name }) => name));
});
