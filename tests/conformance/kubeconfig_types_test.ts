import assert from "node:assert/strict";

import { YamlError } from "../../src/formats/text/source_error.ts";
import { type FieldType, KUBECONFIG } from "../../src/kube/kubeconfig/field_types.ts";
import { editOne } from "../support/kubeconfig/edit_one.ts";
import { devFacts } from "../support/kubeconfig/entry_facts.ts";
import { randomRuns } from "../support/random/runs.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CA_DATA } from "../support/standin/clusters.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

const ignore = !hasProgram("kubectl", "kubectl as a judge of every type in a kubeconfig");
const BATCH = 50;
const AT_ONCE = 4;

/** What may stand where a value stands: the right thing for some types, and wrong for the others. */
const VALUES: readonly string[] = [
  "08",
  "true",
  "x",
  "[]",
  "{}",
  '"08"',
  "1.5",
  '"true"',
  "yes",
  "",
  "null",
  '""',
  "[1, 300]",
  "[a, null]",
  "{a: b}",
  "{a: 1}",
  ".nan",
  "YWJj",
  "YQ",
  '"YW\\nJj"',
  "2020-01-01",
  "!!str 08",
  '!!int "8"',
];

interface Place {
  /** Keys from the top; "-" for an item of a list. */
  readonly path: readonly string[];
  readonly type: FieldType;
}

/** Every place of the table in which a value can stand. */
function* placesOf(type: FieldType, path: readonly string[] = []): Iterable<Place> {
  yield { path, type };
  if (typeof type === "string") return;
  if (type.list !== undefined) yield* placesOf(type.list, [...path, "-"]);
  else if (type.fields === undefined) yield* placesOf(type.values, [...path, "some-key"]);
  else for (const [key, inner] of type.fields) yield* placesOf(inner, [...path, key]);
}

/** A text with the value there, a key or an item on each line, and a name beside it where one is usual. */
function textWith({ path }: Place, value: string): string {
  let [text, indent] = ["", ""];
  path.forEach((step, at) => {
    const rest = at === path.length - 1 ? (value === "" ? "" : ` ${value}`) : "";
    if (step !== "-") {
      text += text.endsWith("- ") ? `${step}:${rest}\n` : `${indent}${step}:${rest}\n`;
      indent += "  ";
    } else if (rest === "" && at < path.length - 1) {
      const named = path[at + 1] === "name" ? "- " : `- name: foreign\n${indent}  `;
      text += `${indent}${named}`.replace(/ +$/, named === "- " ? " " : "");
      indent += "  ";
    } else text += `${indent}-${rest}\n`;
  });
  return text;
}

function textsOfPlaces(): readonly string[] {
  const known = new Set<FieldType>();
  // The first ones are enough for a type that other places have, too.
  const values = randomRuns({ usual: 5, long: VALUES.length });
  return [...placesOf(KUBECONFIG)].filter(({ path }) => path.length > 0).flatMap((place) => {
    const isKnown = known.has(place.type);
    known.add(place.type);
    return (isKnown ? VALUES.slice(0, values) : VALUES).map((value) => textWith(place, value));
  });
}

/** Kinds that no single value makes. */
const WHOLE: readonly string[] = [
  "extensions:\n- name: a\n  extension: {}\n- name: a\n  extension: {}\n",
  "extensions:\n- extension: {}\n",
  "extensions:\n- extension: {}\n- extension: {}\n",
  'extensions:\n- name: null\n- name: ""\n',
  "preferences:\n  extensions:\n  - name: a\n  - name: a\n",
  "users:\n- user:\n    token: a\n",
  "users:\n- user:\n    token: a\n- user:\n    token: b\n",
  'users:\n- null\n- name: ""\n',
  "clusters:\n- null\n- null\n",
  "contexts:\n- name: a\n- name: a\n",
  "contexts:\n- name: a\n  context:\n    extensions:\n    - name: b\n    - name: b\n",
  "users:\n- name: a\n  user:\n    exec:\n      env:\n      - name: A\n        value: x\n      - name: A\n        value: z\n",
  "users:\n- name: a\n  user:\n    exec:\n      env:\n      - name: A\n        value: y\n",
  "foo: &x {token: 08}\nusers:\n- name: a\n  user:\n    <<: *x\n",
  "foo: &x {token: 08}\nusers:\n- name: a\n  user:\n    <<: *x\n    token: a\n",
  "foo: &x {token: 08}\nbar: &y {token: a}\nusers:\n- name: a\n  user:\n    <<: [*y, *x]\n",
  "foo: &x {token: 08}\nbar: &y {token: a}\nusers:\n- name: a\n  user:\n    <<: [*x, *y]\n",
  "users:\n- name: a\n  user:\n    <<: x\n",
  "foo: &x {token: 08}\nbar: &y {<<: *x}\nusers:\n- name: a\n  user:\n    <<: *y\n",
  "foo: &x {token: 08}\nbar: &y {<<: *x, token: a}\nusers:\n- name: a\n  user:\n    <<: *y\n",
  "foo: &x 08\nusers:\n- name: a\n  user:\n    token: *x\n",
  "foo: .inf\n",
  "foo: {a: [-.inf]}\n",
  "foo: {null: a}\n",
  "foo: {~: a}\n",
  "foo: {1: a, true: b}\n",
  "foo: {Token: 08}\nusers:\n- name: a\n  user:\n    Token: 08\n",
  "users:\n- name: a\n  user:\n    token:\ta\n",
  "users:\n- name: a\n  user:\n    token: a\t# c\n",
  "users:\n- name: a\n  user:\n    token: a\n\t\n",
  "users:\n- name: a\n  user:\n    token: a\n\t# c\n",
  "users:\n- name: a\n  user:\n\ttoken: a\n",
  "users:\n-\tname: a\n",
  "users:\n- \tname: a\n",
  "users:\n-   \t\n  name: a\n",
  "\t\nusers: []\n",
  "# c\n\t# d\nusers: []\n",
  "users: []\n\t",
  "foo: [a]\n\t\n",
  'foo: "a"\n  \t\n',
  'foo: "a\n\t\n b"\n',
  "foo: |\n  a\n\t\n",
  "foo: |\n  a\n  \tb\n",
  "foo: |\n  \ta\n",
  "foo: a\n  b\n  \tc\n",
  "foo: a\n\n\t\n  b\n",
];

