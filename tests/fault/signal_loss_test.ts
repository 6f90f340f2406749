import { equal } from "node:assert/strict";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { fromFileUrl } from "../support/machine/paths.ts";
import { randomRuns } from "../support/random/runs.ts";

const CHILD = fromFileUrl(new URL("./signal_child.ts", import.meta.url));
const RUNS = randomRuns({ usual: 60, long: 1_000 });
/** It listens and stops some times meanwhile. */
const WAIT_MS = 30;
const PATIENCE_MS = 5_000;

Deno.test({
  name: "no signal is lost that comes while a listener stops",
  ignore: Deno.build.os === "windows",
  async fn() {
    const outcomes = new Outcomes();
    for (let run = 0; run < RUNS; run++) {
      const outcome = await interruptOnce();
      outcomes.add(outcome);
      equal(outcome, "ended", `run ${run}`);
    }
    reportRow({ fault: "a signal while a listener stops", tried: "a process", outcomes: outcomes.counts });
  },
});

async function interruptOnce(): Promise<string> {
  const args = ["run", "--quiet", "--no-check", CHILD];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  const lines = child.stdout.getReader();
  await lines.read();
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS * (1 + Math.random())));
  child.kill("SIGINT");
  const lost = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  const { signal } = await child.status;
  clearTimeout(lost);
  await lines.cancel();
  return signal === "SIGKILL" ? "lost" : "ended";
}
