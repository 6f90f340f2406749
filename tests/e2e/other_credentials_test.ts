import { deepEqual, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import { DEV, runEks } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const NOTE =
  /^Note: the plugin replaces token of user user-dev-cluster: kubectl does not run a plugin if they are set$/m;
const WARNING =
  /^Warning: kubectl takes client-certificate-data of user user-dev-cluster, and does not run the plugin$/m;
const HINT =
  /^Hint: To have it run: kubectl config unset users\.user-dev-cluster\.client-certificate-data --kubeconfig=\/\S+$/m;

/** With a token and a certificate that the user has put beside the plugin. */
function withMore(text: string): string {
  const certificate = "client-certificate-data: QUJD\n    client-key-data: QUJD\n";
  return text.replace(/(name: user-dev-cluster\n +user:\n)/, `$1    token: secret-abc\n    ${certificate}`);
}

Deno.test("update-kubeconfig: credentials beside the plugin are said to go, or to stay; in JSON, too", async () => {
  await using aws = await startStandin({ clusters: [cluster("dev-cluster")] });
  using home = tempHome();
  const run = (...more: readonly string[]) =>
    runEks({ home, aws }, [...DEV, "--kubeconfig", home.at("config"), ...more]);
  await run();
  const source = withMore(home.read("config")!);
  home.write("config", source);
  const otherCredentials = {
    user: "user-dev-cluster",
    replaced: ["token"],
    preferred: ["client-certificate-data"],
  };
  for (const mode of ["--dry-run", "--diff"]) {
    const preview = await run(mode);
    for (const line of [NOTE, WARNING, HINT]) match(preview.stderr, line);
    deepEqual(JSON.parse((await run(mode, "--output=json")).stdout).otherCredentials, otherCredentials);
  }
  equal(home.read("config"), source);
  const written = await run("--output=json");
  for (const line of [NOTE, WARNING, HINT]) match(written.stderr, line);
  ok(!`${written.stdout}${written.stderr}`.includes("secret-abc"));
  deepEqual(JSON.parse(written.stdout).otherCredentials, otherCredentials);
  const again = await run();
  match(again.stderr, WARNING);
  ok(!NOTE.test(again.stderr));
});

Deno.test("auth login: credentials beside the plugin are said to go, or to stay", async () => {
  await using world = await multiCluster();
  await world.run(["auth", "login"]);
  world.home.write(KUBECONFIG, withMore(world.home.read(KUBECONFIG)!));
  const { stderr } = await world.run(["auth", "login"]);
  for (const line of [NOTE, WARNING, HINT]) match(stderr, line);
  ok(!stderr.includes("secret-abc"));
  ok(!world.home.read(KUBECONFIG)!.includes("token:"));
});
