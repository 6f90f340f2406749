import assert from "node:assert/strict";
import { isTemplate, renderTemplate } from "../../../../src/formats/go_template/render_template.ts";
import { TemplateError } from "../../../../src/formats/go_template/values/value.ts";
import { takes } from "../../../../src/formats/go_template/functions/arguments.ts";

const DATA = { vars: { stage: "dev", list: ["a"] } };

function render(source: string, data: unknown = DATA): Promise<string> {
  return renderTemplate({ source, data, strict: true });
}

async function failure(source: string, data: unknown = DATA): Promise<string> {
  try {
    return `text ${JSON.stringify(await render(source, data))}`;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return `${error.at}: ${error.message}`;
  }
}

Deno.test("template: every error says what and where", async () => {
  const cases: Readonly<Record<string, string>> = {
    "ab {{ .vars.stag }}": "11: there is no .stag; there are: stage, list",
    "{{ .vars.stage.x }}": "14: cannot take .x of a string",
    "{{ uper .vars.stage }}": '3: there is no function "uper"; did you mean "upper"?',
    "{{ zzzzzzzz 1 }}": '3: there is no function "zzzzzzzz"',
    ...Object.fromEntries(
      ["now", 'datasource "a"', "uuidv4", "randAlphaNum 3", "time.Now", 'aws.EC2Meta "a"', "atmos.Store"].map((
        call,
      ) => [
        `{{ ${call} }}`,
        `3: there is no function "${
          call.split(" ")[0]
        }": templates have no access to the clock, random numbers, the network or stores`,
      ]),
    ),
    "{{ upper }}": "3: upper takes 1 argument, found 0",
    "{{ upper .vars.list }}": "3: upper: expected a string, found the list [a]",
    "{{ trunc 1 }}": "3: trunc takes 2 arguments, found 1",
    "{{ round 1 }}": "3: round takes 2 to 3 arguments, found 1",
    "{{ eq 1 }}": "3: eq takes at least 2 arguments, found 1",
    '{{ fail "no way" }}': "3: fail: no way",
    "a {{ if true }}": "4: {{if}} is not closed by {{end}}",
    "{{ range .vars.list }}{{ else }}": "2: {{range}} is not closed by {{end}}",
    "{{ end }}": "2: {{end}} has no matching opening action",
    "{{ else }}": "2: {{else}} has no matching opening action",
    "{{ break }}": "2: {{break}} is in no {{range}}",
    "{{ .vars": "2: {{ is not closed by }}",
    "{{/* x }}": "0: the comment is not closed by */}}",
    "{{ }}": "3: a value is missing here",
    "{{ (1 }}": "3: ( is not closed by )",
    "{{ 1 2 }}": "5: a value does not take arguments",
    "{{ .vars 2 }}": "3: .vars is not a function and takes no arguments",
    "{{ nil }}": "3: nil alone is not a value",
    "{{ 1 | 2 }}": "7: only a function can follow |",
    "{{ $x }}": "3: there is no variable $x",
    "{{ $x = 1 }}": "3: there is no variable $x",
    "{{ # }}": '3: found "#", which is not valid here',
    "{{ end 1 }}": '7: found "1" where nothing more can stand',
    '{{ "a"b }}': '6: found "b" right after "\\"a\\""',
    '{{ "\\z" }}': "3: found \\z in a string, which is not an escape sequence",
    "{{ 09 }}": 'text "9"',
    "{{ 0x }}": '4: found "x" right after "0"',
    "{{ template x }}": "2: the name of the template must be a string",
    '{{ template "x" }}': '2: there is no template "x"',
    "{{ range true }}{{ end }}": "9: range cannot go through a bool",
    "{{ index .vars.list 1 }}": "3: index: 1 is outside of the 1 items",
    "{{ div 1 0 }}": "3: div: cannot divide by 0",
    '{{ repeat 9999999 "a" }}': "3: repeat: the text would be too long",
    "{{ range until 9999 }}{{ range until 9999 }}{{ end }}{{ end }}": "9: it never ends",
    "{{ until 99999999 }}": "3: until: the list would be too long",
  };
  for (const [source, wanted] of Object.entries(cases)) assert.equal(await failure(source), wanted, source);
});

