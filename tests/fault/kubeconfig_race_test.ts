import assert from "node:assert/strict";
import { parse } from "yaml";
import { reportRow } from "../support/faults/fault_report.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { RandomSource } from "../support/random/source.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const HAND_WRITTEN = "# by hand, keep\napiVersion: v1\nkind: Config\nclusters: # none yet\n";
const SEED = 7;

function writer(args: readonly string[]): Deno.ChildProcess {
  const script = new URL("kubeconfig_writer.ts", import.meta.url).href;
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys",
      "--allow-run=cp",
      script,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function namesIn(text: string): string[] {
  const config = parse(text) as Record<"clusters" | "contexts" | "users", { name: string }[]>;
  assert.equal(config.clusters.length, config.contexts.length);
  assert.equal(config.clusters.length, config.users.length);
  return config.contexts.map((context) => context.name).sort();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits for the writer's word that it has begun. */
async function ready(process: Deno.ChildProcess): Promise<void> {
  const reader = process.stdout.getReader();
  await reader.read();
  reader.releaseLock();
}

async function gone(process: Deno.ChildProcess): Promise<void> {
  await Promise.all([process.status, process.stdout.cancel(), process.stderr.cancel()]);
}

async function ended(process: Deno.ChildProcess): Promise<number> {
  const { code, stderr } = await process.output();
  if (code !== 0) console.log(new TextDecoder().decode(stderr));
  return code;
}

Deno.test("50 processes add 50 clusters to one file at once, and 50 are there", async () => {
  using home = tempHome();
  const path = home.write("config", HAND_WRITTEN);
  const names = Array.from({ length: 50 }, (_, i) => `cluster-${String(i).padStart(2, "0")}`);
  const statuses = await Promise.all(names.map((name) => ended(writer([path, name]))));
  assert.deepEqual(new Set(statuses), new Set([0]));
  const text = home.read("config")!;
  assert.deepEqual(namesIn(text), names);
  assert.ok(text.startsWith(HAND_WRITTEN));
  assert.ok(!home.files().includes("config.lock"), "kubectl would find it locked");
  reportRow({ fault: "at once", tried: "writers of a kubeconfig", outcomes: { "every cluster is there": 50 } });
});

Deno.test("200 kills at random moments leave a whole file and no lock that stops anybody", async () => {
  using home = tempHome();
  const path = home.write("config", HAND_WRITTEN);
  const random = new RandomSource(SEED);
  let killed = 0;
  while (killed < 200) {
    const victims = Array.from({ length: 4 }, (_, i) => writer([path, `victim-${i}`, "100000"]));
    await Promise.all(victims.map(ready));
    for (const victim of victims) {
      await pause(random.below(40));
      victim.kill("SIGKILL");
      checkWhole(home.read("config")!);
      killed++;
    }
    await Promise.all(victims.map(gone));
  }
  assert.equal(await ended(writer([path, "survivor"])), 0);
  const text = home.read("config")!;
  assert.ok(text.startsWith(HAND_WRITTEN));
  assert.ok(namesIn(text).includes("survivor"));
  assert.ok(namesIn(text).length > 1, "no victim ever wrote: the test proves nothing");
  Deno.openSync(`${path}.lock`, { createNew: true, write: true }).close();
  const outcomes = { "whole, and the next run works": killed };
  reportRow({ fault: "killed at a random moment", tried: "writers of a kubeconfig", outcomes });
});

/** The file as it was before anybody wrote, or one whose three lists go together. */
function checkWhole(text: string): void {
  assert.ok(text.startsWith(HAND_WRITTEN));
  if (text !== HAND_WRITTEN) namesIn(text);
}

Deno.test({
  name: "kubectl reads the file while it is written, and writes it in between",
  ignore: !hasProgram("kubectl", "kubectl reads the file while it is written"),
  fn: async () => {
    using home = tempHome();
    const path = home.write("config", HAND_WRITTEN);
    const busy = writer([path, "busy", "200"]);
    for (let i = 0; i < 10; i++) {
      const view = await new Deno.Command("kubectl", { args: ["--kubeconfig", path, "config", "view", "-o", "json"] })
        .output();
      assert.equal(view.code, 0, new TextDecoder().decode(view.stderr));
    }
    assert.equal(await ended(busy), 0);
    const set = await new Deno.Command("kubectl", {
      args: ["--kubeconfig", path, "config", "set-context", "mine", "--cluster=busy"],
    }).output();
    assert.equal(set.code, 0, new TextDecoder().decode(set.stderr));
    assert.equal(await ended(writer([path, "after"])), 0);
    assert.deepEqual(namesOf(home.read("config")!), ["after", "busy", "mine"]);
  },
});

function namesOf(text: string): string[] {
  return (parse(text) as { contexts: { name: string }[] }).contexts.map((context) => context.name).sort();
}
