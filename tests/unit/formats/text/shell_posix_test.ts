import { equal } from "node:assert/strict";
import { quotePosix, quotePosixVisibly } from "../../../../src/formats/text/shell_quote.ts";

/** Texts, their words, and what is shown on one line where that differs. */
const cases: readonly (readonly [text: string, word: string, visible?: string])[] = [
  ["us-east-1", "us-east-1"],
  ["/a/b:c,d@e%f+g.h_", "/a/b:c,d@e%f+g.h_"],
  ["", "''"],
  ["=ls", "'=ls'"],
  ["~", "'~'"],
  ["a b", "'a b'"],
  ["it's", `'it'"'"'s'`],
  ["$(x) `y` !z\n", "'$(x) `y` !z\n'", "$'$(x) `y` !z\\012'"],
  ["é", "'é'"],
  ["\x1b[2J", "'\x1b[2J'", "$'\\033[2J'"],
  ["\n7", "'\n7'", "$'\\0127'"],
  ["it's\t\\", `'it'"'"'s\t'"\\\\"''`, "$'it\\'s\\011\\\\'"],
  ["C:\\a b", "'C:\\a b'"],
  ["a\\'b", `'a'"\\\\"''"'"'b'`],
  ["a’b", `'a'"’"'b'`],
  ["\x7f", "'\x7f'", "$'\\177'"],
  ["\x85", "'\x85'", "$'\\302\\205'"],
  ["\u2028", "'\u2028'", "$'\\342\\200\\250'"],
  ["a\u202eb", "'a\u202eb'", "$'a\\342\\200\\256b'"],
  ["💥\n", "'💥\n'", "$'💥\\012'"],
];

for (const [text, word, visible = word] of cases) {
  Deno.test(`quotePosix: ${JSON.stringify(text)}`, () => {
    equal(quotePosix(text), word);
    equal(quotePosixVisibly(text), visible);
  });
}
