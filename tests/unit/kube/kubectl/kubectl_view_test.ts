import { deepEqual, equal } from "node:assert/strict";
import { viewAsKubectl } from "../../../../src/kube/kubectl/kubectl_view.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const OURS = "/h/ours";
const TEXT = `current-context: dev
clusters:
- name: c
  cluster: {server: "https://a", tls-server-name: t}
contexts:
- name: dev
  context: {cluster: c, user: u}
users:
- name: u
  user:
    exec: {command: aws, args: [a, "b"], env: null}
`;

function view(first: (files: MemoryFiles) => void, { ours = TEXT }: { readonly ours?: string } = {}) {
  const files = new MemoryFiles();
  files.put(OURS, ours);
  first(files);
  const reads: string[] = [];
  const bytes = (path: string) => {
    reads.push(path);
    return files.reader.bytes(path);
  };
  const host = fakeHost({
    env: { HOME: "/h", KUBECONFIG: `/h/first:${OURS}` },
    files: { read: { ...files.reader, bytes }, write: files.writer },
    uid: 1000,
  });
  const found = viewAsKubectl(host, { path: OURS, text: undefined, contexts: ["dev"], ownContext: "dev" });
  return { ...found, reads };
}

const holding = (text: string) => (files: MemoryFiles) => files.put("/h/first", text);

Deno.test("entries that say the same hide nothing, however they are laid out", () => {
  for (
    const text of [
      TEXT,
      JSON.stringify({
        users: [{ user: { exec: { args: ["a", "b"], env: null, command: "aws" } }, name: "u" }],
        contexts: [{ name: "dev", context: { user: "u", cluster: "c" } }],
        clusters: [{ name: "c", cluster: { "tls-server-name": "t", server: "https://a" } }],
      }),
    ]
  ) {
    const { hidden, current, unreadable } = view(holding(text));
    deepEqual([hidden, unreadable, current?.name], [[], [], "dev"]);
  }
});

Deno.test("what differs in anything hides ours: of a context itself, else of its cluster and its user", () => {
  const hidden = (text: string) => view(holding(text)).hidden.map(({ what, name }) => `${what} ${name}`);
  deepEqual(hidden(TEXT.replace("user: u}", "user: u, namespace: web}")), ["context dev"]);
  deepEqual(hidden("contexts:\n- name: dev\n"), ["context dev"]);
  deepEqual(hidden(TEXT.replace("https://a", "https://b")), ["cluster c"]);
  deepEqual(hidden(TEXT.replace('"b"', "'c'").replace("tls-server-name: t", "")), ["cluster c", "user u"]);
  deepEqual(hidden(TEXT.replace("name: dev", "name: other")), []);
});

Deno.test("a file that kubectl cannot read is told with its reason; devices and pipes are not read", () => {
  const found = (first: (files: MemoryFiles) => void) => view(first).unreadable.map((file) => file.found);
  deepEqual(found(holding("a: [")), ["line 1: unexpected end of the stream within a flow collection"]);
  deepEqual(found((files) => files.directory("/h/first")), ["it is a directory"]);
  deepEqual(found((files) => files.symlink("/h/first", { to: "/h/first" })), ["its symbolic links form a loop"]);
  deepEqual(found((files) => files.pipe("/h/first")), []);
  deepEqual(found(() => {}), []);
});

Deno.test("ours is not read where no earlier file could hide anything", () => {
  deepEqual(view(() => {}).reads, []);
  deepEqual(view(holding("")).reads, ["/h/first", OURS]);
});

Deno.test("a link to ours before ours is ours", () => {
  const { isRead, hidden, reads } = view((files) => files.symlink("/h/first", { to: OURS }));
  deepEqual([isRead, hidden, reads], [true, [], []]);
  equal(view((files) => files.symlink("/h/first", { to: OURS })).current?.path, OURS);
});
