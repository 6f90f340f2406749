import assert from "node:assert/strict";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { editOne, type OneEdit } from "../../../support/kubeconfig/edit_one.ts";
import { devFacts } from "../../../support/kubeconfig/entry_facts.ts";

const SECRET = "0123456";

function edit(source: string, more: Partial<OneEdit> = {}): string {
  return editOne({ source, facts: devFacts(), update: "merge", switchContext: "always", ...more }).text;
}

const REFUSED: Readonly<Record<string, readonly [source: string, place: string, found: string]>> = {
  "a number for text": [
    "contexts:\n- name: a\n  context:\n    namespace: 08\n",
    "4:16",
    "namespace is a number, and kubectl accepts only a string there: put quotes around it",
  ],
  "a secret is not told": [
    `users:\n- name: a\n  user: {token: ${SECRET}}\n`,
    "3:17",
    "token is a number, and kubectl accepts only a string there: put quotes around it",
  ],
  "text for a boolean": [
    'clusters:\n- name: a\n  cluster:\n    insecure-skip-tls-verify: "true"\n',
    "4:31",
    "insecure-skip-tls-verify is a string, and kubectl accepts only true or false there",
  ],
  "a list for a mapping": [
    "preferences: []\n",
    "1:14",
    "preferences is a list, and kubectl accepts only a mapping there",
  ],
  "no base64": [
    "clusters:\n- name: a\n  cluster:\n    certificate-authority-data: YQ\n",
    "4:33",
    "certificate-authority-data is not base64",
  ],
  "a name twice": [
    "extensions:\n- name: a\n  extension: {}\n- name: a\n  extension: {}\n",
    "4:3",
    'extensions has "a" twice',
  ],
  "two without a name": ["users:\n- user: {}\n- user: {}\n", "3:3", "users has two entries without a name"],
  "no JSON": ["foo:\n- .nan\n", "2:3", "foo is a number that kubectl has no place for"],
  "a key that is null": ["foo: {~: a}\n", "1:7", "a key is null"],
  "what << brings": [
    "foo: &x {token: true}\nusers:\n- name: a\n  user:\n    <<: *x\n",
    "1:17",
    "token is a boolean, and kubectl accepts only a string there: put quotes around it",
  ],
  "a tab": ["foo: [a]\n\t\nusers: []\n", "2:1", "a tab, which kubectl does not take for space"],
  "a tab behind a dash": ["foo:\n- \ta\n", "2:3", "a tab, which kubectl does not take for space"],
};

for (const [name, [source, place, found]] of Object.entries(REFUSED)) {
  Deno.test(`what kubectl cannot read is refused, with its place: ${name}`, () => {
    assert.throws(() => edit(source), (error) => {
      assert.ok(error instanceof YamlError && !error.message.includes(SECRET));
      assert.deepEqual([`${error.line}:${error.column}`, error.message], [place, found]);
      return true;
    });
  });
}

Deno.test("an entry that is there already, in a file that kubectl cannot read, is no success either", () => {
  const source = `${edit("")}preferences: []\n`;
  assert.throws(() => edit(source), YamlError);
});

Deno.test("what the edit itself sets right is no obstacle", () => {
  const whole = edit("", { facts: devFacts({ namespace: "n" }) });
  const broken = whole.replace('namespace: "n"', "namespace: 08").replace("    exec:", "    token: 08\n    exec:")
    .replace(/certificate-authority-data: \S+/, "certificate-authority-data: '*'");
  assert.notEqual(broken, whole);
  assert.equal(
    edit(broken, { facts: devFacts({ namespace: "n" }) }).replace('"LS0tLS1CRUdJTg=="', "LS0tLS1CRUdJTg=="),
    whole,
  );
});

Deno.test("a file that is replaced needs not be readable", () => {
  assert.equal(edit("preferences: []\n", { update: "replace" }), edit(""));
});
