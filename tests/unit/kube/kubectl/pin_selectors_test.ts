import { deepEqual, equal, match } from "node:assert/strict";
import { watchSelectors } from "../../../../src/kube/kubectl/pin_selectors.ts";
import { readSelector } from "../../../../src/kube/kubectl/selector.ts";
import { openSelector, sweepSelectors } from "../../../../src/kube/kubectl/selector_files.ts";
import { findStoredSelector, storeSelector } from "../../../../src/kube/kubectl/stored_selector.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const ROOT = "/home/me/.local/state/atmos/kube/selectors";
const DIRECTORY = `${ROOT}/test/dev`;
const DAY_MS = 24 * 3_600_000;
const FILE = "/home/me/kc";

interface Entry {
  readonly cluster?: string;
  readonly user?: string;
  readonly command?: string;
  readonly server?: string;
}

function kubeconfig({ cluster = "one", user = "me", command = "aws", server = "https://one" }: Entry): string {
  return `contexts:
- {name: prod, context: {cluster: ${cluster}, user: ${user}}}
- {name: other, context: {cluster: ${cluster}, user: ${user}}}
clusters:
- name: ${cluster}
  cluster: {server: ${server}, insecure-skip-tls-verify: true}
users:
- name: ${user}
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ${command}, args: [a, "1"], env: }
`;
}

/** What a selector of context prod is after the kubeconfig has become another one. */
async function afterwards(after: string | undefined, selected = FILE, { ageDays = 0 } = {}) {
  const files = new MemoryFiles();
  files.put(FILE, kubeconfig({}));
  const host = fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer }, uid: 1000 });
  files.now = () => host.clock.now() - ageDays * DAY_MS;
  const opened = openSelector(host, { directory: DIRECTORY, context: "prod", file: selected });
  const stored = await storeSelector(host, { directory: DIRECTORY, context: "prod", file: selected });
  const before = files.text(opened.path);
  const pinSelectors = watchSelectors(host, FILE);
  if (after === undefined) files.writer.remove(FILE);
  else files.put(FILE, after);
  await pinSelectors();
  const text = files.text(opened.path)!;
  equal(files.text(stored)!.replace(/(, )?shell: "4000@[0-9a-f]{8}"/, ""), text, "those of auth env, too");
  return { host, files, opened, stored, text, isPinned: text !== before };
}

const CHANGES: Readonly<Record<string, string | undefined>> = {
  "another cluster": kubeconfig({ cluster: "two" }),
  "another user": kubeconfig({ user: "you" }),
  "another plugin of the user": kubeconfig({ command: "atmos" }),
  "no context": "contexts: []\n",
  "no file": undefined,
};

for (const [what, after] of Object.entries(CHANGES)) {
  Deno.test(`pinned selectors: ${what} under the name of a context that a shell has`, async () => {
    const { host, files, opened, stored, text, isPinned } = await afterwards(after);
    equal(isPinned, true);
    match(text, /^current-context: prod$/m);
    match(text, /"server": "https:\/\/one", "insecure-skip-tls-verify": true/);
    match(text, /"command": "aws", "args": \["a", "1"\], "env": null/);
    equal(text.includes("other"), false);
    equal(host.read.stat(opened.path)!.mode, 0o600);
    deepEqual(readSelector(host, opened.path), {
      context: "prod",
      hasEntries: false,
      file: FILE,
      shell: undefined,
      isPinned: true,
    });
    // It is pinned once, and a new shell has another one.
    files.put(FILE, kubeconfig({ cluster: "three" }));
    const again = watchSelectors(host, FILE);
    files.put(FILE, kubeconfig({ cluster: "four" }));
    await again();
    equal(files.text(opened.path), text);
    equal(await findStoredSelector(host, { directory: DIRECTORY, context: "prod" }), `${stored}-2`);
    equal(opened.close(), undefined);
    equal(host.read.stat(opened.path), undefined);
  });
}

Deno.test("pinned selectors: one that cannot be written is named, and the others are pinned", async () => {
  const { host, files } = await afterwards(kubeconfig({}));
  const [locked, free] = [1, 2].map(() => openSelector(host, { directory: DIRECTORY, context: "prod", file: FILE }));
  files.put(`${locked!.path}.lock`, "");
  const pinSelectors = watchSelectors(host, FILE);
  files.put(FILE, kubeconfig({ cluster: "two" }));
  const failures = await pinSelectors();
  equal(failures.length, 1);
  equal(failures[0]!.message.startsWith(`Cannot pin the context that a shell has in "${locked!.path}": `), true);
  equal(readSelector(host, free!.path)!.isPinned, true);
});

Deno.test("pinned selectors: no failure of the disk is thrown once the kubeconfig is written", async () => {
  for (let effect = 1;; effect++) {
    const { host, files } = await afterwards(kubeconfig({}));
    const pinSelectors = watchSelectors(host, FILE);
    files.put(FILE, kubeconfig({ cluster: "two" }));
    const before = files.effects;
    files.failAt(effect, "no-space");
    await pinSelectors();
    if (files.effects - before < effect) return;
  }
});

