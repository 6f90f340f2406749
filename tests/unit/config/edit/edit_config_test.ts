import assert from "node:assert/strict";
import { type ConfigEdit, editConfig } from "../../../../src/config/edit/edit_config.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";

const VALUES = { auth: { identities: { "dev/Admin": { kind: "aws/permission-set", via: { provider: "corp" } } } } };
const EDIT: ConfigEdit = { values: VALUES, comments: [], header: ["Written by a test"] };
const ADDED = `dev/Admin:
      kind: aws/permission-set
      via:
        provider: corp`;

Deno.test("editConfig: a new file has the header", () => {
  assert.equal(editConfig("", EDIT), `# Written by a test\nauth:\n  identities:\n    ${ADDED}\n`);
});

const KEPT: Readonly<Record<string, readonly [before: string, after: string]>> = {
  "comments, order and quotes stay": [
    `# mine
auth:   # logins
  identities:
    # the first
    'zed': {kind: aws/ambient}   # flow

base_path: "."   # last
`,
    `# mine
auth:   # logins
  identities:
    # the first
    'zed': {kind: aws/ambient}   # flow
    ${ADDED}

base_path: "."   # last
`,
  ],
  "keys of another case": [
    `Auth:\n  Identities:\n    zed:\n      kind: aws/ambient\n`,
    `Auth:\n  Identities:\n    zed:\n      kind: aws/ambient\n    ${ADDED}\n`,
  ],
  "an empty section": [
    `auth:\n  identities:\nlogs:\n  level: Info\n`,
    `auth:\n  identities:\n    ${ADDED}\nlogs:\n  level: Info\n`,
  ],
  "no auth section": [`base_path: .\n`, `base_path: .\nauth:\n  identities:\n    ${ADDED}\n`],
  "CRLF": [
    `base_path: .\r\n`,
    `base_path: .\nauth:\n  identities:\n    ${ADDED}\n`.replaceAll("\n", "\r\n"),
  ],
  "comments alone": [`# nothing yet\n`, `# nothing yet\nauth:\n  identities:\n    ${ADDED}\n`],
};

for (const [name, [before, after]] of Object.entries(KEPT)) {
  Deno.test(`editConfig: ${name}`, () => {
    assert.equal(editConfig(before, EDIT), after);
    assert.equal(editConfig(after, EDIT), after, "again, nothing");
  });
}

Deno.test("editConfig: JSON stays JSON", () => {
  const made = editConfig(`{"auth": {"identities": {}}, "base_path": "."}\n`, EDIT);
  assert.deepEqual(JSON.parse(made), { ...VALUES, base_path: "." });
});

const REFUSED: Readonly<Record<string, readonly [source: string, words: RegExp]>> = {
  "an included section": [`auth: !include auth.yaml\n`, /"auth" is not written out/],
  "an included mapping": [`auth:\n  identities: !include i.yaml\n`, /"identities" is not written out/],
  "an alias": [`x: &x {a: {kind: aws/ambient}}\nauth:\n  identities: *x\n`, /not written out/],
  "an anchor that others use": [`auth:\n  identities: &x\n    a:\n      kind: aws/ambient\ny: *x\n`, /anchor/],
  "a text": [`auth: none\n`, /"auth" is not written out/],
  "a list": [`- a\n`, /no mapping/],
  "two documents": [`a: 1\n---\nb: 1\n`, /second YAML document/],
  "no YAML": [`auth: {\n`, /./],
};

for (const [name, [source, words]] of Object.entries(REFUSED)) {
  Deno.test(`editConfig refuses ${name}`, () => {
    assert.throws(() => editConfig(source, EDIT), (error) => error instanceof YamlError && words.test(error.message));
  });
}

const TWO = `auth:
  identities:
    # goes
    old: {kind: aws/ambient}
    new:
      kind: aws/ambient  # stays
`;

Deno.test("editConfig takes entries away, and adds comments above what is new", () => {
  const edit: ConfigEdit = {
    values: { auth: { identities: { old: undefined, more: { kind: "aws/user" } } } },
    comments: [{ path: ["auth", "identities", "more"], lines: ["why it is there", "", "and more"] }],
    header: ["not in a file that is there"],
  };
  const made = editConfig(TWO, edit);
  assert.match(
    made,
    /new:\n {6}kind: aws\/ambient {2}# stays\n {4}# why it is there\n {4}#\n {4}# and more\n {4}more:/,
  );
  assert.doesNotMatch(made, /old:|not in a file/);
});
