import { deepEqual } from "node:assert/strict";
import { readBashLine } from "../../../../src/cli/completion/bash_line.ts";

// The line up to the cursor and the text that bash 5.2 hands over as $2, as seen in an interactive bash.
const CASES: readonly (readonly [line: string, text: string, before: string[], current: string, kept: string])[] = [
  ["atmos ", "", [], "", ""],
  ["atmos aws e", "e", ["aws"], "e", ""],
  ["atmos aws  eks ", "", ["aws", "eks"], "", ""],
  ["atmos -i my\\ na", "my\\ na", ["-i"], "my na", ""],
  ["atmos -i dev:ek", "ek", ["-i"], "dev:ek", "dev:"],
  ["atmos -i dev\\:ek", "dev\\:ek", ["-i"], "dev:ek", ""],
  ["atmos -i me@co", "@co", ["-i"], "me@co", "me"],
  ["atmos --mode=a", "a", [], "--mode=a", "--mode="],
  ['atmos -i "my "na', '"my "na', ["-i"], "my na", ""],
  ["atmos -C 'a b' x", "x", ["-C", "a b"], "x", ""],
  ['atmos -C "a\\"b\\x" x', "x", ["-C", 'a"b\\x'], "x", ""],
  ["X=1 atmos aws ", "", ["aws"], "", ""],
  ["atmos 2>err aws > out e", "e", ["aws"], "e", ""],
  ["atmos -C $HOME/x ", "", ["-C", "$HOME/x"], "", ""],
];

for (const [line, text, before, current, kept] of CASES) {
  Deno.test(`bash line: ${line}|`, () => {
    deepEqual(readBashLine(line, text), { typing: { before, current }, kept, quote: "" });
  });
}

Deno.test("bash line: a quote that is open", () => {
  deepEqual(readBashLine('atmos -i "my na', "my na"), {
    typing: { before: ["-i"], current: "my na" },
    kept: "",
    quote: '"',
  });
  deepEqual(readBashLine("atmos --x='it", "it"), {
    typing: { before: [], current: "--x=it" },
    kept: "--x=",
    quote: "'",
  });
});

Deno.test("bash line: what bash will make something else of is not kept as it is", () => {
  deepEqual(readBashLine("atmos -i $(tou", "tou").kept, undefined);
  deepEqual(readBashLine("atmos -i `tou", "tou").kept, undefined);
  deepEqual(readBashLine("atmos -i $A:de", "de").kept, undefined);
  deepEqual(readBashLine("atmos -i '$A:de", "$A:de").kept, "");
  deepEqual(readBashLine("atmos -i $A", "$A").kept, "");
});
