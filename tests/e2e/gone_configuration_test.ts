import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { ONE, treeConfig, trees } from "../support/runs/two_trees.ts";

/** The user's own repository is not at its place: renamed, on a volume that is not mounted, removed. */

const DOCKER = ".docker/config.json";
const OWN = { account: ONE, registry: true, says: ", exec_command: atmos" };
const COMMANDS = [
  ["auth", "login"],
  ["auth", "exec", "--", "true"],
  ["aws", "eks", "update-kubeconfig", "prod/eks"],
  ["aws", "eks", "update-kubeconfig", "prod/eks", "--alias", "prod"],
  ["aws", "eks", "update-kubeconfig", "--name", "main", "--region", "us-east-2", "--alias", "prod"],
  ["aws", "ecr", "login"],
  ["aws", "ecr", "logout"],
  ["aws", "ecr", "configure"],
  ["aws", "ecr", "configure", "--remove"],
  ["auth", "logout", "admin"],
];

for (
  const [what, text] of [
    ["another role by the same name", treeConfig({ ...OWN, role: "Reader" })],
    ["another identity", treeConfig({ ...OWN, role: "Reader" }).replaceAll("admin", "evil")],
  ] as const
) {
  Deno.test(`a configuration that is gone: another one takes nothing of it over as ${what}`, async () => {
    await using here = await trees(OWN, OWN);
    equal((await here.run(["auth", "login", "--strict"])).status, 0);
    equal((await here.run(["aws", "ecr", "configure", "--all"])).status, 0);
    here.home.write("clone/atmos.yaml", text);
    equal((await here.inClone(["auth", "login", "--no-integrations"], { ATMOS_FORCE_TTY: "1" })).status, 0);
    const before = [here.home.read(KUBECONFIG), here.home.read(DOCKER)];
    Deno.renameSync(here.home.at("repo"), here.home.at("renamed"));
    for (const args of COMMANDS) {
      const { stderr } = await here.inClone(args);
      deepEqual([here.home.read(KUBECONFIG), here.home.read(DOCKER)], before, `${args.join(" ")}: ${stderr}`);
      if (args[1] === "login") match(stderr, new RegExp(`written for ${here.home.at("repo")}\n`));
    }
  });
}

Deno.test("a configuration that has moved goes on with docker's helper, and clears up", async () => {
  await using here = await trees(OWN, OWN);
  equal((await here.run(["aws", "ecr", "configure", "--all"])).status, 0);
  Deno.removeSync(here.home.at("repo"), { recursive: true });
  const configured = await here.inClone(["aws", "ecr", "configure", "--all"]);
  deepEqual([configured.status, /it belongs to/.test(configured.stderr)], [0, false], configured.stderr);
  match((await here.inClone(["aws", "ecr", "configure", "--remove"])).stderr, /no longer asks atmos/);
  equal((await here.inClone(["aws", "ecr", "login"])).status, 0);
  Deno.renameSync(here.home.at("clone"), here.home.at("again"));
  Deno.mkdirSync(here.home.at("clone"));
  Deno.copyFileSync(here.home.at("again/atmos.yaml"), here.home.at("clone/atmos.yaml"));
  doesNotMatch((await here.inClone(["aws", "eks", "prune", "--dry-run"])).stderr, /written for another configuration/);
});

Deno.test("a configuration that has moved goes on with what it has written", async () => {
  await using here = await trees(OWN, OWN);
  const before = [here.home.read(KUBECONFIG)!, here.home.read(DOCKER)!] as const;
  Deno.removeSync(here.home.at("repo"), { recursive: true });
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  equal(here.home.read(KUBECONFIG), before[0].replaceAll("/repo/", "/clone/"));
  const { stderr } = await here.inClone(["auth", "logout", "admin"], NOBODY);
  match(stderr, /Removed: context prod /);
  match(stderr, /Removed: docker's login at /);
});

Deno.test("an entry for an AWS profile of a login is not the clone's, whose identity has the same name", async () => {
  const named = ["aws", "eks", "update-kubeconfig", "--name", "main", "--region", "us-east-2", "--alias", "typed"];
  await using here = await trees({ account: ONE }, { account: ONE, role: "Reader" });
  equal((await here.run([...named, "--identity", "admin"], NOBODY)).status, 0);
  const before = here.home.read(KUBECONFIG);
  const { status, stderr } = await here.inClone(named);
  deepEqual([status, here.home.read(KUBECONFIG)], [6, before], stderr);
  match(
    stderr,
    /it belongs to another identity, and was written .*\nHint: To give it to an identity, name that with --identity NAME\. /,
  );
  Deno.renameSync(here.home.at("repo"), here.home.at("renamed"));
  for (const more of [[], ["--alias", "new"]]) {
    await here.inClone([...named, ...more]);
    const users = (text: string) => /^users:\n[^]*/m.exec(text)![0];
    equal(users(here.home.read(KUBECONFIG)!).includes(users(before!).slice("users:\n".length)), true, more.join());
  }
  equal((await here.inClone([...named, "--identity", "admin"])).status, 0);
});
