import { equal, ok } from "node:assert/strict";
import { failEffect, FILE_FAULTS } from "../support/faults/fail_once.ts";
import { recordFlow } from "../support/faults/fault_flow.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { FAULT_FLOWS } from "../support/faults/flows.ts";
import { sampled } from "../support/faults/sample.ts";

/** Of a command's effects on files, of which there are some 6,000 in all. */
const STEP = 19;

for (const [at, flow] of FAULT_FLOWS.entries()) {
  Deno.test(`every effect on files fails once: ${flow.tried}`, async (test) => {
    const recording = await recordFlow(flow);
    equal(recording.run.status, 0, recording.run.err);
    ok(recording.effects > 20, `${recording.effects} effects`);
    for (const [index, errno] of Object.keys(FILE_FAULTS).entries()) {
      await test.step(errno, async () => {
        const outcomes = new Outcomes();
        for (const n of sampled(recording.effects, { step: STEP, of: at + index })) {
          outcomes.add(await failEffect(recording, { at: n, errno }));
        }
        reportRow({ fault: "every effect on files fails once", tried: flow.tried, outcomes: outcomes.counts });
      });
    }
  });
}
