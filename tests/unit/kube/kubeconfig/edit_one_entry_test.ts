import { removeEntries } from "../../../../src/kube/kubeconfig/remove_entries.ts";
import assert from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { atmosPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import { editOne, type OneEdit } from "../../../support/kubeconfig/edit_one.ts";
import { DEV_ARN, devFacts } from "../../../support/kubeconfig/entry_facts.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const WHOLE = `apiVersion: v1
kind: Config
current-context: dev-eks
clusters:
- name: ${DEV_ARN}
  cluster:
    server: https://ABC.gr7.us-east-2.eks.amazonaws.com
    certificate-authority-data: LS0tLS1CRUdJTg==
contexts:
- name: dev-eks
  context:
    cluster: ${DEV_ARN}
    user: user-dev-cluster
users:
- name: user-dev-cluster
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: aws
      args:
      - eks
      - get-token
      - --cluster-name
      - dev-cluster
      - --region
      - us-east-2
`;

function edit(source: string, more: Partial<OneEdit> = {}) {
  return editOne({ source, facts: devFacts(), update: "merge", switchContext: "always", ...more });
}

function lines(text: string): string[] {
  return text.split("\n");
}

/** Lines of the new text that the old one has not, in order; fails when an old one is gone. */
function added(source: string, text: string): string[] {
  const left = lines(source);
  const extra = lines(text).filter((line) => {
    if (line !== left[0]) return true;
    left.shift();
    return false;
  });
  assert.deepEqual(left, [], "lines are gone");
  return extra;
}

Deno.test("an empty text becomes the kubeconfig of the documentation", () => {
  const result = edit("");
  assert.equal(result.text, WHOLE);
  assert.equal(result.action, "added");
});

for (
  const [what, source, expected] of [
    ["comments only", "# mine\n", `# mine\n${WHOLE}`],
    ["comments without a last line break", "# mine", `# mine\n${WHOLE}`],
    ["a document start", "---\n", `---\n${WHOLE}`],
    ["a document start and end", "---\n# c\n...\n", `---\n# c\n${WHOLE}...\n`],
    ["null", "null\n", WHOLE],
    ["an empty mapping", "{}\n", WHOLE],
    ["a byte order mark", "\uFEFF", `\uFEFF${WHOLE}`],
  ] as const
) {
  Deno.test(`nothing to merge with: ${what}`, () => {
    assert.equal(edit(source).text, expected);
    assert.equal(edit(expected).action, "unchanged");
  });
}