Deno.test("template: what every object has is no data and no function", async () => {
  assert.match(await failure("{{ .constructor }}"), /there is no \.constructor/);
  assert.match(await failure("{{ .vars.toString }}"), /there is no \.toString/);
  assert.match(await failure("{{ constructor }}"), /there is no function/);
  assert.match(await failure("{{ .__proto__ }}"), /there is no \.__proto__/);
  assert.equal(
    await render('{{ set (dict) "__proto__" (dict "x" 1) | toJson }}{{ dict.x }}'.replace("{{ dict.x }}", "")),
    '{"__proto__":{"x":1}}',
  );
  assert.equal(({} as { x?: number }).x, undefined);
});

Deno.test("template: what Go has had since 1.22 works", async () => {
  assert.equal(await render("{{ range $i := 3 }}{{ $i }}{{ end }}{{ range 2 }}{{ . }}{{ end }}"), "01201");
  assert.equal(await render("{{ with false }}a{{ else with .vars.stage }}{{ . }}{{ end }}"), "dev");
});

Deno.test("template: templates and texts have ends", async () => {
  assert.match(
    await failure('{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}'),
    /uses itself without end/,
  );
  const long = '{{ $x := repeat 1000000 "a" }}{{ range until 99 }}{{ $x }}{{ end }}';
  assert.match(await failure(long), /too long/);
  assert.match(await failure("{{ if true }}".repeat(300)), /nested too deeply/);
  assert.match(await failure(`{{ ${"(".repeat(50_000)}1${")".repeat(50_000)} }}`), /nested too deeply/);
});

Deno.test("template: functions with effects are given from outside", async () => {
  const functions = { env: takes(1, (name) => `<${name}>`) };
  assert.equal(await renderTemplate({ source: '{{ env "HOME" }}', data: {}, strict: true, functions }), "<HOME>");
  assert.match(await failure('{{ env "HOME" }}'), /there is no function "env"/);
});

Deno.test("template: a text without braces has nothing to do", async () => {
  assert.deepEqual([isTemplate("a } {b}"), isTemplate("a{{b")], [false, true]);
  assert.equal(await render("a } {b} }}"), "a } {b} }}");
});

Deno.test("template: data as YAML and JSON, and from them", async () => {
  const data = { m: { b: [1, { c: "x" }], a: { on: true, none: null, text: "yes" } } };
  const yaml = "a:\n  none: null\n  'on': true\n  text: 'yes'\nb:\n  - 1\n  - c: x\n";
  const cases: Readonly<Record<string, string>> = {
    "{{ toYAML .m }}": yaml,
    "{{ .m | data.ToYAML }}": yaml,
    "a:\n{{ toYAML .m.b | indent 2 }}": "a:\n  - 1\n  - c: x\n  ",
    '{{ (yaml "a: {b: 2001-01-01}").a.b }}': "2001-01-01",
    '{{ index (data.YAMLArray "[x, y]") 1 }}': "y",
    '{{ (json "{\\"a\\":1}").a }} {{ index (jsonArray "[1,2]") 1 }}': "1 2",
    '{{ toJSONPretty "  " .m.b }}': '[\n  1,\n  {\n    "c": "x"\n  }\n]',
    '{{ collectKeys .m }} {{ collectKeys (dict "p" .m "q" (dict "a" (dict "z" 1))) "a" }}': "[a b] [none on text z]",
  };
  for (const [source, wanted] of Object.entries(cases)) assert.equal(await render(source, data), wanted, source);
  assert.match(await failure('{{ yaml "a: [" }}'), /yaml: expected YAML, found the string a: \[/);
  assert.match(await failure('{{ yaml "[1]" }}'), /yaml: expected a map, found the list \[1\]/);
  assert.match(await failure('{{ jsonArray "{}" }}'), /jsonArray: expected a list/);
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n` +
    ["b", "c", "d", "e", "f", "g", "h", "i"].map((one, at) =>
      `${one}: &${one} [${Array(9).fill(`*${"abcdefgh"[at]}`).join()}]\n`
    ).join("");
  assert.match(await failure(`{{ yaml ${JSON.stringify(bomb)} }}`), /template takes too much work/);
});
