import { ok } from "node:assert/strict";
import { YamlError } from "../../src/formats/text/source_error.ts";
import { decodeUtf8, encodeUtf8 } from "../../src/formats/text/utf8.ts";
import { editOne } from "../support/kubeconfig/edit_one.ts";
import { devFacts } from "../support/kubeconfig/entry_facts.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const PAGE = Deno.readTextFileSync(new URL("../../docs/kubeconfig.md", import.meta.url)).replaceAll(/\s+/g, " ");
const USERS = "users:\n- name: a\n  user: {token: x}\n";
const EDIT = { facts: devFacts(), update: "merge", switchContext: "never" } as const;
const OURS = editOne({ source: "", ...EDIT }).text;

function utf16(text: string): Uint8Array {
  return new Uint8Array([0xff, 0xfe, ...[...text].flatMap((character) => [character.charCodeAt(0), 0])]);
}

/** Files that kubectl reads and this program refuses, by the words that docs/kubeconfig.md has for them. */
const CASES: Readonly<Record<string, readonly (string | Uint8Array)[]>> = {
  "several documents": [`${USERS}---\nfoo: bar\n`, `${USERS}---\n`],
  "a `? key`": [`? foo\n: bar\n${USERS}`, "? users\n: - name: a\n"],
  "a key with an alias or a tag": ["x: &k foo\n*k : y\n", "!!str users: []\n"],
  "a key that is there twice": ["foo: a\nfoo: b\n", "users:\n- name: a\n  name: b\n", '{"foo": 1, "foo": 2}'],
  "`<<` in an entry that is to be changed": [
    `x: &x {foo: b}\n${OURS.replace("  cluster:\n    server", "  cluster:\n    <<: *x\n    server")}`,
  ],
  "at the top": ["x: &x {foo: a}\n<<: *x\n"],
  "in an entry without a name, or in a context without a user": [
    "x: &x {name: b}\nusers:\n- <<: *x\n  user: {token: t}\n",
    "x: &x {user: b}\ncontexts:\n- name: a\n  context:\n    <<: *x\n",
  ],
  "a list of entries that is an alias": ["x: &x\n- name: b\nusers: *x\n"],
  "an anchor in what must change that is used elsewhere": [
    `${OURS.replace("command: aws", "command: &c old")}x: *c\n`,
  ],
  "`!!null`": ["users:\n- !!null ''\n"],
  "`apiVersion: /v1`": [`apiVersion: /v1\n${USERS}`],
  "UTF-16": [utf16(USERS)],
  "line breaks that only some readers see": ["\rbar: b", "\u0085 b", "\u2028 b"].map((odd) => `${USERS}foo: a${odd}\n`),
  "a line that begins with a tab": [`${USERS}foo: [\n\ta]\n`],
  "more than 100 nested brackets": [`foo: ${"[".repeat(120)}${"]".repeat(120)}\n`],
  "a last value (`|`, `>`) that ends the file without a line break": [`${USERS}foo: |\n  bar`, `${USERS}foo: >\n  bar`],
};

for (const [words, sources] of Object.entries(CASES)) {
  Deno.test({
    name: `docs: atmos refuses what kubectl reads: ${words}`,
    ignore: !hasProgram("kubectl", "kubectl as a judge of files that are refused"),
    async fn() {
      ok(PAGE.includes(words));
      using home = tempHome();
      for (const source of sources) {
        const bytes = typeof source === "string" ? encodeUtf8(source) : source;
        const path = home.at("config");
        Deno.writeFileSync(path, bytes);
        const args = ["config", "view", "--kubeconfig", path];
        ok((await new Deno.Command("kubectl", { args }).output()).success, `${source}`);
        ok(isRefused(bytes), `${source}`);
      }
    },
  });
}

/** Whether a file is refused, with its line and column. */
function isRefused(bytes: Uint8Array): boolean {
  try {
    editOne({ source: decodeUtf8(bytes), ...EDIT });
    return false;
  } catch (error) {
    return error instanceof YamlError && error.line > 0 && error.column > 0;
  }
}
