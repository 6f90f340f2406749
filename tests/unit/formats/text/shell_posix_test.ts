import { equal } from "node:assert/strict";
import { quotePosix } from "../../../../src/formats/text/shell_posix.ts";

const cases: readonly (readonly [string, string])[] = [
  ["us-east-1", "us-east-1"],
  ["/a/b:c,d@e%f+g.h_", "/a/b:c,d@e%f+g.h_"],
  ["", "''"],
  ["=ls", "'=ls'"],
  ["~", "'~'"],
  ["a b", "'a b'"],
  ["it's", `'it'"'"'s'`],
  ["$(x) `y` !z\n", "'$(x) `y` !z\n'"],
  ["é", "'é'"],
];

for (const [text, word] of cases) {
  Deno.test(`quotePosix: ${JSON.stringify(text)}`, () => equal(quotePosix(text), word));
}
