import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { type Candidate, measure, peakMemory } from "./measure.ts";
import { realAws } from "./peers.ts";
import { type Bench, ratioRow, type Row } from "./row.ts";

const CLUSTER = ["--cluster-name", "dev-cluster", "--region", "us-east-2"];
const MOST_MEMORY = 40;

/** A token for kubectl, with keys in the environment, next to an empty script and to `aws eks get-token`. */
export const bench: Bench = {
  name: "token",
  async run() {
    await using home = tempHome();
    const env = { ...runtimeEnv(), ...keyEnv(USER_KEY), HOME: home.path, PATH: Deno.env.get("PATH") ?? "" };
    const bare = [Deno.execPath(), "run", "--quiet", "--no-prompt", "--no-config", home.write("empty.ts", "")];
    const token = ["aws", "eks", "token", ...CLUSTER];
    const ours = { words: [...atmosWords(), ...token], env };
    const source = { words: [...atmosWords(""), ...token], env };
    const peer = { words: bare, env };
    const rows: Row[] = [
      ratioRow({
        work: "token, to an empty deno script",
        ...await measure({ runs: 15, candidates: { ours, peer } }),
        atMost: 1.4,
      }),
      {
        ...ratioRow({
          work: "token from the sources, to the same",
          ...await measure({ runs: 7, candidates: { ours: source, peer } }),
          atMost: 2,
        }),
        target: "",
        ok: undefined,
      },
    ];
    const aws = realAws();
    if (aws !== undefined) {
      const words = [aws.path, "eks", "get-token", ...CLUSTER];
      const times = await measure({ runs: 7, candidates: { ours, peer: { words, env } } });
      rows.push(ratioRow({ work: `token, to ${aws.label} eks get-token`, ...times, atMost: 0.1 }));
    }
    return [...rows, await memoryRow(ours, peer)];
  },
};

async function memoryRow(ours: Candidate, bare: Candidate): Promise<Row> {
  const [own, other] = [await peakMemory(ours), await peakMemory(bare)];
  const shown = (value: number | undefined) => value === undefined ? "" : `${value.toFixed(0)} MiB`;
  return {
    work: "peak memory of token, to an empty deno script",
    ours: shown(own),
    peer: shown(other),
    ratio: own === undefined || other === undefined ? "" : (own / other).toFixed(2),
    target: `<= ${MOST_MEMORY} MiB`,
    ok: own === undefined ? undefined : own <= MOST_MEMORY,
  };
}
