import { failRequest } from "../support/faults/fail_once.ts";
import { recordFlow } from "../support/faults/fault_flow.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { FAULT_FLOWS } from "../support/faults/flows.ts";
import { NET_FAULTS } from "../support/faults/net_faults.ts";
import { sampled } from "../support/faults/sample.ts";

const STEP = 2;

/** The SDK waits between tries, by the runtime's own timer. */
function withoutWaiting(): Disposable {
  const timer = globalThis.setTimeout;
  const soon = (act: () => void, _ms?: number, ...args: unknown[]) => timer(act, 0, ...args as []);
  globalThis.setTimeout = soon as typeof setTimeout;
  return { [Symbol.dispose]: () => void (globalThis.setTimeout = timer) };
}

for (const [at, flow] of FAULT_FLOWS.entries()) {
  Deno.test(`every request goes wrong once: ${flow.tried}`, async (test) => {
    const recording = await recordFlow(flow);
    using _ = withoutWaiting();
    for (const [index, [name, fault]] of Object.entries(NET_FAULTS).entries()) {
      await test.step(name, async () => {
        const outcomes = new Outcomes();
        for (const n of sampled(recording.run.requests.length, { step: STEP, of: at + index })) {
          outcomes.add(await failRequest(recording, { at: n, fault }));
        }
        reportRow({ fault: "every request goes wrong once", tried: flow.tried, outcomes: outcomes.counts });
      });
    }
  });
}
