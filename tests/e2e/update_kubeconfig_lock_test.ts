import { deepEqual, equal, ok } from "node:assert/strict";
import { tempHome } from "../support/machine/temp_home.ts";
import { DEV, runEks } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const SIX_YEARS_MS = 6.5 * 365 * 86_400_000;

Deno.test("a stale lock of another program: no matter where nothing is to be written, else exit status 6 with its age", async () => {
  await using aws = await startStandin();
  await using home = tempHome();
  const path = home.at("kube/k");
  const run = (words: readonly string[] = []) => runEks({ home, aws }, [...DEV, "--kubeconfig", path, ...words]);
  equal((await run()).status, 0);
  home.write("kube/k.lock", "");
  Deno.utimeSync(`${path}.lock`, new Date(), new Date(Date.now() - SIX_YEARS_MS));
  const before = Deno.statSync(path).mtime;

  const start = performance.now();
  for (const words of [[], ["--update", "replace"], ["--dry-run"]]) equal((await run(words)).status, 0);
  ok(performance.now() - start < 9_000, "it waited for the lock");
  deepEqual(Deno.statSync(path).mtime, before);

  const { status, stderr } = await run(["--alias", "other"]);
  deepEqual([status, stderr.split("\n").filter((line) => /^(?:Error|Hint): /.test(line))], [6, [
    `Error: Cannot lock file "${path}": another program's lock file ${path}.lock has been there for 6 years`,
    `Hint: If no program is editing the file: rm ${path}.lock`,
  ]]);
  deepEqual(Deno.statSync(path).mtime, before);
});
