import { deepEqual } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { DEV, eksEnv } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const OLD = "apiVersion: v1\nkind: Config\n";

/** A `cp` in whose stead atmos waits, with kubectl's lock held and the new file begun. */
const SLOW_CP = `#!/bin/sh
for last; do :; done
: > "$last"
exec /bin/sleep 30
`;

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

for (const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  Deno.test({
    name: `${signal} while a kubeconfig is written: exit status ${status}, and kubectl finds no lock`,
    ignore: Deno.build.os === "windows",
    async fn() {
      await using aws = await startStandin();
      await using home = tempHome();
      const path = home.write("kube/k", OLD, 0o644);
      home.write("bin/cp", SLOW_CP, 0o755);
      const env = eksEnv({ home, aws, env: { PATH: home.at("bin") } });
      const child = spawnAtmos([...DEV, "--kubeconfig", path], { env });
      while (!await isThere(`${path}.atmos-tmp`)) await new Promise((resolve) => setTimeout(resolve, 10));
      deepEqual(await isThere(`${path}.lock`), true);
      child.kill(signal);
      await Promise.all([child.stdin.close(), child.stdout.cancel(), child.stderr.cancel()]);
      deepEqual((await child.status).code, status);
      deepEqual([...Deno.readDirSync(home.at("kube"))].map(({ name }) => name).sort(), ["k", "k.atmos-lock"]);
      deepEqual(Deno.readTextFileSync(path), OLD);
    },
  });
}
