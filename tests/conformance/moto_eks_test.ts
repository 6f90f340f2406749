import { deepEqual, equal, match } from "node:assert/strict";
import { load } from "js-yaml";
import { hasProgram } from "../support/machine/has_program.ts";
import { MOTO_ACCOUNT } from "../support/moto/moto_server.ts";
import { motoTest, type MotoWorld, OTHER_ACCOUNT } from "../support/runs/moto_run.ts";

const DEV = `arn:aws:eks:us-east-2:${MOTO_ACCOUNT}:cluster/dev`;
const PROD = `arn:aws:eks:us-west-2:${OTHER_ACCOUNT}:cluster/prod`;
const FILE = ".config/atmos/kube/config";
const UPDATE = ["aws", "eks", "update-kubeconfig"];

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, string>> }[];
  readonly contexts: readonly { readonly name: string; readonly context: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: { readonly exec: { readonly args: readonly string[] } } }[];
}

function kubeconfig({ home }: MotoWorld, file = FILE): Kubeconfig {
  return load(home.read(file)!) as Kubeconfig;
}

motoTest("eks list: both accounts, in every region and in those of their integrations", async ({ run }) => {
  for (const regions of [["--all-regions"], []]) {
    const { status, stdout, stderr } = await run("aws", "eks", "list", "--all-identities", ...regions, "-o", "json");
    equal(status, 0, stderr);
    const rows = JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
    deepEqual(rows.map(({ arn, identity, status }) => [arn, identity, status]), [
      [DEV, "main", "ACTIVE"],
      [PROD, "other", "ACTIVE"],
    ]);
    equal(stderr, "");
  }
});

motoTest("update-kubeconfig: the server, the authority and the plugin that aws writes", async (world) => {
  const words = ["eks", "update-kubeconfig", "--name", "dev", "--region", "us-east-2"];
  equal((await world.run("aws", ...words)).status, 0);
  if (!hasProgram("aws", "moto: update-kubeconfig: aws")) return;
  await world.judge("aws", ...words, "--kubeconfig", world.home.at("theirs"));
  const [ours, theirs] = [kubeconfig(world), kubeconfig(world, "theirs")];
  deepEqual(ours.clusters, theirs.clusters);
  deepEqual(ours.contexts.map(({ name }) => name), theirs.contexts.map(({ name }) => name));
  const plugin = (file: Kubeconfig) =>
    file.users[0]!.user.exec.args.filter((word) => !/^(?:--output|json)$/.test(word));
  deepEqual(new Set(plugin(ours)), new Set(plugin(theirs)));
});

const MODES: Readonly<Record<string, { readonly args: readonly string[]; readonly contexts: readonly string[] }>> = {
  "a name, through a role of the other account": {
    args: ["--name", "prod", "--region", "us-west-2", "--assume-role-arn", `arn:aws:iam::${OTHER_ACCOUNT}:role/admin`],
    contexts: [PROD],
  },
  "an integration": { args: ["prod/eks"], contexts: [`prod-${OTHER_ACCOUNT}`] },
  "all": { args: ["--all"], contexts: [`prod-${OTHER_ACCOUNT}`] },
  "discovery": {
    args: ["--discover", "--all-identities", "--all-regions", "--alias", "{account}-{cluster}"],
    contexts: [`${MOTO_ACCOUNT}-dev`, `${OTHER_ACCOUNT}-prod`],
  },
  "a component": { args: ["eks", "-s", "prod", "-i", "other", "--alias", "component"], contexts: ["component"] },
};

motoTest("update-kubeconfig: every mode, previewed, written, and the same again", async (world) => {
  world.home.write(
    "repo/stacks/prod.yaml",
    "vars: {stage: prod, region: us-west-2}\ncomponents: {helmfile: {eks: {vars: {}}}}\n",
  );
  const stacks = 'stacks: {base_path: stacks, included_paths: ["*.yaml"], name_pattern: "{stage}"}\n';
  const helmfile = 'components: {helmfile: {cluster_name_pattern: "{stage}"}}\n';
  world.home.write("repo/atmos.yaml", `${world.home.read("repo/atmos.yaml")}${stacks}${helmfile}`);
  for (const [mode, { args, contexts }] of Object.entries(MODES)) {
    const file = `${mode.replaceAll(" ", "-")}`;
    const words = [...UPDATE, ...args, "--kubeconfig", world.home.at(file)];
    for (const preview of ["--dry-run", "--diff"]) {
      const { status, stderr } = await world.run(...words, preview);
      deepEqual([status, world.home.read(file)], [0, undefined], `${mode} ${preview}: ${stderr}`);
    }
    equal((await world.run(...words)).status, 0, mode);
    const text = world.home.read(file);
    deepEqual(kubeconfig(world, file).contexts.map(({ name }) => name), contexts, mode);
    equal((await world.run(...words)).status, 0, mode);
    equal(world.home.read(file), text, `${mode}, again`);
    if (!hasProgram("kubectl", `moto: update-kubeconfig: ${mode}: kubectl`)) continue;
    const names = await world.judge(
      "kubectl",
      "--kubeconfig",
      world.home.at(file),
      "config",
      "get-contexts",
      "-o",
      "name",
    );
    deepEqual(names.trimEnd().split("\n"), contexts, mode);
  }
});

motoTest("update-kubeconfig: a cluster that is not there, and one that goes", async ({ run, judge, home }) => {
  const { status, stderr } = await run(...UPDATE, "--name", "dve", "--region", "us-east-2");
  equal(status, 5, stderr);
  match(stderr, /^Error: Cannot describe EKS cluster "dve": .*us-east-2.*\nHint: Did you mean "dev"\?/m);
  if (!hasProgram("aws", "moto: prune")) return;
  equal((await run(...UPDATE, "--name", "dev", "--region", "us-east-2")).status, 0);
  await judge("aws", "eks", "delete-cluster", "--name", "dev", "--region", "us-east-2");
  const pruned = await run("aws", "eks", "prune", "--yes");
  equal(pruned.status, 0, pruned.stderr);
  equal(home.read(FILE)?.includes(DEV) ?? false, false);
});
