import { deepEqual, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { ONE, OWN_KEY, type Tree, type Trees, trees } from "../support/runs/two_trees.ts";
import { keyEnv } from "../support/standin/keys.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig"];
const NAMED = [...UPDATE, "--name", "main", "--region", "us-east-2", "--alias", "prod"];
const PRUNE = ["aws", "eks", "prune", "--yes"];

interface Way {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it acts for the configuration of the user's own repository. */
  readonly isOfRepository: boolean;
}

const WAYS: Readonly<Record<string, Way>> = {
  "as an identity": { args: NAMED, isOfRepository: true },
  "with the atmos plugin": { args: [...NAMED, "--exec-command", "atmos", "-n", "web"], isOfRepository: true },
  "with an AWS profile": { args: [...NAMED, "--profile", "mine"], isOfRepository: false },
  "without an identity": { args: [...NAMED, "--identity=false"], env: keyEnv(OWN_KEY), isOfRepository: false },
  "with --discover": {
    args: [...UPDATE, "--discover", "-i", "admin", "--region", "us-east-2", "--alias", "prod"],
    isOfRepository: true,
  },
};

/** What is run in the clone, whose integration has the user's cluster under the user's name. */
const IN_CLONE = [
  ["auth", "login"],
  ["auth", "exec", "--", "true"],
  ["auth", "env", "--login"],
  [...UPDATE, "prod/eks"],
  [...UPDATE, "--all", "--kubeconfig"],
  PRUNE,
  ["auth", "logout", "admin"],
];

/** What kubectl makes of a context: its cluster and user. */
async function seen({ home }: LoginWorld, context: string): Promise<string> {
  const args = ["config", "view", "--minify", "--context", context, "--kubeconfig", home.at(KUBECONFIG)];
  const { success, stdout, stderr } = await new Deno.Command("kubectl", { args, env: { HOME: home.at(".") } }).output();
  ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** With an AWS profile of the user's own, and nothing written yet. */
async function ownTrees(clone: Omit<Tree, "account">): Promise<Trees> {
  const world = await trees({ account: ONE, alias: "own" }, { account: ONE, ...clone });
  world.home.write(KUBECONFIG, "");
  const { accessKeyId, secretAccessKey } = OWN_KEY;
  const key = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  world.home.write(".aws/credentials", `[mine]\n${key}`);
  return world;
}

for (const [what, { args, env = {}, isOfRepository }] of Object.entries(WAYS)) {
  for (const says of ["", ", exec_command: atmos, namespace: theirs, kubeconfig: {update: merge}"]) {
    const how = says === "" ? "" : ", and the clone says more";
    Deno.test(`a context written ${what} is the user's: whatever runs in a clone, it stays${how}`, async () => {
      if (!hasProgram("kubectl", "a context of the user's flags")) return;
      await using here = await ownTrees({ says });
      const written = await here.run(args, { ...NOBODY, ...env });
      equal(written.status, 0, written.stderr);
      const [before, prod] = [here.home.read(KUBECONFIG), await seen(here, "prod")];
      const known = here.aws.clusters.splice(0);
      for (const words of IN_CLONE) {
        if (words !== PRUNE) here.aws.clusters.push(...known);
        const line = words.at(-1) === "--kubeconfig" ? [...words, here.home.at(KUBECONFIG)] : words;
        const { stderr } = await here.inClone(line);
        here.aws.clusters.splice(0);
        equal(here.home.read(KUBECONFIG), before, `${line.join(" ")}: ${stderr}`);
      }
      equal(await seen(here, "prod"), prod);
      const own = await here.run(PRUNE, { ...NOBODY, ...env });
      equal(/- name: prod\n/.test(here.home.read(KUBECONFIG)!), !isOfRepository, own.stderr);
      if (isOfRepository) return;
      match(own.stderr, /^Note: 1 context in \S+ \(prod\): written for another configuration, or by flags /m);
      const alone = await runAtmos(PRUNE, { env: here.env({ ...NOBODY, ...keyEnv(OWN_KEY) }), cwd: here.home.at(".") });
      match(alone.stderr, /^Removed context prod from /m);
    });
  }
}

Deno.test("two repositories with one cluster: each has a user of its own, whichever writes last, and a logout leaves the other's", async () => {
  if (!hasProgram("kubectl", "users of two repositories")) return;
  await using here = await ownTrees({ alias: "theirs", says: ", exec_command: atmos" });
  const own = [...UPDATE, "prod/eks", "--exec-command", "atmos"];
  equal((await here.run(own, NOBODY)).status, 0);
  const before = await seen(here, "own");
  match(before, /--config=\S+\/repo\/atmos\.yaml\n/);
  for (const words of [["auth", "login", "--strict"], [...UPDATE, "prod/eks"], ["auth", "login", "--strict"]]) {
    const { status, stderr } = await here.inClone(words);
    equal(status, 0, stderr);
    equal(await seen(here, "own"), before, words.join(" "));
    match(await seen(here, "theirs"), /--config=\S+\/clone\/atmos\.yaml\n/);
    equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 0);
  }
  const users = here.home.read(KUBECONFIG)!.match(/^ {4}user: .*$/gm)!;
  equal(new Set(users).size, 2);
  match((await here.inClone(["auth", "logout", "admin"])).stderr, /Removed: context theirs /);
  equal(await seen(here, "own"), before);
  deepEqual(here.home.read(KUBECONFIG)!.match(/^ {4}user: .*$/gm)!.length, 1);
});

Deno.test("the user's own later flags take a context over, and it is no repository's from then on", async () => {
  if (!hasProgram("kubectl", "a context that flags take over")) return;
  await using here = await ownTrees({ says: ", exec_command: atmos" });
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  const taken = await here.run([...NAMED, "--profile", "mine", "--exec-command", "aws"], NOBODY);
  equal(taken.status, 0, taken.stderr);
  const before = await seen(here, "prod");
  match(before, /AWS_PROFILE\n +value: mine\n/);
  const { status, stderr } = await here.inClone(["auth", "login", "--strict"]);
  equal(status, 5);
  match(stderr, /Cannot use context name "prod": .*, and was written by flags of update-kubeconfig\n/);
  match(stderr, /kubectl config delete-context prod --kubeconfig /);
  equal((await here.inClone(["auth", "logout", "admin"])).status, 0);
  equal(await seen(here, "prod"), before);
});
