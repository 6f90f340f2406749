import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { type Fleet, fleetWorld } from "../support/runs/fleet_run.ts";
import type { FaultSpec } from "../support/standin/faults.ts";
import { measure } from "./measure.ts";
import { type Bench, milliseconds } from "./row.ts";

const AT_MOST_MS = 10_000;
const LATENCY_MS = 200;
const FLEET: Fleet = {
  accounts: 30,
  regions: ["us-east-1", "us-east-2", "us-west-2", "eu-west-1"],
  clusters: 5,
};
const ACTIONS = ["GetRoleCredentials", "ListRegions", "ListClusters", "DescribeCluster"] as const;

/** Every cluster of many accounts, where AWS takes its time and throttles one call in twenty. */
export const bench: Bench = {
  name: "fleet",
  async run() {
    const count = FLEET.accounts * FLEET.regions.length * FLEET.clusters;
    await using world = await fleetWorld(FLEET);
    for (const action of ACTIONS) for (const fault of slow(count * 2)) world.aws.fail(action, fault);
    const env = { ...runtimeEnv(), ...world.env({ ATMOS_FORCE_TTY: "" }) };
    const list = ["aws", "eks", "list", "--all-identities", "--all-regions", "-o", "json"];
    const words = [...atmosWords(), "--chdir", world.home.at("repo"), ...list];
    const before = world.aws.calls.length;
    const { list: ms } = await measure({ runs: 1, candidates: { list: { words, env } } });
    const answered = world.aws.calls.slice(before).filter(({ status }) => status === 200);
    const calls = answered.map(({ action, principal, region, parameters }) =>
      JSON.stringify([action, principal, region, parameters])
    );
    if (new Set(calls).size < calls.length) throw new Error("a call was made twice");
    const found = answered.filter(({ action }) => action === "DescribeCluster").length;
    if (found !== count) throw new Error(`${found} of ${count} clusters were described`);
    return [{
      work: "list 600 clusters of 30 accounts x 4 regions, 200 ms an answer, 5 % throttled; limit 10 s",
      ours: milliseconds(ms),
      peer: milliseconds(AT_MOST_MS),
      ratio: (ms / AT_MOST_MS).toFixed(2),
      target: "<= 1",
      ok: ms <= AT_MOST_MS,
    }];
  },
};

function slow(calls: number): readonly FaultSpec[] {
  const throttled = { status: 429, code: "ThrottlingException", message: "Rate exceeded" };
  return Array.from(
    { length: calls },
    (_, at) => at % 20 === 9 ? { error: throttled, delayMs: LATENCY_MS } : { delayMs: LATENCY_MS },
  );
}
