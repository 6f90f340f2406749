import { deepEqual } from "node:assert/strict";
import { tempHome } from "../support/machine/temp_home.ts";
import { DEV, runEks } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

Deno.test({
  name: "a link to where no directory is: refused with the target, nothing is made, and a preview says the same",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using aws = await startStandin();
    await using home = tempHome();
    const [path, target] = [home.at("k"), home.at("dotfiles/kube/config")];
    Deno.symlinkSync(target, path);
    const found = `it is a symbolic link to ${target}, and the directory ${home.at("dotfiles/kube")} does not exist`;
    const failure = [
      `Error: Cannot write kubeconfig "${path}": ${found}`,
      `Hint: Create that directory: mkdir -p ${home.at("dotfiles/kube")}`,
    ];
    for (const words of [[], ["--dry-run"], ["--diff"], ["--output", "json"], ["--dry-run", "--output", "json"]]) {
      const { status, stderr } = await runEks({ home, aws }, [...DEV, "--kubeconfig", path, ...words]);
      deepEqual([status, stderr.split("\n").filter((line) => /^(?:Error|Hint): /.test(line))], [6, failure]);
      deepEqual([...Deno.readDirSync(home.path)].map(({ name }) => name), ["k"]);
    }
  },
});
