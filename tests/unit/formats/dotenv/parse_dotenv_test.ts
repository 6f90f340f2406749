import { deepEqual, throws } from "node:assert/strict";
import { parseDotenv } from "../../../../src/formats/dotenv/parse_dotenv.ts";
import { DotenvError } from "../../../../src/formats/text/source_error.ts";

const read = (text: string) => Object.fromEntries(parseDotenv(text).map(({ name, value }) => [name, value]));

Deno.test("a file of variables: quotes, comments, export, what was set before", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["", {}],
    ["# none\n\n  # here\n", {}],
    ["A=1\nexport B=two words # end\nC: d\n", { A: "1", B: "two words", C: "d" }],
    ["A=\nB=#x\nC=x#y\nD = x \n", { A: "", B: "", C: "x#y", D: "x" }],
    ["A='$B \\n #' # end\n", { A: "$B \\n #" }],
    ['A="a\\nb \\"c\\" \\$d # e"\n', { A: 'a\nb "c" $d # e' }],
    ['A="one\ntwo"\nB=3', { A: "one\ntwo", B: "3" }],
    ["A=1\nB=$A-${A}x$NONE\nC=\\$A\n", { A: "1", B: "1-1x", C: "$A" }],
    ["A=1\nA=2\n", { A: "2" }],
    ["\uFEFFA=1\r\nB=it's\r\n", { A: "1", B: "it's" }],
    ["URL=postgres://u:p@h/db?x=y\n", { URL: "postgres://u:p@h/db?x=y" }],
  ];
  for (const [text, values] of cases) deepEqual(read(text), values, text);
});

Deno.test("a file of variables: what is no variable is refused at its line", () => {
  for (const text of ["A=1\nfoo\n", "A=1\n=x\n", 'A=1\nB="x\n', "A=1\nB='x' y\n", "A=1\n1B=x\n"]) {
    throws(() => parseDotenv(text), (error) => error instanceof DotenvError && error.line === 2, text);
  }
});
