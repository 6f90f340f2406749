import assert from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import { update } from "../../src/store/replace.ts";
import type { MemoryFiles } from "../support/host/memory_files.ts";
import { RandomSource } from "../support/random/source.ts";
import { append as appendLine, fakeStore } from "../unit/store/store_host.ts";
import { append } from "./store_child.ts";
import { tempFolder } from "./store_process.ts";
import type { Addition } from "./store_stranger_worker.ts";

const PATH = "/home/me/.kube/config";
const OLD = "a first line\n";
const SEED = 11;

/** Ways in which a program without a lock adds a line at once. */
const STRANGERS: Readonly<Record<string, (files: MemoryFiles) => void>> = {
  "over the file": (files) => files.overwrite(PATH, `${files.text(PATH) ?? ""}theirs\n`),
  "beside it, then renamed": (files) => files.put(PATH, `${files.text(PATH) ?? ""}theirs\n`),
};
const SITUATIONS: Readonly<Record<string, (files: MemoryFiles) => void>> = {
  "a file": () => {},
  "a mounted file": (files) => files.pin(PATH),
  "a file in a closed directory": (files) => files.close("/home/me/.kube", "read-only"),
};

function prepared(situation: string) {
  const store = fakeStore();
  store.files.put(PATH, OLD);
  SITUATIONS[situation]!(store.files);
  let late = 0;
  const now = store.files.now;
  store.files.now = () => now() + late;
  const run = () => update(store.host, { path: PATH, edit: appendLine("ours"), stateDirectory: "/home/me/state" });
  return { ...store, run, tick: () => void late++ };
}

/** Where a change of another program is lost all the same: it comes between the last look and the very next effects. */
const UNSEEN: readonly (readonly [string, string, readonly string[]])[] = [
  ["a file", "over the file", []],
  ["a file", "beside it, then renamed", ["rename to"]],
  ["a mounted file", "over the file", ["rewind", "write", "truncate"]],
  ["a file in a closed directory", "over the file", ["rewind", "write", "truncate"]],
];

for (const [situation, way, unseen] of UNSEEN) {
  Deno.test(`a program without a lock writes ${way} before any one effect: ${situation}`, async () => {
    const counted = prepared(situation);
    const before = counted.files.effects;
    await counted.run();
    const lost: string[] = [];
    for (let n = 1; n <= counted.files.effects - before; n++) {
      const { files, run, tick } = prepared(situation);
      let moment = "";
      files.beforeEffect(n, (operation) => {
        moment = operation;
        tick();
        STRANGERS[way]!(files);
      });
      await run();
      const lines = files.text(PATH)!.split("\n").sort().join(" ").trim();
      if (lines !== "a first line ours theirs") lost.push(moment);
    }
    assert.deepEqual(lost, unseen);
  });
}

Deno.test("a file that is replaced as a whole: what a program writes before any one effect is in a backup or stays", async () => {
  const replace = ({ host }: ReturnType<typeof prepared>) =>
    update(host, { path: PATH, edit: () => new TextEncoder().encode("ours\n"), keepBackup: true });
  const counted = prepared("a file");
  const before = counted.files.effects;
  await replace(counted);
  const lost: string[] = [];
  for (let n = 1; n <= counted.files.effects - before; n++) {
    const store = prepared("a file");
    const { files, tick } = store;
    let moment = "";
    files.beforeEffect(n, (operation) => {
      moment = operation;
      tick();
      files.overwrite(PATH, "theirs\n");
    });
    await replace(store);
    const kept = files.reader.list("/home/me/.kube").map((name) => files.text(`/home/me/.kube/${name}`));
    if (!kept.includes("theirs\n")) lost.push(moment);
  }
  assert.deepEqual(lost, []);
});

Deno.test("a program that never stops: exit status 6 in the end, and its file is as it wrote it", async () => {
  let writes = 0;
  const { files, run } = prepared("a file");
  const disturb = () => {
    files.beforeEffect(1, disturb);
    files.overwrite(PATH, `${OLD}${"x".repeat(++writes)}\n`);
  };
  disturb();
  await assert.rejects(
    run(),
    (error) => error instanceof AppError && error.code === "locked" && /keeps changing it/.test(error.message),
  );
  assert.equal(files.text(PATH), `${OLD}${"x".repeat(writes)}\n`);
});

/** How many of the lines that a program without a lock adds to a file, while we add ours, are not there in the end. */
async function countLost(
  { bytes, tries }: { bytes: number; tries: number },
): Promise<{ theirs: number; ours: number }> {
  using folder = tempFolder();
  const [path, random] = [`${folder.path}/config`, new RandomSource(SEED)];
  const old = `${"x".repeat(79)}\n`.repeat(Math.ceil(bytes / 80));
  const worker = new Worker(new URL("store_stranger_worker.ts", import.meta.url), { type: "module" });
  const stranger = (addition: Addition) =>
    new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage(addition);
    });
  const lost = { theirs: 0, ours: 0 };
  let usual = 5;
  for (let i = 0; i < tries; i++) {
    Deno.writeTextFileSync(path, old, { mode: 0o600 });
    const done = stranger({ path, line: "theirs", waitMs: random.below(1_000) / 1_000 * usual });
    const start = performance.now();
    await append({ path, line: "ours" });
    usual = Math.max(1, performance.now() - start);
    await done;
    const text = Deno.readTextFileSync(path);
    if (!text.includes("theirs\n")) lost.theirs++;
    if (!text.includes("ours\n")) lost.ours++;
  }
  worker.terminate();
  return lost;
}

for (const [size, bytes, tries] of [["2 KB", 2_000, 400], ["5 MB", 5_000_000, 60]] as const) {
  Deno.test(`a process without a lock writes at random moments: ${size}`, async () => {
    const { theirs, ours } = await countLost({ bytes, tries });
    console.log(`${size}: of ${tries} lines of another program ${theirs} lost; of ours it lost ${ours}`);
    assert.ok(theirs <= tries / 100, `${theirs} of ${tries} lost`);
  });
}
