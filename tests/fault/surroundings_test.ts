import { FAULT_FLOWS } from "../support/faults/flows.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { sampled } from "../support/faults/sample.ts";
import { SURROUNDINGS } from "../support/faults/surroundings.ts";
import { trySurroundings } from "../support/faults/try_surroundings.ts";
import { skip } from "./store_process.ts";

/** Of the flows, each of which is some processes. */
const STEP = 16;
const FLOWS = FAULT_FLOWS.filter(({ isPlayed }) => isPlayed !== true);

for (const [at, [name, surroundings]] of Object.entries(SURROUNDINGS).entries()) {
  Deno.test({
    name: `surroundings: ${name}`,
    ignore: skip(name, surroundings.missing?.()),
    async fn(test) {
      for (const n of sampled(FLOWS.length, { step: STEP, of: at })) {
        const flow = FLOWS[n - 1]!;
        await test.step(flow.tried, async () => {
          const outcomes = new Outcomes();
          outcomes.add(await trySurroundings(flow, surroundings));
          reportRow({ fault: `in ${name}`, tried: flow.tried, outcomes: outcomes.counts });
        });
      }
    },
  });
}
