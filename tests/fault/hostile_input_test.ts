import { equal } from "node:assert/strict";
import { checkHostile } from "../support/faults/check_hostile.ts";
import { recordFlow, type Recording, replayFlow, startDisk } from "../support/faults/fault_flow.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { MALFORMED, mutate } from "../support/faults/malformed.ts";
import { READING_FLOWS } from "../support/faults/reading_flows.ts";
import { randomRuns, seedOfToday } from "../support/random/runs.ts";

/** Of each file that a command finds: changes of it, and files that are none of its format. */
const MUTATIONS = randomRuns({ usual: 6, long: 100 });
const FOREIGN_FILES = randomRuns({ usual: 4, long: Object.keys(MALFORMED).length });
const SEED = seedOfToday();
let turn = SEED;

/** The files that a flow starts from, with locks and programs left out. */
function filesOf({ start }: Recording): readonly (readonly [path: string, text: string])[] {
  const files = [...start].filter(([path, kept]) => !kept.isDirectory && !/lock$|^\/bin\//.test(path));
  return files.map(([path, { text }]) => [path, text]);
}

function* hostileBytes(text: string): Iterable<readonly [what: string, bytes: Uint8Array]> {
  const names = Object.keys(MALFORMED);
  for (let count = 0; count < FOREIGN_FILES; count++) {
    const name = names[turn++ % names.length]!;
    yield [name, MALFORMED[name]!];
  }
  for (let count = 0; count < MUTATIONS; count++) yield [`seed ${++turn}`, mutate(text, turn)];
}

async function tryFile(
  recording: Recording,
  { path, what, bytes }: { readonly path: string; readonly what: string; readonly bytes: Uint8Array },
): Promise<string> {
  const disk = startDisk(recording);
  disk.putBytes(path, bytes);
  const begun = performance.now();
  const run = await replayFlow(recording, { disk });
  const told = `${path}, ${what}: ${run.status} ${run.err.slice(0, 2_000)}`;
  checkHostile(recording, { run, disk, path, bytes, ms: performance.now() - begun, told });
  return `exit ${run.status}`;
}

for (const flow of READING_FLOWS) {
  Deno.test(`malformed files: ${flow.tried} (ATMOS_TEST_SEED=${SEED})`, async (test) => {
    const recording = await recordFlow(flow);
    equal(recording.run.status, 0, recording.run.err);
    const outcomes = new Outcomes();
    for (const [path, text] of filesOf(recording)) {
      await test.step(path, async () => {
        for (const [what, bytes] of hostileBytes(text)) outcomes.add(await tryFile(recording, { path, what, bytes }));
      });
    }
    reportRow({ fault: "a malformed file", tried: flow.tried, outcomes: outcomes.counts });
  });
}
