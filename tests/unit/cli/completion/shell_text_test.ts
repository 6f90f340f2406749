import { equal } from "node:assert/strict";
import { readBashLine } from "../../../../src/cli/completion/cursor.ts";
import { bashText, plainText, powershellText } from "../../../../src/cli/completion/shell_text.ts";
import { words } from "../../../../src/cli/completion/offers.ts";

interface Case {
  readonly line: string;
  readonly text: string;
  readonly values: readonly string[];
  readonly listing?: boolean;
  readonly columns?: number;
}

function reply({ line, text, values, listing = false, columns = 80 }: Case): string {
  const offer = words(values.map((value) => ({ value, about: "about it" })));
  return bashText(offer, { line: readBashLine(line, text), listing, columns });
}

Deno.test("bash text: only what begins with what is typed; in upper or lower case when nothing else does", () => {
  equal(reply({ line: "atmos d", text: "d", values: ["dev", "prod", "Dx"] }), "words\ndev\n");
  equal(reply({ line: "atmos DE", text: "DE", values: ["dev", "prod"] }), "words\ndev\n");
  equal(reply({ line: "atmos x", text: "x", values: ["dev"] }), "words\n");
});

Deno.test("bash text: without what bash leaves in the line", () => {
  equal(reply({ line: "atmos -i dev:o", text: "o", values: ["dev:ops"] }), "words\nops\n");
  equal(reply({ line: "atmos --m=f", text: "f", values: ["--m=fast"] }), "words\nfast\n");
  equal(reply({ line: "atmos -i me@c", text: "@c", values: ["me@corp"] }), "words\n@corp\n");
});

Deno.test("bash text: a name is never more than a name, whatever it holds", () => {
  const values = ["$(touch x)", "`x`", "a b", "it's", 'so"', "a;b", "~x", "#x", "été"];
  const expected = "words\n\\$\\(touch\\ x\\)\n\\`x\\`\na\\ b\nit\\'s\nso\\\"\na\\;b\n\\~x\n\\#x\nété\n";
  equal(reply({ line: "atmos ", text: "", values }), expected);
  equal(reply({ line: "atmos $(to", text: "to", values }), "words\n");
});

Deno.test("bash text: inside of an open quote by that quote's rules", () => {
  equal(reply({ line: 'atmos "', text: "", values: ['a "$b" \\c d'] }), 'words\na \\"\\$b\\" \\\\c d\n');
  equal(reply({ line: "atmos '", text: "", values: ["it's $x"] }), "words\nit'\\''s $x\n");
});

Deno.test("bash text: an answer that ends with the open quote is closed, since bash would not close it", () => {
  equal(reply({ line: 'atmos "', text: "", values: ['so"'] }), 'words\nso\\""\n');
  equal(reply({ line: "atmos '", text: "", values: ["so'"] }), "words\nso'\\'''\n");
});

Deno.test("bash text: a list says what each is about; what goes into the line does not", () => {
  const values = ["dev", "dev-x"];
  equal(reply({ line: "atmos d", text: "d", values }), "words\ndev\ndev-x\n");
  const list = "words\ndev    (about it)\ndev-x  (about it)\n";
  equal(reply({ line: "atmos d", text: "d", values, listing: true }), list);
  equal(reply({ line: "atmos dev-", text: "dev-", values, listing: true }), "words\ndev-x\n");
  equal(reply({ line: 'atmos "d', text: "d", values, listing: true }), "words\ndev\ndev-x\n");
});

Deno.test("bash text: a list fits on the terminal, the names stay whole", () => {
  const values = ["dev", "development"];
  const list = reply({ line: "atmos d", text: "d", values, listing: true, columns: 20 });
  equal(list, "words\ndev          (a...)\ndevelopment  (a...)\n");
  const narrow = reply({ line: "atmos d", text: "d", values, listing: true, columns: 5 });
  equal(narrow, "words\ndev...)\ndevelopment...)\n");
});

Deno.test("bash text: paths and other programs are named", () => {
  const line = readBashLine("atmos ", "");
  equal(bashText({ kind: "files" }, { line, listing: false, columns: 80 }), "files\n");
});

Deno.test("plain text: every word with what it is about", () => {
  equal(plainText(words([{ value: "a b", about: "x" }, { value: "c", about: "" }])), "words\na b\tx\nc\t\n");
  equal(plainText({ kind: "command" }), "command\n");
});

function text(typed: string, ...values: readonly string[]): string {
  return powershellText(words(values.map((value) => ({ value, about: "" }))), typed);
}

Deno.test("powershell text: what fits, with a label and what it is about", () => {
  const offer = words([{ value: "dev", about: "aws/user" }, { value: "prod", about: "x" }]);
  equal(powershellText(offer, "d"), "words\ndev\tdev\taws/user\n");
  equal(text("", "dev/eks"), "words\ndev/eks\tdev/eks\tdev/eks\n");
});

Deno.test("powershell text: names that PowerShell would read as more are quoted", () => {
  equal(text("", "my name"), "words\n'my name'\tmy name\tmy name\n");
  equal(text("", "it's"), "words\n'it''s'\tit's\tit's\n");
  equal(text("", "a\u2019b"), "words\n'a\u2019\u2019b'\ta\u2019b\ta\u2019b\n");
  equal(text("", "$(x)", "a,b", "@x").match(/^'.*?'/gm)?.join(" "), "'$(x)' 'a,b' '@x'");
});

Deno.test("powershell text: paths are named", () => {
  equal(powershellText({ kind: "directories" }, ""), "directories\n");
});
