import { equal } from "node:assert/strict";
import { quotePosix, quotePosixVisibly } from "../../../../src/formats/text/shell_posix.ts";

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

const visible: readonly (readonly [string, string])[] = [
  ["us-east-1", "us-east-1"],
  ["=ls", "'=ls'"],
  ["it's", `'it'"'"'s'`],
  ["é 管", "'é 管'"],
  ["a\nb", "$'a\\012b'"],
  ["\x1b[2J", "$'\\033[2J'"],
  ["\n7", "$'\\0127'"],
  ["it's\t\\", "$'it\\'s\\011\\\\'"],
  ["$(x) `y` !z\r", "$'$(x) `y` !z\\015'"],
  ["\x7f", "$'\\177'"],
  ["\x85", "$'\\302\\205'"],
  ["\u2028", "$'\\342\\200\\250'"],
  ["a\u202eb", "$'a\\342\\200\\256b'"],
  ["💥\n", "$'💥\\012'"],
];

for (const [text, word] of visible) {
  Deno.test(`quotePosixVisibly: ${JSON.stringify(text)}`, () => equal(quotePosixVisibly(text), word));
}
