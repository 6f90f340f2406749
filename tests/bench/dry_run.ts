import { measure } from "./measure.ts";
import { awsPeers } from "./peers.ts";
import { type Bench, ratioRow, type Row } from "./row.ts";
import { surroundings, UPDATE_KUBECONFIG } from "./surroundings.ts";

/** The entry of one cluster, printed: one DescribeCluster and no write. */
export const bench: Bench = {
  name: "dry-run",
  async run() {
    await using place = await surroundings();
    const rows: Row[] = [];
    for (const { label, path } of awsPeers()) {
      const times = await measure({
        runs: 7,
        candidates: {
          ours: { words: place.atmos("aws", ...UPDATE_KUBECONFIG, "--dry-run"), env: place.env },
          peer: { words: [path, ...UPDATE_KUBECONFIG, "--dry-run"], env: place.env },
        },
      });
      rows.push(ratioRow({ work: `update-kubeconfig --dry-run, to ${label}`, ...times, atMost: 0.2 }));
    }
    return rows;
  },
};
