import { deepEqual } from "node:assert/strict";
import { formatCommaItem, parseCommaList } from "../../../../src/formats/text/comma_list.ts";

const LISTS: readonly (readonly [string, readonly string[]])[] = [
  ["", []],
  ["a", ["a"]],
  ["a,b", ["a", "b"]],
  [",a,,b,", ["a", "b"]],
  ['"a,b"', ["a,b"]],
  ['"a,b",c', ["a,b", "c"]],
  ['c,"a,b"', ["c", "a,b"]],
  ['"say ""hi"", twice"', ['say "hi", twice']],
  ['""', []],
  ['a"b,c"', ['a"b', 'c"']],
  ['"a"b,c', ['"a"b', "c"]],
  ['"open,b', ['"open', "b"]],
  ["a b, c", ["a b", " c"]],
];
for (const [text, items] of LISTS) {
  Deno.test(`a list with commas: ${text}`, () => deepEqual(parseCommaList(text), items));
}

Deno.test("a list with commas: every item is read as it was written, alone and between others", () => {
  const letters = [",", '"', "a", " ", "/"];
  const words = letters.flatMap((one) => letters.flatMap((two) => letters.map((three) => `${one}${two}${three}`)));
  for (const word of [...letters, ...words]) {
    deepEqual(parseCommaList(formatCommaItem(word)), [word]);
    deepEqual(parseCommaList(["x", word, "y"].map(formatCommaItem).join(",")), ["x", word, "y"]);
  }
});
