import { deepEqual, equal } from "node:assert/strict";
import {
  findDuplicates,
  mergeContext,
  mergeFiles,
  selectedContext,
} from "../../../../src/kube/kubectl/merged_files.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const config = (current: string, server: string) =>
  `current-context: ${current}
clusters: [{name: c, cluster: {server: "${server}", insecure-skip-tls-verify: true}}]
contexts: [{name: dev, context: {cluster: c, user: u, namespace: web}}]
`;
const FILES = {
  "/h/a": config('""', "https://one"),
  "/h/b": `${config("dev", "https://two")}users: [{name: u, user: {exec: {command: aws, args: [eks]}, token: x}}]\n`,
  "/h/cut": "clusters: [",
};

function merged(...paths: string[]) {
  const files = new MemoryFiles();
  for (const [path, text] of Object.entries(FILES)) files.put(path, text);
  return mergeFiles(fakeHost({ files: { read: files.reader, write: files.writer } }), paths);
}

Deno.test("a context: each entry of the first file that has one of that name", () => {
  const found = mergeContext(merged("/h/a", "/h/b"), "dev")!;
  deepEqual([found.path, found.cluster?.server, found.cluster?.path, found.user?.path, found.namespace], [
    ...["/h/a", "https://one", "/h/a", "/h/b", "web"],
  ]);
  deepEqual([found.user?.exec?.command, found.user?.others?.replaced, found.cluster?.isInsecure], [
    "aws",
    ["token"],
    true,
  ]);
  equal(mergeContext(merged("/h/b", "/h/a"), "dev")!.cluster?.server, "https://two");
  equal(mergeContext(merged("/h/a"), "dev")!.user, undefined);
  equal(mergeContext(merged("/h/a"), "other"), undefined);
});

Deno.test("the context that is selected: by the first file that selects one", () => {
  deepEqual(selectedContext(merged("/h/a", "/h/b")), { name: "dev", path: "/h/b" });
  equal(selectedContext(merged("/h/a")), undefined);
});

Deno.test("duplicates: only where the files differ", () => {
  const both = merged("/h/a", "/h/b");
  const found = findDuplicates(both, mergeContext(both, "dev")!);
  deepEqual(found, [{ what: "cluster", name: "c", paths: ["/h/a", "/h/b"] }]);
});

Deno.test("files that are not there, or cannot be read", () => {
  const { files, missing, unreadable } = merged("/h/gone", "/h/cut", "/h/a");
  deepEqual([files.map(({ path }) => path), missing, unreadable.map(({ path }) => path)], [["/h/a"], ["/h/gone"], [
    "/h/cut",
  ]]);
});
