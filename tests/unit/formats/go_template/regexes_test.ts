import assert from "node:assert/strict";
import { renderTemplate } from "../../../../src/formats/go_template/render_template.ts";

const render = (source: string, data: unknown = {}) => renderTemplate({ source, data, strict: true });

Deno.test("regexes: none goes back", async () => {
  const data = { text: "a".repeat(30) };
  const start = performance.now();
  for (const name of ["regexMatch", "mustRegexMatch", "regexp.Match"]) {
    assert.equal(await render(`{{ ${name} "^(a*)*b$" .text }}`, data), "false");
  }
  assert.equal(await render('{{ regexFind "^(a|aa)+b" .text }}', data), "");
  assert.equal(await render('{{ regexReplaceAll "(a|a?)+b" .text "x" }}', data), data.text);
  assert.ok(performance.now() - start < 2_000, "it took 2 s and more");
});

Deno.test("regexes: the syntax and the matches are Go's", async () => {
  const cases: Readonly<Record<string, string>> = {
    '{{ regexFindAll "a*" "baaab" -1 | toJson }}': '["","aaa",""]',
    '{{ regexFindAll "a" "aaa" 0 | toJson }}': "[]",
    '{{ regexReplaceAll "a*" "baaab" "x" }}': "xbxbx",
    '{{ regexReplaceAll "" "añ😀b" "-" }}': "-a-ñ-😀-b-",
    '{{ regexReplaceAll "(?P<y>b)(z)?" "abc" "${y}$1$2$3$none$$" }}': "abb$c",
    '{{ regexSplit "" "abc" -1 | toJson }}': '["a","b","c"]',
    '{{ regexSplit "b*" "abbc" -1 | toJson }}': '["a","c"]',
    '{{ regexSplit "c" "abc" -1 | toJson }}': '["ab",""]',
    '{{ regexSplit "a" "" -1 | toJson }}': '[""]',
    "{{ regexMatch `(?s)^a.b\\z` .text }}": "true",
    "{{ regexMatch `\\p{Greek}` .greek }}": "true",
    "{{ regexFind `[[:^alpha:]]+` .mixed }}": "12",
    "{{ regexFind `(?U)a+` .mixed }}": "a",
  };
  const data = { text: "a\nb", greek: "λ", mixed: "aab12" };
  for (const [source, wanted] of Object.entries(cases)) assert.equal(await render(source, data), wanted, source);
});

Deno.test("regexes: what RE2 cannot do is refused", async () => {
  for (const pattern of ["(?=a)", "(?<!a)", "(a)\\\\1", "(a{1000}){1000}", "("]) {
    await assert.rejects(render(`{{ regexMatch "${pattern}" "a" }}`), /expected a regular expression, found /, pattern);
  }
});
