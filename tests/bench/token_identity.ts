import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { measure, peakMemory } from "./measure.ts";
import { type Bench, ratioRow } from "./row.ts";

const MOST_MEMORY = 40;

/** A token as an identity that is logged in, as a kubeconfig of ours asks for it, next to an empty script. */
export const bench: Bench = {
  name: "token-identity",
  async run() {
    await using world = await loginWorld();
    await world.run(["auth", "login"]);
    const env = { ...runtimeEnv(), ...world.env(NOBODY) };
    const empty = world.home.write("empty.ts", "");
    const named = ["--identity=Dev", "--config", world.home.at("repo/atmos.yaml")];
    const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", ...named];
    const ours = { words: [...atmosWords(), ...token], env };
    const peer = { words: [Deno.execPath(), "run", "--quiet", "--no-prompt", "--no-config", empty], env };
    const times = await measure({ runs: 11, candidates: { ours, peer } });
    const memory = await peakMemory(ours);
    return [
      ratioRow({ work: "token as an identity, to an empty deno script", ...times, atMost: 1.4 }),
      {
        work: "peak memory of token as an identity",
        ours: memory === undefined ? "" : `${memory.toFixed(0)} MiB`,
        peer: "",
        ratio: "",
        target: `<= ${MOST_MEMORY} MiB`,
        ok: memory === undefined ? undefined : memory <= MOST_MEMORY,
      },
    ];
  },
};
