import { deepEqual, equal, throws } from "node:assert/strict";
import { JsonError } from "../../../../src/formats/text/source_error.ts";
import { findMember, jsonTree } from "../../../../src/formats/json/tree.ts";

Deno.test("values have the places that they have in the text", () => {
  const source = ' {"a" : [1, {"b": "\\u00e9"}],\n"c":-1.5e+3}\n';
  const root = jsonTree(source);
  const c = findMember(root, "c")!;
  deepEqual([root.start, root.end], [1, source.length - 1]);
  equal(source.slice(c.name.start, c.value.end), '"c":-1.5e+3');
  deepEqual(c.value, { kind: "scalar", value: -1500, start: c.value.start, end: c.value.end });
  equal(findMember(root, "a")!.value.kind, "array");
  equal(findMember(undefined, "a"), undefined);
});

const REFUSED: readonly (readonly [text: string, message: RegExp, line: number, column: number])[] = [
  ["", /end of the text where a value/, 1, 1],
  ["{", /end of the text where a key/, 1, 2],
  ['{\n  "a": 1,\n}', /found "}" where a key/, 3, 1],
  ['{"a" 1}', /found "1" where ":"/, 1, 6],
  ['{"a": 1 "b": 2}', /found "\\"" where "," or "}"/, 1, 9],
  ["[1,]", /found "]" where a value/, 1, 4],
  ["[1 2]", /where "," or "]"/, 1, 4],
  ["{} {}", /after the end of the value/, 1, 4],
  ["// docker\n{}", /a comment, which JSON does not have/, 1, 1],
  ["{} /* x */", /a comment/, 1, 4],
  ["\uFEFF{}", /byte order mark/, 1, 1],
  ['{"a": 1,\n "b": 2, "a": 3}', /the key "a" a second time/, 2, 10],
  ['{"a": 1, "\\u0061": 3}', /the key "a" a second time/, 1, 10],
  ["{a: 1}", /found "a" where a key in double quotes/, 1, 2],
  ["{'a': 1}", /found "'" where a key/, 1, 2],
  ['{"a": "x\ny"}', /found "\\"" where a value/, 1, 7],
  ['{"a": "\\x41"}', /where a value/, 1, 7],
  ["[01]", /found "1" where/, 1, 3],
  ["[1.]", /found "\." where/, 1, 3],
  ["[+1]", /found "\+" where a value/, 1, 2],
  ["[NaN]", /found "N" where a value/, 1, 2],
  ["[truex]", /found "t" where a value/, 1, 2],
  [`${"[".repeat(300)}${"]".repeat(300)}`, /more than 200 nested values/, 1, 202],
];

for (const [text, message, line, column] of REFUSED) {
  Deno.test(`refused: ${JSON.stringify(text.slice(0, 30))}`, () => {
    throws(() => jsonTree(text), (error) => {
      equal(error instanceof JsonError && message.test(error.message), true, String(error));
      deepEqual([(error as JsonError).line, (error as JsonError).column], [line, column]);
      return true;
    });
  });
}
