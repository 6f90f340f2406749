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

/** The files that a flow starts from, with locks and programs left out. */
function filesOf({ start }: Recording): readonly (readonly [path: string, text: string])[] {
  const files = [...start].filter(([path, kept]) => !kept.isDirectory && !/lock$|^\/bin\//.test(path));
  return files.map(([path, { text }]) => [path, text]);
}

/** `turn` is another one for each file, and the same one whichever tests run. */
function* hostileBytes(text: string, turn: number): Iterable<readonly [what: string, bytes: Uint8Array]> {
  const names = Object.keys(MALFORMED);
  for (let at = turn * FOREIGN_FILES; at < (turn + 1) * FOREIGN_FILES; at++) {
    const name = names[at % names.length]!;
    yield [name, MALFORMED[name]!];
  }
  for (let at = turn * MUTATIONS; at < (turn + 1) * MUTATIONS; at++) yield [`seed ${at}`, mutate(text, at)];
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

for (const [nth, flow] of READING_FLOWS.entries()) {
  Deno.test(`malformed files: ${flow.tried} (ATMOS_TEST_SEED=${SEED})`, async (test) => {
    const recording = await recordFlow(flow);
    equal(recording.run.status, 0, recording.run.err);
    const outcomes = new Outcomes();
    for (const [at, [path, text]] of filesOf(recording).entries()) {
      await test.step(path, async () => {
        for (const [what, bytes] of hostileBytes(text, SEED + nth * 100 + at)) {
          outcomes.add(await tryFile(recording, { path, what, bytes }));
        }
      });
    }
    reportRow({ fault: "a malformed file", tried: flow.tried, outcomes: outcomes.counts });
  });
}
