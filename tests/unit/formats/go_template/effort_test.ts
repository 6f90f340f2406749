import assert from "node:assert/strict";
import { renderTemplate } from "../../../../src/formats/go_template/render_template.ts";
import { limitEffortTogether } from "../../../../src/formats/go_template/values/effort.ts";
import { TemplateError } from "../../../../src/formats/go_template/values/value.ts";

/** Of one by itself, unless there is a limit for several. */
async function outcome(source: string, most: number | "as before" = Infinity): Promise<string> {
  if (most !== "as before") limitEffortTogether(most);
  try {
    return await renderTemplate({ source, data: {}, strict: true });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return `${error.at}: ${error.message}`;
  }
}

const LISTS = "{{ $s := list 1 }}{{ range until 60 }}{{ $s = list $s $s }}{{ end }}";
const MAPS = '{{ $s := dict "a" 1 }}{{ range until 60 }}{{ $s = dict "a" $s "b" $s }}{{ end }}';
const NUMBERS = "{{ $l := until 100000 }}{{ range until 100000 }}";
const LETTERS = '{{ $t := repeat 1000000 "a" }}';
const TEXTS = `${LETTERS}{{ range until 100000 }}`;

Deno.test("effort: a template that goes on and on ends with the place of what does", async () => {
  const cases: Readonly<Record<string, string>> = {
    // Values in which others are, again and again.
    [`${LISTS}{{ $s }}`]: "$s }}",
    [`${LISTS}{{ uniq (list $s $s) }}`]: "uniq ",
    [`${LISTS}{{ has 1 (list $s) }}{{ deepEqual $s (list (first $s) (first $s)) }}`]: "deepEqual ",
    [`${MAPS}{{ toPrettyJson $s }}`]: "toPrettyJson ",
    [`${MAPS}{{ merge (deepCopy (dict)) $s | toJson }}`]: "toJson ",
    [`${MAPS}{{ deepCopy $s }}`]: "deepCopy ",
    // Ones that grow.
    '{{ $s := "aa" }}{{ range until 60 }}{{ $s = print $s $s }}{{ end }}': "print ",
    "{{ $s := list 1 }}{{ range until 60 }}{{ $s = concat $s $s }}{{ end }}": "concat ",
    [`${LETTERS}{{ replace "a" $t $t }}`]: "replace ",
    [`${LETTERS}{{ regexReplaceAll "a" $t $t }}`]: "regexReplaceAll ",
    [`${LETTERS}{{ join $t (until 1000) }}`]: "join ",
    '{{ indent 500000000 "a" }}': "indent ",
    // Loops around what takes long.
    [`${NUMBERS}{{ $l = sortAlpha (uniq $l) }}{{ end }}`]: "sortAlpha ",
    [`${NUMBERS}{{ $x := has -1 $l }}{{ end }}`]: "has ",
    [`${NUMBERS}{{ $x := without $l -1 }}{{ end }}`]: "without ",
    [`${NUMBERS}{{ $x := chunk 1 $l }}{{ end }}`]: "chunk ",
    [`${NUMBERS}{{ range $l }}{{ break }}{{ end }}{{ end }}`]: "$l }}",
    [`${TEXTS}{{ $x := title $t }}{{ end }}`]: "title ",
    [`${TEXTS}{{ $x := sha512sum $t }}{{ end }}`]: "sha512sum ",
    [`${TEXTS}{{ $x := regexMatch "(a?b)+c" $t }}{{ end }}`]: "regexMatch ",
    '{{ range until 100000 }}{{ $x := regexMatch "(?:(?:a{10}){10}){10}" "a" }}{{ end }}': "regexMatch ",
  };
  for (const [source, place] of Object.entries(cases)) {
    const name = /^\w+ /.test(place) ? `${place.trim()}: ` : "";
    const wanted = `${source.lastIndexOf(place)}: ${name}this template takes too much work`;
    assert.equal(await outcome(source), wanted, source);
  }
});

Deno.test("effort: a value that is in itself is an error", async () => {
  const self = '{{ $d := dict }}{{ $x := set $d "a" $d }}';
  assert.equal(await outcome(`${self}{{ $d }}`), "44: a value is nested too deeply");
  assert.equal(await outcome(`${self}{{ toJson $d }}`), "44: toJson: a value is nested too deeply");
});

Deno.test("effort: functions about texts take no longer than these are long", async () => {
  const start = performance.now();
  assert.equal(await outcome(`${LETTERS}{{ dir $t }}`), ".");
  assert.equal(await outcome(`${LETTERS}{{ trimAll $t $t }}`), "");
  assert.match(await outcome('{{ printf (print "%" (repeat 1000000 "0")) 1 }}'), /^%0+/);
  assert.match(await outcome(`${LETTERS}{{ semverCompare $t "1.2.3" }}`), /expected a constraint for versions/);
  assert.ok(performance.now() - start < 3_000, "it took 3 s and more");
});

Deno.test("effort: all templates of a repository together have a limit, too", async () => {
  const long = '{{ $t := repeat 1000000 "a" }}{{ $t = upper $t }}{{ $t = lower $t }}{{ $t = upper $t }}';
  const run = () => outcome(long, 100_000_000);
  const found = [await run()];
  for (let time = 0; time < 60; time++) found.push(await outcome(long, "as before"));
  assert.equal(found[0], "");
  assert.match(found.at(-1)!, /: the templates of this repository take too much work$/);
  assert.ok(found.filter((one) => one === "").length >= 10, "ten of the longest are no matter");
  assert.equal(await run(), "");
});

Deno.test("effort: what is long in earnest is no matter, and each template has its own", async () => {
  const lines = '{{ range $at := until 5000 }}{{ printf "line-%04d: %s\n" $at (upper "abc" | quote) }}{{ end }}'
    .replace("\n", "\\n");
  for (let time = 0; time < 20; time++) assert.equal((await outcome(lines)).length, 5_000 * 17);
  assert.equal(
    await outcome('{{ uniq (list 1 "1" 1 true "true" nil (list 1) (list 1)) | toJson }}'.replace(" nil", "")),
    '[1,"1",true,"true",[1]]',
  );
});
