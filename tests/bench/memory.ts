import { bigKubeconfig } from "./big_kubeconfig.ts";
import { type Candidate, peakMemory } from "./measure.ts";
import { realAws } from "./peers.ts";
import type { Bench, Row } from "./row.ts";
import { surroundings, UPDATE_KUBECONFIG } from "./surroundings.ts";

/** Highest resident memory of a dry run, and of a write into 5,000 clusters. */
export const bench: Bench = {
  name: "memory",
  async run() {
    if (Deno.build.os !== "linux") {
      console.log("SKIP peak memory: it is read from /proc, which only Linux has");
      return [];
    }
    await using place = await surroundings();
    const aws = realAws();
    const file = place.home.at("big");
    const text = bigKubeconfig(5_000);
    const before = () => void place.home.write("big", text);
    const dryRun = [...UPDATE_KUBECONFIG, "--dry-run"];
    const write = [...UPDATE_KUBECONFIG, "--kubeconfig", file];
    const { env } = place;
    return [
      await row({
        work: "peak memory of --dry-run",
        ours: { words: place.atmos("aws", ...dryRun), env },
        peer: aws && { words: [aws.path, ...dryRun], env },
        atMost: 96,
      }),
      await row({
        work: "peak memory of a write into 5,000 clusters",
        ours: { words: place.atmos("aws", ...write), env, before },
        atMost: 140,
      }),
    ];
  },
};

interface Comparing {
  readonly work: string;
  readonly ours: Candidate;
  readonly peer?: Candidate | undefined;
  /** MiB. */
  readonly atMost?: number;
}

async function row({ work, ours, peer, atMost }: Comparing): Promise<Row> {
  const own = await peakMemory(ours);
  const other = peer === undefined ? undefined : await peakMemory(peer);
  return {
    work,
    ours: mebibytes(own),
    peer: mebibytes(other),
    ratio: own === undefined || other === undefined ? "" : (own / other).toFixed(2),
    target: atMost === undefined ? "" : `<= ${atMost} MiB`,
    ok: atMost === undefined || own === undefined ? undefined : own <= atMost,
  };
}

function mebibytes(value: number | undefined): string {
  return value === undefined ? "" : `${value.toFixed(0)} MiB`;
}
