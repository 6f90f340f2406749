import { deepEqual, equal, rejects } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import type { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import { previewRemoval, removeFromFile } from "../../../../src/kube/kubeconfig/remove_from_file.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const PATH = "/home/me/k";
const location = { path: PATH, mode: undefined };

function world(text?: string) {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  if (text !== undefined) files.put(PATH, text);
  let writes = 0;
  const rename: typeof files.writer.rename = (from, to) => {
    if (to === PATH) writes++;
    files.writer.rename(from, to);
  };
  const write = { ...files.writer, rename };
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write } });
  return { files, host, writes: () => writes };
}

/** Contexts c0, c1 … with a cluster and user each, and a comment and a foreign entry between them. */
function kubeconfig(numbers: readonly number[], current: string): string {
  const items = (text: (number: number) => string) => numbers.map(text).join("");
  return `clusters:\n- name: theirs  # by hand\n  cluster: {server: "https://theirs"}\n` +
    items((n) => `- name: k${n}\n  cluster:\n    server: https://k${n}\n`) +
    "contexts:\n" + items((n) => `- name: c${n}\n  context:\n    cluster: k${n}\n    user: u${n}\n`) +
    `- {name: theirs, context: {cluster: theirs}}\ncurrent-context: ${current}\nusers:\n` +
    items((n) => `- name: u${n}\n  user: {token: "t"}\n`);
}

const isGone = (name: string) => Number(name.slice(1)) % 3 === 0;
const gone = (names: NamesInUse) => names.contexts().map(({ name }) => name).filter(isGone);

Deno.test("100 of 300 go in one write, and every other byte stays", async () => {
  const all = Array.from({ length: 300 }, (_, n) => n);
  const { files, host, writes } = world(kubeconfig(all, "c3"));
  equal(previewRemoval(host, { location, contexts: gone })?.contexts.length, 100);
  equal(writes(), 0);
  const removed = await removeFromFile(host, { location, contexts: gone });
  deepEqual([removed?.contexts.length, removed?.clusters.length, removed?.users.length], [100, 100, 100]);
  equal(writes(), 1);
  equal(files.text(PATH), kubeconfig(all.filter((n) => n % 3 !== 0), '""'));
  deepEqual((await removeFromFile(host, { location, contexts: gone }))?.contexts, []);
  equal(writes(), 1);
});

Deno.test("a file that is gone stays gone: no file, no directory, no lock", async () => {
  const { files, host } = world();
  const away = { path: "/home/me/away/k", mode: undefined };
  for (const location of [away, { path: PATH, mode: 0o600 }]) {
    equal(previewRemoval(host, { location, contexts: gone }), undefined);
    equal(await removeFromFile(host, { location, contexts: gone }), undefined);
  }
  deepEqual(files.reader.list("/home/me"), []);
});

Deno.test("a preview is refused as the removal is", async () => {
  const states: Readonly<Record<string, (files: MemoryFiles) => void>> = {
    "a text that is cut": (files) => files.put(PATH, "clusters: ["),
    "a directory": (files) => files.directory(PATH),
    "links in a circle": (files) => files.symlink(PATH, { to: PATH }),
    "another user's link": (files) => {
      files.put("/home/me/real", kubeconfig([3], "c3"));
      files.symlink(PATH, { to: "/home/me/real", uid: 4 });
    },
  };
  for (const [what, state] of Object.entries(states)) {
    const { files, host } = world();
    state(files);
    const failures: unknown[] = [];
    for (const work of [previewRemoval, removeFromFile]) {
      try {
        await work(host, { location, contexts: gone });
      } catch (error) {
        failures.push(error instanceof AppError && [error.code, error.message, renderRemedy({}, error)]);
      }
    }
    equal(failures.length, 2, what);
    deepEqual(failures[0], failures[1], what);
  }
});

Deno.test("a file that is removed while the lock is awaited stays gone", async () => {
  const { files, host } = world(kubeconfig([3], "c3"));
  const open: typeof files.writer.open = (path, options) => {
    if (files.text(PATH) !== undefined) files.writer.remove(PATH);
    return files.writer.open(path, options);
  };
  equal(await removeFromFile({ ...host, write: { ...host.write, open } }, { location, contexts: gone }), undefined);
  equal(files.text(PATH), undefined);
  equal(files.reader.list("/home/me").includes("k.lock"), false);
});

Deno.test("a file that has become another one is looked at again", async () => {
  const { files, host } = world(kubeconfig([3, 4], "c4"));
  const changing = (names: NamesInUse) => {
    if (files.text(PATH)!.includes("c4")) files.put(PATH, kubeconfig([3, 6], "c6"));
    return gone(names);
  };
  deepEqual((await removeFromFile(host, { location, contexts: changing }))?.contexts, ["c3", "c6"]);
  equal(files.text(PATH)!.includes("k6"), false);
});

Deno.test("an emptied file stays empty; a broken one is refused with its position", async () => {
  const { files, host } = world("");
  deepEqual((await removeFromFile(host, { location, contexts: gone }))?.contexts, []);
  equal(files.text(PATH), "");
  files.put(PATH, "contexts:\n- {\n");
  await rejects(
    removeFromFile(host, { location, contexts: gone }),
    (error) => error instanceof AppError && error.code === "kubeconfig-merge" && error.place?.file === PATH,
  );
  equal(files.text(PATH), "contexts:\n- {\n");
});