Deno.test("pinned selectors: what programs have added to one stays in it", async () => {
  const { host, files } = await afterwards(kubeconfig({}));
  const added = openSelector(host, { directory: DIRECTORY, context: "prod", file: FILE });
  const chosen = openSelector(host, { directory: DIRECTORY, context: "kind", file: FILE });
  const entries =
    "clusters: [{name: kind, cluster: {server: 'https://kind'}}]\ncontexts: [{name: kind, context: {}}]\n";
  for (const { path } of [added, chosen]) {
    files.overwrite(path, files.text(path)!.replace("clusters: []\n", "").replace("contexts: []\n", entries));
  }
  const before = files.text(chosen.path);
  const pinSelectors = watchSelectors(host, FILE);
  files.put(FILE, kubeconfig({ cluster: "two" }));
  await pinSelectors();
  match(files.text(added.path)!, /"kind", cluster: \{"server": "https:\/\/kind"\}.*"one", cluster: /);
  deepEqual(readSelector(host, added.path), {
    context: "prod",
    hasEntries: true,
    file: FILE,
    shell: undefined,
    isPinned: true,
  });
  equal(files.text(chosen.path), before);
});

Deno.test("pinned selectors: what a program adds under kubectl's lock meanwhile stays in it, at whatever moment", async () => {
  let added = 0;
  for (let effect = 1;; effect++) {
    const { host, files } = await afterwards(kubeconfig({}));
    const { path } = openSelector(host, { directory: DIRECTORY, context: "prod", file: FILE });
    const pinSelectors = watchSelectors(host, FILE);
    files.put(FILE, kubeconfig({ cluster: "two" }));
    const before = files.effects;
    let isAdded = false;
    files.beforeEffect(effect, () => {
      if (files.text(`${path}.lock`) !== undefined || readSelector(host, path)?.isPinned) return;
      const kind = "contexts: [{name: kind, context: {}}]\n";
      files.overwrite(path, files.text(path)!.replace("contexts: []\n", kind));
      isAdded = true;
    });
    await pinSelectors();
    if (files.effects - before < effect) break;
    if (isAdded) match(files.text(path)!, /name: "?kind/, `effect ${effect}`);
    equal(readSelector(host, path)!.isPinned, true);
    added += isAdded ? 1 : 0;
  }
  equal(added > 5, true, `${added} times`);
});

Deno.test("pinned selectors: one whose shell lives is never swept, and one whose shell has ended is not made again", async () => {
  const { host, files, opened, isPinned } = await afterwards(kubeconfig({ cluster: "two" }), FILE, { ageDays: 8 });
  equal(isPinned, true);
  sweepSelectors(host, ROOT);
  equal(host.read.stat(opened.path)?.isFile, true);
  deepEqual(host.read.list(DIRECTORY).filter((name) => name.includes("lock")), []);
  // The kernel takes the lock from a process that was killed.
  files.restart();
  sweepSelectors(host, ROOT);
  equal(host.read.stat(opened.path), undefined);
  const ended = openSelector(host, { directory: DIRECTORY, context: "prod", file: FILE });
  const pinSelectors = watchSelectors(host, FILE);
  files.put(FILE, kubeconfig({ cluster: "three" }));
  ended.close();
  await pinSelectors();
  equal(host.read.stat(ended.path), undefined);
});

Deno.test("pinned selectors: what leads the same way, and what other files say, is followed", async () => {
  equal((await afterwards(kubeconfig({ server: "https://new" }))).isPinned, false);
  equal((await afterwards(kubeconfig({}))).isPinned, false);
  equal((await afterwards(kubeconfig({ cluster: "two" }), "/home/me/mine")).isPinned, false);
});

Deno.test("pinned selectors: what cannot be examined keeps no command from its work", async () => {
  for (const odd of ["/home/me/circle", `${FILE}/below`]) {
    const { files, host } = await afterwards(kubeconfig({}));
    files.symlink("/home/me/circle", { to: "/home/me/circle" });
    openSelector(host, { directory: DIRECTORY, context: "prod", file: odd });
    const { path } = openSelector(host, { directory: DIRECTORY, context: "prod", file: FILE });
    const pinSelectors = watchSelectors(host, FILE);
    files.put(FILE, kubeconfig({ cluster: "two" }));
    await pinSelectors();
    equal(readSelector(host, path)!.isPinned, true, odd);
  }
  for (let effect = 1;; effect++) {
    const { files, host } = await afterwards(kubeconfig({}));
    files.failAt(effect, "denied");
    const before = files.effects;
    watchSelectors(host, FILE);
    if (files.effects - before < effect) break;
  }
});
