import { deepEqual, equal } from "node:assert/strict";
import { editLine, parseKey } from "../../../../src/cli/prompt/key.ts";

Deno.test("key: arrows in both of a terminal's modes, and what shells have for them", () => {
  const kinds = (...keys: string[]) => keys.map((key) => parseKey(key).kind);
  deepEqual(kinds("\x1b[A", "\x1bOA", "\x10"), ["up", "up", "up"]);
  deepEqual(kinds("\x1b[B", "\x1bOB", "\x0e"), ["down", "down", "down"]);
  deepEqual(kinds("\r", "\n", "\x1b", "\x03", "\x04"), ["enter", "enter", "none", "interrupt", "end"]);
  deepEqual(kinds("\x7f", "\b", "\x17", "\x15"), ["erase", "erase", "erase-word", "erase-all"]);
});

Deno.test("key: text is text, keys of no use here are nothing, the end of stdin is an end", () => {
  deepEqual(["a", "é", "管", " "].map(parseKey), ["a", "é", "管", " "].map((text) => ({ kind: "text", text })));
  deepEqual(["\x1b[15~", "\x01", "\x9b", "\x1bx"].map(parseKey), Array(4).fill({ kind: "nothing" }));
  deepEqual(parseKey(undefined), { kind: "end" });
});

Deno.test("edited: text is added, and erased by what a person sees as one character, by words, at once", () => {
  equal(editLine("ab", { kind: "text", text: "c" }), "abc");
  equal(editLine("ab", { kind: "erase" }), "a");
  equal(editLine("e\u0301", { kind: "erase" }), "");
  equal(editLine("x👩🏽", { kind: "erase" }), "x");
  equal(editLine("", { kind: "erase" }), "");
  equal(editLine("one two  ", { kind: "erase-word" }), "one ");
  equal(editLine("one two", { kind: "erase-all" }), "");
  equal(editLine("one", { kind: "up" }), "one");
});
