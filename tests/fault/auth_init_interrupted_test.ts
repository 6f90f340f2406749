import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { initWorld, PORTAL } from "../support/runs/init_run.ts";

const ARGS = ["auth", "init", ...PORTAL, "--role", "Admin*", "--yes"];

/** The calls of a run in their order: it is stopped while it waits for the response to the first of each. */
const CALLS = [
  ...["RegisterClient", "StartDeviceAuthorization", "CreateToken", "ListAccounts", "ListAccountRoles"],
  ...["GetRoleCredentials", "ListRegions", "ListClusters", "DescribeCluster"],
];
/** It has written atmos.yaml by then. */
const LAST = "DescribeCluster";
const LATE_MS = 20_000;

const STOPS = { "SIGINT": CALLS, "SIGKILL": ["CreateToken", LAST] } as const;

for (const [signal, calls] of Object.entries(STOPS) as [keyof typeof STOPS, readonly string[]][]) {
  for (const call of calls) {
    Deno.test({
      name: `auth init, ${signal} at ${call}: atmos.yaml is whole or not there, and the next run finishes it`,
      ignore: Deno.build.os === "windows",
      async fn() {
        await using world = await initWorld({ faults: { [call]: [{ delayMs: LATE_MS }] } });
        const child = spawnAtmos(ARGS, { env: world.env(), cwd: world.home.at("repo") });
        while (world.aws.count(call) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        const since = Date.now();
        child.kill(signal);
        await Promise.all([child.stdin.close(), child.stdout.cancel(), child.stderr.cancel()]);
        const { code } = await child.status;
        ok(Date.now() - since < 10_000, "it waited for the answer");
        if (signal === "SIGINT") equal(code, 130);
        const left = world.home.files().filter((path) => path.startsWith("repo/"));
        deepEqual(left, call === LAST ? ["repo/atmos.yaml"] : []);
        const again = await world.run(ARGS);
        equal(again.status, 0, again.stderr);
        match(world.home.read(".kube/config")!, /- name: tools\n/);
        const valid = await world.run(["auth", "validate"]);
        match(valid.stderr, /is valid: 1 provider, 2 identities, 3 integrations/);
        deepEqual(world.home.files().filter((path) => path.startsWith("repo/")), ["repo/atmos.yaml"]);
      },
    });
  }
}
