import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { remarks } from "../../../../src/auth/kinds/fields.ts";
import { checkShape, type Shaped } from "../../../../src/config/schema/check_shape.ts";
import { formatProblem } from "../../../../src/config/schema/entry.ts";
import type { Located } from "../../../../src/config/values/located.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

const INNER = v.object({ size: v.number(), tags: v.optional(v.array(v.string())) });
const SCHEMA = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z]+$/, "small letters"), v.description("what it is called")),
  mode: v.optional(v.pipe(v.union([v.string(), v.number()]), remarks({ readsText: true }))),
  code: v.optional(v.pipe(v.string(), v.regex(/^x/, "an x-code"), remarks({ secret: true }))),
  one: v.optional(v.union([v.string(), INNER], "a string or a mapping with size")),
  inner: v.optional(INNER),
});

function check(source: string): Shaped<v.InferOutput<typeof SCHEMA>> {
  const located = locatedFrom(source, "f");
  return checkShape(SCHEMA, { located, key: located.place, path: ["top"] });
}

function lines(source: string): readonly string[] {
  return check(source).problems.map((one) => `${one.severity} ${formatProblem(one)}`);
}

Deno.test("checkShape: a valid value comes through, numbers as written where the shape says so", () => {
  deepEqual(check("name: abc\nmode: 0600\n"), { value: { name: "abc", mode: "0600" }, problems: [] });
});

Deno.test("checkShape: what is missing points at the key above it, with what it is for", () => {
  deepEqual(lines("mode: 1\ninner:\n  tags: []\n"), [
    "error f:1:1: top.name: missing: what it is called",
    "error f:2:1: top.inner.size: missing: it is required",
  ]);
});

Deno.test("checkShape: a key without a value does not exist", () => {
  deepEqual(lines("name:\ninner:\n"), ["error f:1:1: top.name: missing: what it is called"]);
});

Deno.test("checkShape: wrong values point at themselves and are told", () => {
  deepEqual(lines('name: "A B"\ninner:\n  size: big\n  tags: [a, 2]\n'), [
    'error f:1:7: top.name: found "A B": must be small letters',
    'error f:3:9: top.inner.size: found "big": must be a number',
    "error f:4:13: top.inner.tags[1]: found the number 2: must be a string: put it in quotes",
  ]);
});

Deno.test("checkShape: a mapping among alternatives is judged as the mapping it is", () => {
  deepEqual(lines("name: a\none:\n  size: x\n  sise: 1\n"), [
    'error f:3:9: top.one.size: found "x": must be a number',
    'warning f:4:3: top.one.sise: unknown key; did you mean "size"?',
  ]);
  deepEqual(lines("name: a\none: [1]\n"), [
    "error f:2:1: top.one: found a list: must be a string or a mapping with size",
  ]);
});

Deno.test("checkShape: a list is no mapping, though an empty one has no wrong key", () => {
  deepEqual(lines("name: a\ninner: []\n"), [
    "error f:2:1: top.inner: found a list: must be a mapping with size or tags",
  ]);
});

Deno.test("checkShape: a secret is never told, nor text where a mapping belongs", () => {
  const all = [...lines("name: a\ncode: hunter2\n"), ...lines("name: a\ninner: hunter2\n")].join("\n");
  equal(all.includes("hunter2"), false);
  equal(all.includes("found a string: must be an x-code"), true);
});

Deno.test("checkShape: keys that objects have by nature are unknown keys like others", () => {
  deepEqual(lines("name: a\nconstructor: x\n"), [
    "warning f:2:1: top.constructor: unknown key: it has no effect; known keys are name, mode, code, one or inner",
  ]);
});

Deno.test("checkShape: control characters and long text cannot disturb a terminal", () => {
  const [line] = lines(`name: "\\e[2J${"x".repeat(500)}"\n`);
  equal(/\p{Cc}/u.test(line!), false);
  equal(line!.length < 150, true);
});

Deno.test("checkShape: what nobody reads is not walked through, however much of it there is", () => {
  const place = { file: "f", line: 1, column: 1 };
  let much: Located = { kind: "list", place, items: [] };
  for (let depth = 0; depth < 60; depth++) much = { kind: "list", place, items: [much, much] };
  const name: Located = { kind: "scalar", place, value: "abc", text: "abc" };
  const entries = new Map([["name", { key: place, value: name }], ["notes", { key: place, value: much }]]);
  const shaped = checkShape(SCHEMA, { located: { kind: "map", place, entries }, key: place, path: [] });
  deepEqual(shaped.value, { name: "abc" });
  equal(shaped.problems.length, 1);
});
