import assert from "node:assert/strict";
import { renderTemplate } from "../../src/formats/go_template/render_template.ts";
import { TemplateError } from "../../src/formats/go_template/values/value.ts";

const FOLDER = new URL("../testdata/go_template/", import.meta.url);

interface Case {
  readonly template: string;
  readonly strict?: boolean;
  readonly text: string;
  readonly failed?: boolean;
}

/** What we do otherwise, and why. */
const DIFFERENT: Readonly<Record<string, { readonly text?: string; readonly why: string }>> = {
  '{{ regexMatch "(" "a" }}': { why: "sprig hides that the expression is broken" },
  "{{ .vars.f }} {{ 100000000000000000000.0 }} {{ 1000000.0 }} {{ 0.00001 }} {{ 1e21 }} {{ 123456789.125 }}": {
    text: "1.5 1e+20 1000000 1e-05 1e+21 1.23456789125e+08",
    why: "1000000.0 is a whole number here",
  },
};

/** Made by Go itself: judge.go, with Go 1.19 and sprig 3.2.3. */
const CASES: readonly Case[] = Deno.readTextFileSync(new URL("cases.jsonl", FOLDER)).trim().split("\n")
  .map((line) => JSON.parse(line));
const DATA = Deno.readTextFileSync(new URL("data.json", FOLDER));

async function ours({ template, strict }: Case): Promise<string | undefined> {
  try {
    return await renderTemplate({ source: template, data: JSON.parse(DATA), strict: strict === true });
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    assert.ok(error.at >= 0 && error.at <= template.length, `${error.at} is outside of the template`);
    return undefined;
  }
}

for (const one of CASES) {
  const mark = one.strict === true ? "strict " : "";
  Deno.test(`go template: ${mark}${one.template.replaceAll("\n", "\\n")}`, async () => {
    const different = DIFFERENT[one.template];
    const wanted = different !== undefined ? different.text : one.failed === true ? undefined : one.text;
    assert.equal(await ours(one), wanted);
  });
}

Deno.test("go template: every difference is still one", () => {
  const judged = new Map(CASES.map((one) => [one.template, one]));
  for (const [template, { text, why }] of Object.entries(DIFFERENT)) {
    assert.notEqual(judged.get(template)?.text ?? assert.fail(`no such case: ${template}`), text, why);
  }
});
