import { failProgram } from "../support/faults/fail_once.ts";
import { recordFlow } from "../support/faults/fault_flow.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { FAULT_FLOWS } from "../support/faults/flows.ts";
import { PROGRAM_FAULTS } from "../support/faults/program_faults.ts";

for (const flow of FAULT_FLOWS) {
  Deno.test(`every program goes wrong once: ${flow.tried}`, async (test) => {
    const recording = await recordFlow(flow);
    if (recording.run.programs.length === 0) return;
    for (const [name, fault] of Object.entries(PROGRAM_FAULTS)) {
      await test.step(name, async () => {
        const outcomes = new Outcomes();
        for (const at of recording.run.programs.keys()) {
          outcomes.add(await failProgram(recording, { at: at + 1, fault }));
        }
        reportRow({ fault: "every program goes wrong once", tried: flow.tried, outcomes: outcomes.counts });
      });
    }
  });
}
