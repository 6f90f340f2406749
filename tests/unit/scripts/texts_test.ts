import assert from "node:assert/strict";
import { checkTexts } from "../../../scripts/lint/texts.ts";
import { parseProgram, type Program } from "../../../scripts/lint/program.ts";
import { textLines } from "../../../scripts/texts.ts";
import { collectTexts } from "../../../scripts/texts/collect_texts.ts";

function programOf(text: string, path = "src/cli/login/a.ts"): Program {
  return parseProgram([{ path, text }]);
}

const SOURCE = `import { x } from "../with words/a.ts";
const flags = { name: { summary: "Name of it" }, "two words": 1 };
throw new AppError("usage", \`Cannot use "\${name}": it is gone\`, { hint: remedy\`Remove it\` ? "x y" : ["Do that, ", part] });
host.terminal.err(\`Warning: \${printable("no such thing")}\\n\`);
if (kind === "not this") host.log.tell("info", "command ends");
const LONG = "three lines\\nof a script\\nare no text";
`;

Deno.test("texts: each with its kind and place, sorted; no specifiers, keys, comparisons and scripts", () => {
  assert.deepEqual(textLines(collectTexts(programOf(SOURCE))), [
    'error    Cannot use \\"{name}\\": it is gone  (src/cli/login/a.ts:3)',
    "hint     Do that,   (src/cli/login/a.ts:3)",
    "hint     Remove it  (src/cli/login/a.ts:3)",
    "log      command ends  (src/cli/login/a.ts:5)",
    'output   Warning: {printable(\\"no such thing\\")}\\n  (src/cli/login/a.ts:4)',
    "output   no such thing  (src/cli/login/a.ts:4)",
    "summary  Name of it  (src/cli/login/a.ts:2)",
  ]);
});

const REFUSED = [
  ...[
    "Name; the ARN when absent",
    "mend the file",
    "Nobody is asked",
    "somebody is there",
    "whoever asks",
    "No colours",
  ]
    .map((text) => `f("x y ${text}");`),
  'f({ hint: "Remove the file." });',
  "f({ hint: `Remove ${file}, or ask.` });",
  'new AppError("usage", "Cannot find it");',
  'new AppError("usage", `Cannot find ${what}:`);',
];

for (const text of REFUSED) {
  Deno.test(`texts: refused: ${text}`, () => {
    assert.deepEqual(checkTexts(programOf(text)).map(({ rule }) => rule), ["text"]);
  });
}

Deno.test("texts: what is right is let through", () => {
  const right = [
    'f({ hint: "Remove the file" });',
    'f({ hint: "Remove the file. Then log in again." });',
    'f({ hint: "Did you mean this?" });',
    'f({ hint: "Give a number …" });',
    'new AppError("usage", "Cannot find it: there is none");',
    'new AppError("usage", `Cannot ${verb} it: ${found}`);',
    'new AppError("interrupted", "Cancelled: nothing was changed");',
    '// mend the file of nobody\nf("x y amend it");',
  ];
  for (const text of right) assert.deepEqual(checkTexts(programOf(text)), [], text);
});
