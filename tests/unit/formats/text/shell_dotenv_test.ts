import { equal } from "node:assert/strict";
import { quoteDotenv } from "../../../../src/formats/text/shell_quote.ts";

const cases: readonly (readonly [string, string])[] = [
  ["us-east-1", "us-east-1"],
  ["", "''"],
  ["a b # c", "'a b # c'"],
  ['$HOME\n"x"', "'$HOME\n\"x\"'"],
  ["it's", '"it\'s"'],
  ["it's $5", `'it'"'"'s $5'`],
  ["C:\\a b\\", "'C:\\a b'\\\\"],
  ["a\\b", "'a\\b'"],
  ["a # b\\", "'a # b'\\\\"],
];

for (const [text, word] of cases) {
  Deno.test(`quoteDotenv: ${JSON.stringify(text)}`, () => equal(quoteDotenv(text), word));
}
