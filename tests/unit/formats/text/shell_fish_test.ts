import { equal } from "node:assert/strict";
import { quoteFish } from "../../../../src/formats/text/shell_quote.ts";

const cases: readonly (readonly [string, string])[] = [
  ["", "''"],
  ["a$b\n", "'a$b\n'"],
  ["it's", "'it\\'s'"],
  ["a\\", "'a\\\\'"],
];

for (const [text, word] of cases) Deno.test(`quoteFish: ${JSON.stringify(text)}`, () => equal(quoteFish(text), word));
