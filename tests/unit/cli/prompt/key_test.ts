import { deepEqual, equal } from "node:assert/strict";
import { edited, keyOf } from "../../../../src/cli/prompt/key.ts";

Deno.test("key: arrows in both of a terminal's modes, and what shells have for them", () => {
  const kinds = (...keys: string[]) => keys.map((key) => keyOf(key).kind);
  deepEqual(kinds("\x1b[A", "\x1bOA", "\x10"), ["up", "up", "up"]);
  deepEqual(kinds("\x1b[B", "\x1bOB", "\x0e"), ["down", "down", "down"]);
  deepEqual(kinds("\r", "\n", "\x1b", "\x03", "\x04"), ["enter", "enter", "none", "interrupt", "end"]);
  deepEqual(kinds("\x7f", "\b", "\x17", "\x15"), ["erase", "erase", "erase-word", "erase-all"]);
});

Deno.test("key: text is text, keys of no use here are nothing, the end of stdin is an end", () => {
  deepEqual(["a", "é", "管", " "].map(keyOf), ["a", "é", "管", " "].map((text) => ({ kind: "text", text })));
  deepEqual(["\x1b[15~", "\x01", "\x9b", "\x1bx"].map(keyOf), Array(4).fill({ kind: "nothing" }));
  deepEqual(keyOf(undefined), { kind: "end" });
});

Deno.test("edited: text is added, and erased by what a person sees as one character, by words, at once", () => {
  equal(edited("ab", { kind: "text", text: "c" }), "abc");
  equal(edited("ab", { kind: "erase" }), "a");
  equal(edited("e\u0301", { kind: "erase" }), "");
  equal(edited("x👩🏽", { kind: "erase" }), "x");
  equal(edited("", { kind: "erase" }), "");
  equal(edited("one two  ", { kind: "erase-word" }), "one ");
  equal(edited("one two", { kind: "erase-all" }), "");
  equal(edited("one", { kind: "up" }), "one");
});
