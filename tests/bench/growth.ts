import { bigKubeconfig } from "./big_kubeconfig.ts";
import { type Candidate, measure } from "./measure.ts";
import { type Bench, milliseconds } from "./row.ts";
import { surroundings, UPDATE_KUBECONFIG } from "./surroundings.ts";

const AT_MOST = 11;

/** Ten times the entries: how much more time, above what a run costs with an empty file. */
export const bench: Bench = {
  name: "growth",
  async run() {
    await using place = await surroundings();
    const into = (entries: number): Candidate => {
      const text = entries === 0 ? "" : bigKubeconfig(entries);
      const file = place.home.at(`file-${entries}`);
      return {
        words: place.atmos("aws", ...UPDATE_KUBECONFIG, "--kubeconfig", file),
        env: { ...place.env, KUBECONFIG: file },
        before: () => void place.home.write(`file-${entries}`, text),
      };
    };
    const times = await measure({ runs: 7, candidates: { none: into(0), few: into(500), many: into(5_000) } });
    const [few, many] = [times.few - times.none, times.many - times.none];
    return [{
      work: `5,000 entries, to 500, above the start of ${milliseconds(times.none)}`,
      ours: milliseconds(many),
      peer: milliseconds(few),
      ratio: (many / few).toFixed(2),
      target: `<= ${AT_MOST}`,
      ok: many / few <= AT_MOST,
    }];
  },
};