async function isRead(paths: readonly string[]): Promise<boolean> {
  const args = ["config", "view", "--raw", "-o", "json"];
  const run = await new Deno.Command("kubectl", { args, env: { KUBECONFIG: paths.join(":") } }).output();
  return run.success;
}

/** Which of the files kubectl reads: all of a batch at once, and where that fails each of them. */
async function readOnes(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  for (let at = 0; at < paths.length; at += BATCH) {
    const batch = paths.slice(at, at + BATCH);
    if (await isRead(batch)) batch.forEach((path) => read.add(path));
    else await eachOf(batch, read);
  }
  return read;
}

async function eachOf(paths: readonly string[], read: Set<string>): Promise<void> {
  const left = [...paths];
  const one = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) if (await isRead([path])) read.add(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Our edit of the text, or what refuses it. */
function edited(source: string): string | YamlError {
  try {
    return editOne({
      source,
      facts: devFacts({ certificateAuthorityData: CA_DATA }),
      update: "merge",
      switchContext: "always",
    }).text;
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
}

interface Sample {
  readonly source: string;
  readonly path: string;
  readonly result: string | YamlError;
}

function samples(home: TempHome, sources: readonly string[]): readonly Sample[] {
  return sources.map((source, at) => {
    const result = edited(source);
    const path = home.write(`${result instanceof Error ? "refused" : "edited"}/${at}`, source);
    if (!(result instanceof Error)) home.write(`results/${at}`, result);
    return { source, path, result };
  });
}

Deno.test({
  name: "every type of a kubeconfig: what kubectl cannot read is refused, with its place, and all else is edited",
  ignore,
  fn: async () => {
    using home = tempHome();
    const all = samples(home, [...textsOfPlaces(), ...WHOLE]);
    const [refused, fine] = [
      all.filter(({ result }) => result instanceof Error),
      all.filter(({ result }) => !(result instanceof Error)),
    ];
    assert.ok(all.length > 500, `${all.length} files prove nothing`);
    const read = await readOnes([...refused, ...fine].map(({ path }) => path));
    const tooStrict = refused.filter(({ path }) => read.has(path));
    const tooLax = fine.filter(({ path }) => !read.has(path));
    console.log(`${all.length} files: kubectl reads ${read.size}, ${refused.length} are refused`);
    assert.deepEqual(tooLax.map(({ source }) => source), []);
    assert.deepEqual(tooStrict.map(({ source }) => source), []);
    for (const { source, result } of refused) checkPlace(source, result as YamlError);
    const results = fine.map(({ path }) => path.replace("/edited/", "/results/"));
    assert.equal((await readOnes(results)).size, results.length);
    for (let at = 0; at < results.length; at += BATCH) await useContext(results.slice(at, at + BATCH));
  },
});

/** The place is in the text; where a single value is wrong, it is the last line. */
function checkPlace(source: string, { line, column }: YamlError): void {
  const lines = source.split("\n");
  assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1, `${line}:${column} of ${source}`);
  if (!WHOLE.includes(source)) assert.equal(line, lines.length - 1, source);
}

/** Calls the cluster as our user; without any program on PATH. */
const CALL = `kubectl=$(command -v kubectl); PATH=/nowhere exec "$kubectl" get --raw /version --context dev-eks`;

/** kubectl takes our entry, and starts its plugin, which does not exist. */
async function useContext(paths: readonly string[]): Promise<void> {
  const env = { KUBECONFIG: paths.join(":") };
  const { stderr } = await new Deno.Command("sh", { args: ["-c", CALL], env }).output();
  assert.match(new TextDecoder().decode(stderr), /executable aws not found/);
}
