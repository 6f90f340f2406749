import { equal } from "node:assert/strict";
import { edited } from "../../../../src/cli/prompt/edited.ts";

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
