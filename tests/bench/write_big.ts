import { bigKubeconfig } from "./big_kubeconfig.ts";
import { type Candidate, measure } from "./measure.ts";
import { kubectlPeer, realAws } from "./peers.ts";
import { type Bench, ratioRow, type Row } from "./row.ts";
import { type Surroundings, surroundings, UPDATE_KUBECONFIG } from "./surroundings.ts";

const ENTRIES = 5_000;

/** One more cluster in a file of 5,000, each run on a fresh copy. */
export const bench: Bench = {
  name: "write-big",
  async run() {
    await using place = await surroundings();
    const text = bigKubeconfig(ENTRIES);
    const file = place.home.at("big");
    const before = () => void place.home.write("big", text);
    const env = { ...place.env, KUBECONFIG: file };
    const ours = { words: place.atmos("aws", ...UPDATE_KUBECONFIG, "--kubeconfig", file), env, before };
    const compare = (comparison: Omit<Comparing, "ours" | "place">) => row({ ...comparison, ours, place });

    const [aws, kubectl] = [realAws(), kubectlPeer()];
    const rows: Row[] = [];
    if (kubectl !== undefined) {
      const words = [kubectl.path, "config", "set-context", "x", "--cluster=x", "--user=x"];
      rows.push(
        await compare({ label: "kubectl config set-context", peer: { words, env, before }, runs: 5, atMost: 0.18 }),
      );
    }
    if (aws !== undefined) {
      const words = [aws.path, ...UPDATE_KUBECONFIG, "--kubeconfig", file];
      rows.push(await compare({ label: aws.label, peer: { words, env, before }, runs: 3, atMost: 0.035 }));
    }
    return rows;
  },
};

interface Comparing {
  readonly place: Surroundings;
  readonly label: string;
  readonly ours: Candidate;
  readonly peer: Candidate;
  readonly runs: number;
  readonly atMost: number;
}

async function row({ label, ours, peer, runs, atMost }: Comparing): Promise<Row> {
  const times = await measure({ runs, candidates: { ours, peer } });
  return ratioRow({ work: `one more in a file of ${ENTRIES} clusters, to ${label}`, ...times, atMost });
}
