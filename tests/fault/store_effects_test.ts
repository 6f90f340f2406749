import assert from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import { FileError, type FileErrorKind } from "../../src/host/files/file_error.ts";
import { update } from "../../src/store/replace.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import type { MemoryFiles } from "../support/host/memory_files.ts";
import { append, type FakeStore, fakeStore } from "../unit/store/store_host.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const PATH = "/home/me/.kube/config";
const STATE = "/home/me/state";
const OLD = "a first line, longer than what comes after it\n";
const NEW = `${OLD}second\n`;
const KINDS: readonly FileErrorKind[] = ["no-space", "denied", "read-only", "busy", "other"];

/** The ways a file can lie; each is updated once per effect, with that effect failing or being the last. */
const SITUATIONS: Readonly<Record<string, (files: MemoryFiles) => void>> = {
  "a new file": () => {},
  "an existing file": (files) => files.put(PATH, OLD),
  "a file behind a link": (files) => {
    files.put("/dotfiles/config", OLD);
    files.symlink(PATH, { to: "/dotfiles/config" });
  },
  "a file system without hard links": (files) => {
    files.put(PATH, OLD);
    files.hardLinks = false;
  },
  "a file open to others, its attributes copied": (files) => files.put(PATH, OLD, { mode: 0o640 }),
  "a file open to others, in place": (files) => files.put(PATH, OLD, { mode: 0o640 }),
  "a mounted file": (files) => {
    files.put(PATH, OLD);
    files.pin(PATH);
  },
  "a file in a closed directory": (files) => {
    files.put(PATH, OLD);
    files.close("/home/me/.kube", "read-only");
  },
};

function prepared(situation: string): FakeStore {
  const store = fakeStore();
  SITUATIONS[situation]!(store.files);
  return store;
}

function run({ host, files }: FakeStore, situation: string) {
  return update(host, {
    path: PATH,
    edit: append("second"),
    keepBackup: true,
    stateDirectory: STATE,
    ...(situation.includes("open to others") ? {} : { mode: 0o600 }),
    ...(situation.includes("copied") ? { copyAttributes: (copy) => Promise.resolve(files.copyAttributes(copy)) } : {}),
  });
}

async function countEffects(situation: string): Promise<number> {
  const store = prepared(situation);
  const before = store.files.effects;
  await run(store, situation);
  return store.files.effects - before;
}

function assertWhole({ files }: FakeStore, situation: string): string | undefined {
  const text = files.text(PATH);
  const whole = situation === "a new file" ? [undefined, "second\n"] : [OLD, NEW];
  assert.ok(whole.includes(text), `neither old nor new: ${JSON.stringify(text)}`);
  return text;
}

/** What is there besides the file, its guard and its backup. */
function leftovers({ files }: FakeStore): readonly string[] {
  const folders = ["/home/me/.kube", "/dotfiles", STATE].filter((folder) => files.reader.stat(folder) !== undefined);
  return folders.flatMap(files.reader.list).filter((name) => /\.lock$|-tmp$|-old$|-new$/.test(name));
}

Deno.test("a directory that cannot be flushed: the file is written, and so it is said", async () => {
  const store = prepared("an existing file");
  const syncDirectory = (path: string) => {
    throw new FileError("other", path, "flush");
  };
  const host = { ...store.host, write: { ...store.host.write, syncDirectory } };
  assert.equal((await run({ ...store, host }, "an existing file")).changed, true);
  assert.equal(store.files.text(PATH), NEW);
});

for (const situation of Object.keys(SITUATIONS)) {
  Deno.test(`every effect fails once: ${situation}`, async (t) => {
    const effects = await countEffects(situation);
    assert.ok(effects > 15, `${effects} effects`);
    for (const kind of KINDS) {
      await t.step(kind, async () => {
        const outcomes = new Outcomes();
        for (let n = 1; n <= effects; n++) outcomes.add(await failOnce(situation, { n, kind }));
        reportRow({ fault: "every effect fails once", tried: "an update of a file", outcomes: outcomes.counts });
      });
    }
  });

  Deno.test(`killed before every effect: ${situation}`, async () => {
    const effects = await countEffects(situation);
    for (let n = 1; n <= effects; n++) await killOnce(situation, n);
    const outcomes = { "old or new, and the next run works": effects };
    reportRow({ fault: "killed before every effect", tried: "an update of a file", outcomes });
  });
}

async function failOnce(situation: string, { n, kind }: { n: number; kind: FileErrorKind }): Promise<string> {
  const store = prepared(situation);
  let ending = "written all the same";
  store.files.failAt(n, kind);
  try {
    await run(store, situation);
    // A failure that there is a way round (another place, another lock) need not be one.
    assert.notEqual(assertWhole(store, situation), situation === "a new file" ? undefined : OLD);
  } catch (error) {
    assert.ok(error instanceof FileError || error instanceof AppError, `effect ${n}: ${error}`);
    assertWhole(store, situation);
    ending = "refused, the file is whole";
  }
  // At most the one thing whose removal failed.
  const spared = store.files.failed?.path.split("/").at(-1);
  assert.deepEqual(leftovers(store).filter((name) => name !== spared), [], `effect ${n}`);
  await assertNextRunWorks(store, situation);
  return ending;
}

async function killOnce(situation: string, n: number): Promise<void> {
  const store = prepared(situation);
  store.files.stopAt(n);
  await assert.rejects(run(store, situation));
  store.files.restart();
  if (lockWithoutMark(store)) return await assertLocked(store, situation);
  if (!["mounted", "closed", "in place"].some((one) => situation.includes(one))) assertWhole(store, situation);
  await assertNextRunWorks(store, situation);
}

/** The one gap, only without hard links: killed between creating the lock file and marking it as ours. */
function lockWithoutMark({ files }: FakeStore): boolean {
  return !files.hardLinks && (files.text(`${PATH}.lock`)?.length ?? 6) < 6;
}

async function assertLocked(store: FakeStore, situation: string): Promise<void> {
  await assert.rejects(
    run(store, situation),
    (error) => error instanceof AppError && renderRemedy({}, error).endsWith(`rm ${PATH}.lock`),
  );
}

/** The next run finishes without waiting and adds its line to the old or to the new content, and kubectl can lock. */
async function assertNextRunWorks(store: FakeStore, situation: string): Promise<void> {
  store.files.restart();
  const slept = store.slept();
  await run(store, situation);
  assert.equal(store.slept(), slept, "it had to wait");
  const old = situation === "a new file" ? "" : OLD;
  assert.ok(
    [`${old}second\n`, `${old}second\nsecond\n`].includes(store.files.text(PATH) ?? ""),
    store.files.text(PATH),
  );
  assert.deepEqual(leftovers(store), []);
}
