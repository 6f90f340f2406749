import { deepEqual, equal, throws } from "node:assert/strict";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { removeEntries } from "../../../../src/kube/kubeconfig/remove_entries.ts";

function remove(source: string, ...contexts: readonly string[]) {
  return removeEntries({ source, contexts: () => contexts });
}

const TWO = `# team
clusters:
# about a
- name: a
  cluster: {server: https://a}
  # in a
# about b
- name: b
  cluster: {server: https://b}
contexts: # list
  - name: a
    context: {cluster: a, user: a}

  - name: b
    context: {cluster: b, user: b}
users: [{name: a, user: {token: x}}, {name: b, user: {token: y}}]
current-context: a
`;

Deno.test("a context goes with its cluster and user; every other byte stays", () => {
  const { text, contexts, clusters, users } = remove(TWO, "a");
  deepEqual([contexts, clusters, users], [["a"], ["a"], ["a"]]);
  equal(
    text,
    `# team
clusters:
# about a
# about b
- name: b
  cluster: {server: https://b}
contexts: # list

  - name: b
    context: {cluster: b, user: b}
users: [{name: b, user: {token: y}}]
current-context: ""
`,
  );
  equal(remove(TWO, "b").text.endsWith("users: [{name: a, user: {token: x}}]\ncurrent-context: a\n"), true);
});

Deno.test("the last ones leave empty lists", () => {
  equal(
    remove(TWO, "a", "b").text,
    `# team
clusters: []
# about a
# about b
contexts: [] # list

users: []
current-context: ""
`,
  );
});

Deno.test("a cluster and a user that another context uses stay", () => {
  const source = TWO.replace("{cluster: b, user: b}", "{cluster: a, user: a}");
  const { text, clusters, users } = remove(source, "a");
  deepEqual([clusters, users], [[], []]);
  equal(text.includes("https://a"), true);
});

Deno.test("CRLF, the end of a file without a break, and runs in brackets", () => {
  const crlf = TWO.replaceAll("\n", "\r\n");
  equal(remove(crlf, "a").text, remove(TWO, "a").text.replaceAll("\n", "\r\n"));
  const last = "contexts:\n- name: a\n  context: {cluster: c, user: u}\n- name: b\n  context: {cluster: c, user: u}";
  equal(remove(last, "b").text, "contexts:\n- name: a\n  context: {cluster: c, user: u}\n");
  const flow = "contexts: [{name: a, context: {}}, {name: b, context: {}}, {name: c, context: {}}]\n";
  equal(remove(flow, "a", "b").text, "contexts: [{name: c, context: {}}]\n");
  equal(remove(flow, "b", "c").text, "contexts: [{name: a, context: {}}]\n");
});

Deno.test("nothing to remove leaves the text, and an anchor that others need is refused", () => {
  equal(remove(TWO, "nowhere").text, TWO);
  const anchored = "contexts:\n- name: a\n  context: &c {cluster: x, user: y}\n- name: b\n  context: *c\n";
  throws(() => remove(anchored, "a"), YamlError);
  equal(remove(anchored, "b").text, "contexts:\n- name: a\n  context: &c {cluster: x, user: y}\n");
});
