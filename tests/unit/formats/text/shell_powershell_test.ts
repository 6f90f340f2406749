import { equal, match } from "node:assert/strict";
import { quotePowershell } from "../../../../src/formats/text/shell_quote.ts";
import { RandomSource } from "../../../support/random/source.ts";

const cases: readonly (readonly [string, string])[] = [
  ["", "''"],
  ["C:\\a b", "'C:\\a b'"],
  ["it's", '"it\'s"'],
  ['$x `y "z', '"`$x ``y `"z"'],
  ["a\r\n", '"a$([char]0xd)$([char]0xa)"'],
  ["\u2018\u201d", '"$([char]0x2018)$([char]0x201d)"'],
  ["😀", '"$([char]0xd83d)$([char]0xde00)"'],
];

for (const [text, word] of cases) {
  Deno.test(`quotePowershell: ${JSON.stringify(text)}`, () => equal(quotePowershell(text), word));
}

/** What PowerShell's documentation says that the two kinds of string mean. */
function meaning(word: string): string {
  const inner = word.slice(1, -1);
  if (word.startsWith("'")) return inner.replaceAll("''", "'");
  return inner.replaceAll(
    /`(.)|\$\(\[char\]0x([0-9a-f]+)\)/g,
    (_, escaped, code) => escaped ?? String.fromCharCode(parseInt(code, 16)),
  );
}

Deno.test("quotePowershell: any text on one line of ASCII, and back", () => {
  const random = new RandomSource(7);
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random.below(12) }, () => random.pick([..."'\"`$()[]a \n\r\t\u2019é😀-!"])).join(
      "",
    );
    const word = quotePowershell(text);
    match(word, /^[ -~]*$/);
    equal(meaning(word), text);
  }
});
