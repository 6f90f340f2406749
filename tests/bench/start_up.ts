import { atmosWords, runAtmos, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { measure } from "./measure.ts";
import { type Bench, ratioRow } from "./row.ts";

/** What every command pays before it does anything: `atmos version` next to an empty script. */
export const bench: Bench = {
  name: "start-up",
  async run() {
    await using home = tempHome();
    const empty = home.write("empty.ts", "");
    const env = { ...runtimeEnv(), HOME: home.path };
    const bare = [Deno.execPath(), "run", "--quiet", "--no-prompt", "--no-config", empty];
    // Deno keeps a program's compiled code once a run has waited for something, which `version` never does.
    await runAtmos(["version", "--help"], { env });
    const times = await measure({
      runs: 15,
      candidates: { ours: { words: [...atmosWords(), "version"], env }, peer: { words: bare, env } },
    });
    return [ratioRow({ work: "atmos version, to an empty deno script", ...times, atMost: 1.15 })];
  },
};