Deno.test("sections that are null or empty are filled where they are, comments preserved", () => {
  const { text } = edit("clusters:   # a\ncontexts: []  # b\nusers: null # c\n# end\n");
  assert.match(text, /^clusters: {3}# a\n- name: arn/);
  assert.match(text, /\ncontexts: {2}# b\n- name: dev-eks\n/);
  assert.match(text, /\nusers: # c\n- name: user-dev-cluster\n/);
  assert.match(text, /\ncurrent-context: dev-eks\n# end\n$/);
});

Deno.test("a hand-written file only gains lines, laid out as its own", () => {
  const source = `# team file
users:
    -   name: "0123"   # a badge
        user:
            token: 'x'
        # belongs to 0123

# the clusters
clusters:
    -   cluster: {server: https://a}
        name: a
contexts:
    -   name: a
        context:
            cluster: a
            user: "0123"
current-context: a # now
`;
  const { text } = edit(source, { switchContext: "never" });
  const extra = added(source, text);
  assert.equal(extra[0], "    -   name: user-dev-cluster");
  assert.equal(extra[1], "        user:");
  assert.equal(extra[2], "            exec:");
  assert.ok(
    text.includes("        # belongs to 0123\n    -   name: user-dev-cluster"),
    "the comment stays with its entry",
  );
  assert.ok(text.includes("current-context: a # now\n"));
});

Deno.test("current-context changes in place, quotes and comment stay", () => {
  const source = `${WHOLE.replace("current-context: dev-eks", "current-context: 'old' # keep")}`;
  assert.equal(edit(source).text, source.replace("'old'", '"dev-eks"'));
  assert.equal(edit(source, { switchContext: "if-none" }).action, "unchanged");
  assert.equal(edit(source, { switchContext: "never" }).action, "unchanged");
});

Deno.test("what the user added inside our entry stays", () => {
  const source = WHOLE
    .replace("    server: https://ABC", "    proxy-url: http://p:1 # way out\n    server: https://OLD")
    .replace("    user: user-dev-cluster", "    user: user-dev-cluster\n    namespace: web")
    .replace("      command: aws", "      installHint: call us\n      command: aws-old")
    .replace("users:", "x: 1\nusers:");
  const { text, action } = edit(source);
  assert.equal(action, "updated");
  assert.equal(text, source.replace("https://OLD", "https://ABC").replace("aws-old", "aws"));
});

Deno.test("settings that kubectl refuses beside the exec block are removed", () => {
  const source = WHOLE
    .replace("    server:", "    insecure-skip-tls-verify: true\n    server:")
    .replace("    exec:", "    token: old\n    exec:");
  assert.equal(edit(source).text, WHOLE);
  const only = WHOLE.replace(/ {4}exec:[^]*$/, "    token: old\n");
  assert.equal(edit(only).text, WHOLE);
});

Deno.test("the profile is set, changed and taken away; other variables stay", () => {
  const withProfile = edit(WHOLE, { facts: devFacts({ plugin: { profile: "dev" } }) }).text;
  const named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].map((one) => `      - name: ${one}\n        value: dev\n`).join(
    "",
  );
  assert.equal(withProfile, `${WHOLE}      env:\n${named}`);
  const other = withProfile.replace(
    "        value: dev\n",
    "        value: dev # c\n      - name: X\n        value: 'y'\n",
  );
  const changed = edit(other, { facts: devFacts({ plugin: { profile: "prod" } }) }).text;
  assert.equal(changed, other.replaceAll("value: dev", "value: prod"));
  assert.equal(edit(withProfile).text, WHOLE);
  assert.match(edit(other).text, /env:\n {6}- name: X\n {8}value: 'y'\n$/);
});

Deno.test("words that a YAML 1.1 reader takes for something else are quoted", () => {
  for (
    const word of [
      "08",
      "1e3",
      "0o17",
      "y",
      "no",
      "null",
      "12:30",
      "~",
      "1_000",
      "2001-12-14",
      "=",
      "<<",
      "a: b",
      "x #y",
      "-",
      "é",
    ]
  ) {
    const { text } = edit("", { facts: devFacts({ alias: word, namespace: word }) });
    assert.ok(text.includes(`namespace: ${JSON.stringify(word)}\n`), word);
    assert.equal(edit(text, { facts: devFacts({ alias: word, namespace: word }) }).action, "unchanged");
  }
});

Deno.test("JSON stays JSON", () => {
  const source = JSON.stringify(
    { kind: "Config", clusters: [{ name: "a", cluster: { server: "https://a" } }], users: [] },
    null,
    2,
  );
  const { text } = edit(source);
  const data = JSON.parse(text);
  assert.deepEqual(data.clusters.map((item: { name: string }) => item.name), ["a", DEV_ARN]);
  assert.equal(data["current-context"], "dev-eks");
  assert.equal(edit(text).action, "unchanged");
});

Deno.test("CRLF stays CRLF, and a missing last line break is no obstacle", () => {
  const source = "apiVersion: v1\r\nclusters:\r\n- name: a\r\n  cluster: {}";
  const { text } = edit(source);
  assert.ok(text.startsWith(`${source}\r\n- name: arn`));
  assert.ok(!/[^\r]\n/.test(text));
});

Deno.test("block scalars at the end keep their blank lines or give them back", () => {
  const kept = edit("users:\n- name: a\n  user:\n    token: |+\n      t\n\n\n").text;
  assert.ok(kept.startsWith("users:\n- name: a\n  user:\n    token: |+\n      t\n\n\n- name: user-dev-cluster\n"));
  const clipped = edit("users:\n- name: a\n  user:\n    token: |\n      t\n\n\n").text;
  assert.ok(clipped.startsWith("users:\n- name: a\n  user:\n    token: |\n      t\n- name: user-dev-cluster\n"));
});

Deno.test("a user name that serves another cluster is left alone", () => {
  const other = WHOLE.replaceAll("123456789012", "999999999999").replaceAll("dev-eks", "other");
  const { text, entry } = edit(other);
  assert.equal(entry.user.name, "user-dev-cluster@123456789012.us-east-2");
  assert.ok(text.includes("user: user-dev-cluster@123456789012.us-east-2\n"));
  assert.deepEqual(
    added(other.replace("current-context: other\n", ""), text.replace("current-context: dev-eks\n", "")).length > 0,
    true,
  );
  assert.equal(edit(text).action, "unchanged");
});

Deno.test("one cluster through two profiles has two users", () => {
  const first = edit("", { facts: devFacts({ plugin: { profile: "dev" } }) }).text;
  const second = edit(first, { facts: devFacts({ alias: "as-admin", plugin: { profile: "admin" } }) });
  assert.equal(second.entry.user.name, "user-dev-cluster@123456789012.us-east-2");
  const third = edit(second.text, { facts: devFacts({ alias: "as-ops", plugin: { profile: "ops" } }) });
  assert.equal(third.entry.user.name, "user-dev-cluster@123456789012.us-east-2.ops");
  assert.equal(
    edit(third.text, { facts: devFacts({ plugin: { profile: "dev" } }), switchContext: "never" }).action,
    "unchanged",
  );
});

function refused(source: string, more: Partial<OneEdit> = {}): AppError | YamlError {
  try {
    edit(source, more);
  } catch (error) {
    if (error instanceof AppError || error instanceof YamlError) return error;
    throw error;
  }
  throw new Error(`not refused: ${source}`);
}

Deno.test("a context or user name of another cluster is an error that names the flag", () => {
  const context = refused("contexts:\n- name: dev-eks\n  context: {cluster: minikube}\n") as AppError;
  assert.equal(context.code, "kubeconfig-merge");
  assert.match(context.message, /^Cannot use context name "dev-eks": it belongs to the cluster minikube$/);
  assert.match(renderRemedy({}, context), /--alias/);
  const mine = "contexts:\n- name: m\n  context: {cluster: minikube, user: me}\nusers:\n- name: me\n  user: {}\n";
  assert.match(renderRemedy({}, refused(mine, { facts: devFacts({ userAlias: "me" }) }) as AppError), /--user-alias/);
});

Deno.test("update error refuses each entry that is there; replace takes the whole file", () => {
  const cases = [["cluster", WHOLE.replace("- name: dev-eks", "- name: q")], [
    "context",
    WHOLE.replace(/clusters:[^]*contexts:/, "contexts:"),
  ]];
  for (const [what, source] of cases) {
    const error = refused(source!, { update: "error" }) as AppError;
    assert.match(error.message, new RegExp(`^Cannot add ${what} ".*": it already exists$`));
  }
  assert.equal(edit("# c\n", { update: "error" }).action, "added");
  assert.equal(edit("clusters: [", { update: "replace" }).text, WHOLE);
  assert.equal(edit(WHOLE, { update: "replace" }).action, "unchanged");
  assert.ok(!edit("", { update: "replace", switchContext: "never" }).text.includes("current-context"));
});

for (
  const [what, source, line, column, message] of [
    ["a tab", "clusters:\n\t- name: a\n", 2, 1, /tab/],
    ["an open bracket", "clusters: [\n", 2, 1, /./],
    ["a NUL", "a: 1\0\n", 1, 5, /null byte/],
    ["two documents", "a: 1\n---\nb: 2\n", 2, 1, /second YAML document/],
    ["a list", "- a\n", 1, 1, /a kubeconfig must be a mapping, found a list/],
    ["a word", "hello\n", 1, 1, /found a string/],
    ["a section that is a mapping", "a: 1\nclusters: {b: 1}\n", 2, 11, /clusters must be a list/],
    ["an entry that is a word", "users:\n- a\n", 2, 3, /an entry of users must be a mapping/],
    ["a payload that is a list", "users:\n- name: a\n  user: [1]\n", 3, 9, /user must be a mapping/],
    ["a name that is a number", "users:\n- name: 08\n", 2, 9, /put quotes around it/],
    ["a current-context that is a boolean", "current-context: yes\n", 1, 18, /must be a string/],
    ["two entries of one name", "users:\n- name: a\n- name: a\n", 3, 3, /two entries named "a"/],
    ["a key twice", "users: []\nusers: []\n", 2, 1, /the key "users" is there twice/],
    ["an unknown alias", "a: *b\n", 1, 4, /no anchor/],
    ["a section that is an alias", "x: &l []\nclusters: *l\n", 2, 11, /alias/],
    ["BOM counts no column", "\uFEFF- a\n", 1, 1, /list/],
  ] as const
) {
  Deno.test(`refused with its position: ${what}`, () => {
    const error = refused(source) as YamlError;
    assert.match(error.message, message);
    assert.deepEqual([error.line, error.column], [line, column]);
  });
}

Deno.test("anchors: untouched ones are fine, ones over our values are refused", () => {
  const fine =
    `x: &a {b: 1}\ny: *a\nclusters:\n- &c\n  name: z\n  cluster: &d {server: https://z}\n- <<: *c\n  name: w\n`;
  assert.equal(edit(edit(fine).text).action, "unchanged");
  const over = WHOLE.replace("  cluster:\n", "  cluster: &mine\n").replace("https://ABC", "https://OLD") +
    "more: *mine\n";
  assert.match(refused(over).message, /the anchor &mine covers a value that must change/);
  const value = WHOLE.replace("server: https://ABC", "server: &s https://OLD");
  assert.match(refused(`${value}more: *s\n`).message, /anchor/);
  assert.match(edit(value).text, /server: https:\/\/ABC/);
});

Deno.test("an entry that is an alias is fine while it says what it must, else refused", () => {
  const aliased = WHOLE.replace("contexts:\n- name: dev-eks\n", "x:\n- &ctx\n  name: dev-eks\n").replace(
    "users:",
    "contexts: [*ctx]\nusers:",
  );
  assert.equal(edit(aliased).action, "unchanged");
  assert.match(
    refused(aliased, { facts: devFacts({ namespace: "web" }) }).message,
    /the alias \*ctx is used where a value must change/,
  );
});

Deno.test("an alias bomb is refused before it is expanded", () => {
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++) bomb.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  assert.match(refused(bomb.join("\n") + "\n").message, /multiply/);
  assert.match(refused(`${"[".repeat(5000)}${"]".repeat(5000)}`).message, /./);
});

const TOKEN = "users:\n- name: user-dev-cluster\n  user: {token: abc}\n";
const OTHER = "arn:aws:eks:us-east-2:999999999999:cluster/dev-cluster";

Deno.test("a user that serves another context too, or another identity, is not reused", () => {
  const shared = `contexts:\n- name: dev-eks\n  context: {cluster: "${DEV_ARN}", user: user-dev-cluster}\n` +
    `- name: other\n  context: {cluster: "${OTHER}", user: user-dev-cluster}\n`;
  const alone = shared.replace(OTHER, DEV_ARN);
  const orphan = "";
  for (const contexts of [shared, alone, orphan]) {
    const { text, entry } = edit(contexts + TOKEN);
    assert.equal(entry.user.name, "user-dev-cluster@123456789012.us-east-2", contexts);
    assert.ok(text.includes("user: {token: abc}"), "the token of others is gone");
    assert.equal(edit(text).action, "unchanged");
  }
  const chosen = shared.replaceAll("user-dev-cluster", "me") + TOKEN.replace("user-dev-cluster", "me");
  assert.match(
    refused(chosen, { facts: devFacts({ userAlias: "me" }) }).message,
    /belongs to the cluster arn.*999999999999/,
  );
  const mine = alone.replaceAll("user-dev-cluster", "me") + TOKEN.replace("user-dev-cluster", "me");
  assert.match(refused(mine, { facts: devFacts({ userAlias: "me" }) }).message, /belongs to another identity/);
});

Deno.test("a user that another cluster's context waits for is not given our credentials", () => {
  const { text, entry } = edit(`contexts:\n- name: o\n  context: {cluster: minikube, user: user-dev-cluster}\n`);
  assert.equal(entry.user.name, "user-dev-cluster@123456789012.us-east-2");
  assert.equal(edit(text).action, "unchanged");
});

Deno.test("aws and atmos as plugins of two contexts do not take turns with one user", () => {
  const plugin = { clusterName: "dev-cluster", region: "us-east-2" };
  const ours = devFacts({ alias: "b", exec: atmosPlugin(plugin, { command: "/usr/bin/atmos", args: [] }) });
  const both = edit(edit("", { facts: devFacts({ alias: "a" }) }).text, { facts: ours }).text;
  for (const facts of [devFacts({ alias: "a" }), ours]) {
    assert.equal(edit(both, { facts, switchContext: "never" }).action, "unchanged");
  }
});

Deno.test("there are as many user names as ways into a cluster", () => {
  let text = "";
  for (const account of ["1", "2", "3", "4"]) {
    const roleArn = `arn:aws:iam::00000000000${account}:role/admin`;
    text = edit(text, { facts: devFacts({ alias: `as-${account}`, plugin: { roleArn } }) }).text;
  }
  assert.equal(text.match(/^- name: user-dev-cluster/gm)?.length, 4);
});

Deno.test("<< is refused where it could bring what the edit does not see, and preserved elsewhere", () => {
  for (
    const source of [
      "x: &b {users: [{name: other, user: {}}]}\n<<: *b\n",
      "x: &b {name: user-dev-cluster}\nusers:\n- <<: *b\n  user: {}\n",
      `x: &b {token: t}\n${WHOLE.replace("  user:\n    exec", "  user:\n    <<: *b\n    exec")}`,
      "x: &b {user: user-dev-cluster}\ncontexts:\n- name: o\n  context:\n    <<: *b\n    cluster: c\n",
    ]
  ) assert.match(refused(source).message, /\(<<\) takes keys from elsewhere/, source);
  const fine = "x: &b {server: s}\nclusters:\n- name: o\n  cluster: {<<: *b, proxy-url: p}\n";
  assert.equal(edit(edit(fine).text).action, "unchanged");
});

Deno.test("an anchor that is defined again: an alias means the one before it", () => {
  const source = `x: &n other\nusers:\n- name: *n\n  user: {token: t}\ncontexts:\n- name: dev-eks\n` +
    `  context: {cluster: "${DEV_ARN}", user: user-dev-cluster}\ny: &n user-dev-cluster\n`;
  const { text } = edit(source);
  assert.ok(text.includes("- name: *n\n  user: {token: t}\n- name: user-dev-cluster\n"));
});

Deno.test("other variables stay, however they are written", () => {
  const odd = ["- *e", "- {name: A, value: '1', note: z}", "- name: B", "- name: A\n        value: again"];
  const env = odd.map((item) => `      ${item}\n`).join("");
  const source =
    `e: &e {name: HTTP, value: p}\n${WHOLE}      env:\n${env}      - name: AWS_PROFILE\n        value: old # c\n`;
  const gone = edit(source).text;
  assert.equal(gone, source.replace("      - name: AWS_PROFILE\n        value: old # c\n", ""));
  const changed = edit(source, { facts: devFacts({ plugin: { profile: "new" } }) }).text;
  const fallback = "      - name: AWS_DEFAULT_PROFILE\n        value: new\n";
  assert.equal(changed, source.replace("value: old #", "value: new #") + fallback);
  const added = edit(gone, { facts: devFacts({ plugin: { profile: "new" } }) }).text;
  assert.equal(added, `${gone}      - name: AWS_PROFILE\n        value: new\n${fallback}`);
});

Deno.test("keys that an alias or a tag makes, and breaks that only some readers see, are refused", () => {
  for (
    const source of [
      "x: &k users\n*k : []\n",
      "!!binary dXNlcnM=: []\n",
      "users:\n- !!binary bmFtZQ==: user-dev-cluster\n",
    ]
  ) {
    assert.match(refused(source).message, /plain word/, source);
  }
  for (
    const source of ["a: 1 # x\u2028users: []\n", "a: 1 # x\u0085b: 1\n", "# a\n\uFEFFusers: []\n", "a: 1 # x\rb: 2\n"]
  ) {
    assert.match(refused(source).message, /only some readers/, JSON.stringify(source));
  }
  assert.equal(edit('x: "a\u2028b"\n').action, "added");
});

Deno.test("comments in empty lists stay", () => {
  for (const source of ["users: [ # keep me\n  ]\n", "{ # keep me\n}\n", "{} # keep me\n", "[] # keep me\n"]) {
    if (source.startsWith("[")) continue;
    const { text } = edit(source);
    assert.ok(text.includes("# keep me"), text);
    assert.ok(!/us-east-2 *# keep/.test(text), text);
    assert.equal(edit(text).action, "unchanged");
  }
});

Deno.test("a closing bracket below its key is as good as an indented one", () => {
  const source = "users:\n- name: a\n  user:\n    exec:\n      args: [\n        x,\n      ]\nclusters: [\n]\nx: {\n}\n";
  const { text } = edit(source);
  assert.ok(
    text.startsWith("users:\n- name: a\n  user:\n    exec:\n      args: [\n        x,\n      ]\n- name: user-dev"),
    text,
  );
  assert.equal(edit(text).action, "unchanged");
});

Deno.test("an alias that says what it must, and more, is left alone; current-context may be one", () => {
  const source = WHOLE.replace(/ {2}cluster:\n {4}server.*\n.*\n/, "  cluster: *c\n");
  const anchored = `c: &c\n  server: https://ABC.gr7.us-east-2.eks.amazonaws.com\n` +
    `  certificate-authority-data: LS0tLS1CRUdJTg==\n  proxy-url: p\nn: &n old\n${
      source.replace("current-context: dev-eks", "current-context: *n")
    }`;
  const { text } = edit(anchored);
  assert.equal(text, anchored.replace("current-context: *n", "current-context: dev-eks"));
});

Deno.test("--output json stays where it is said, since a token in another form is none", () => {
  const said = edit(WHOLE.replace("      - us-east-2\n", "      - us-east-2\n      - --output\n      - json\n"));
  assert.equal(said.action, "unchanged");
  const aws = WHOLE.replace(
    /args:[^]*/,
    "args: [--region, us-east-2, eks, get-token, --cluster-name, dev-cluster, --output, json]\n",
  );
  assert.match(edit(aws).text, /"us-east-2", --output, json\]/);
  assert.equal(
    edit(WHOLE.replace("      - us-east-2\n", "      - us-east-2\n      - --output\n      - text\n")).text,
    WHOLE,
  );
});

Deno.test("a value that ends the file without a line break is not given one", () => {
  const user = (token: string) => `clusters: []\ncontexts: []\nusers:\n- name: a\n  user:\n    token: ${token}`;
  for (const open of [">\n      x", "|\n      x", "|+\n      x", "|2+\n      x", "> # c\n      x"]) {
    const error = refused(user(open));
    assert.match(error.message, /ends the file without a line break/, open);
    assert.deepEqual([(error as YamlError).line, (error as YamlError).column], [6, 12]);
  }
  for (const fine of [">-\n      x", "|-\n      x", "|2-\n      x", "|\n      x\n", "x", "'x'", "|\n      x\n# c"]) {
    assert.equal(edit(user(fine)).action, "added", fine);
  }
});

for (
  const [what, source, line, column] of [
    ["another kind", "apiVersion: v1\nkind: Pod\n", 2, 7],
    ["another version", "apiVersion: v2\n", 1, 13],
    ["a control character in a comment", "kind: Config # \x07\n", 1, 16],
    ["YAML 1.2 said aloud", "# c\n%YAML 1.2\n---\nkind: Config\n", 2, 7],
    ["tabs and nothing else", "\n\t\n", 2, 1],
  ] as const
) {
  Deno.test(`what kubectl does not read is refused: ${what}`, () => {
    const error = refused(source) as YamlError;
    assert.deepEqual([error.line, error.column], [line, column], error.message);
  });
}

Deno.test("a kubeconfig need not say what it is", () => {
  for (const source of ["kind:\n", "kind: ''\napiVersion: null\n", "%YAML 1.1\n---\nkind: Config\n", "\n  \n"]) {
    assert.equal(edit(source).action, "added", source);
  }
});

Deno.test("comments of a section without entries stay where they are, also when what was added goes", () => {
  for (const value of ["", " ~", " []", " # about users"]) {
    for (const newline of ["\n", "\r\n"]) {
      const kept = "users:" + value + "\n  # - name: mine\n  #   user: {token: only-copy}\n";
      const source = `apiVersion: v1\nkind: Config\n${kept}`.replaceAll("\n", newline);
      const { text, entry } = edit(source);
      const { text: after } = removeEntries({ source: text, contexts: () => [entry.context.name] });
      for (const one of [text, after]) assert.match(one, /# - name: mine\r?\n {2}# {3}user: \{token: only-copy\}\r?\n/);
      assert.ok(text.indexOf("only-copy") < text.indexOf("exec:"), text);
    }
  }
});

Deno.test("a comment behind a blank line goes with no entry above it", () => {
  const { text, entry } = edit("apiVersion: v1\n");
  const more = "\n  # my heading\n- name: mine\n  user: {token: x}\n";
  const source = text.endsWith("\n") ? text + more : text;
  const { text: after } = removeEntries({ source, contexts: () => [entry.context.name] });
  assert.match(after, /# my heading\n- name: mine/);
});
