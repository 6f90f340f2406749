import { equal } from "node:assert/strict";
import { words } from "../../../../src/cli/completion/offer.ts";
import { powershellText } from "../../../../src/cli/completion/powershell_text.ts";

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
