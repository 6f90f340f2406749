import { deepEqual, equal } from "node:assert/strict";
import type { Key } from "../../../../src/cli/prompt/key.ts";
import { applyKey, filterOptions, startPicking } from "../../../../src/cli/prompt/picker_state.ts";

const among = Array.from({ length: 25 }, (_, at) => ({ name: `a${at}`, note: "" }));

function after(...keys: readonly Key[]) {
  return keys.reduce((picking, key) => applyKey(picking, { key, page: 10 }), startPicking(among));
}

const key = (kind: Exclude<Key["kind"], "text">): Key => ({ kind });

Deno.test("picking: keys move the mark, round the ends by one and to them by pages", () => {
  const at = (...kinds: Exclude<Key["kind"], "text">[]) => after(...kinds.map(key)).at;
  deepEqual([at("down"), at("up"), at("up", "down"), at("down", "up")], [1, 24, 0, 0]);
  deepEqual([at("page-down"), at("page-down", "page-down", "page-down"), at("page-down", "page-up")], [10, 24, 0]);
  deepEqual([at("last"), at("last", "first"), at("down", "nothing")], [24, 0, 1]);
});

Deno.test("picking: typing filters and marks the first that fits; erasing brings the others back", () => {
  const typed = after(key("down"), { kind: "text", text: "2" });
  deepEqual(typed.fitting.map(({ name }) => name), ["a2", "a12", "a20", "a21", "a22", "a23", "a24"]);
  equal(typed.at, 0);
  equal(applyKey(typed, { key: key("erase"), page: 10 }).fitting.length, 25);
});

Deno.test("picking: nothing to move over is no error", () => {
  const none = after({ kind: "text", text: "zzz" }, key("up"), key("down"), key("last"), key("page-down"));
  deepEqual([none.fitting.length, none.at], [0, 0]);
});

const IDENTITIES = [
  { name: "prod-dev", note: "aws/permission-set" },
  { name: "Dev-admin", note: "aws/permission-set" },
  { name: "dev", note: "aws/assume-role" },
  { name: "Größe", note: "aws/user" },
];

function namesOf(typed: string) {
  return filterOptions(IDENTITIES, typed).map(({ name }) => name);
}

Deno.test("filtered: the very name first, then those that begin so, then the others, in any case", () => {
  deepEqual(namesOf("DEV"), ["dev", "Dev-admin", "prod-dev"]);
  deepEqual(namesOf("  dev "), ["dev", "Dev-admin", "prod-dev"]);
  deepEqual(namesOf("GRO\u0308SSE".replace("SS", "ß")), ["Größe"]);
});

Deno.test("filtered: every word must be there, in the name or in what it is", () => {
  deepEqual(namesOf("permission admin"), ["Dev-admin"]);
  deepEqual(namesOf("set"), ["prod-dev", "Dev-admin"]);
  deepEqual(namesOf("admin dev"), ["Dev-admin"]);
  deepEqual(namesOf("dev nothing"), []);
});

Deno.test("filtered: nothing typed leaves all as they are", () => {
  deepEqual(namesOf(" "), IDENTITIES.map(({ name }) => name));
});
