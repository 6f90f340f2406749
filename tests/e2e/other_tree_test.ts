import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { arn, ONE, servers, treeConfig, trees, TWO } from "../support/runs/two_trees.ts";

const REGISTRY = `${ONE}.dkr.ecr.us-east-2.amazonaws.com`;
const DOCKER = ".docker/config.json";

const PROD = { prod: `https://${ONE}.example.com` };
const UPDATE = ["aws", "eks", "update-kubeconfig"];

const COMMANDS: readonly (readonly [args: readonly string[], status: number])[] = [
  [["auth", "login"], 0],
  [["auth", "login", "--strict"], 5],
  [["auth", "exec", "--", "true"], 0],
  [["auth", "shell", "--shell", "sh", "--", "-c", "true"], 0],
  [["auth", "env", "--login"], 0],
  [[...UPDATE, "prod/eks"], 6],
  [[...UPDATE, "--all"], 6],
  [[...UPDATE, "prod/eks", "--alias", "prod"], 6],
  [[...UPDATE, "--name", "main", "--region", "us-east-2", "--alias", "prod"], 6],
  [["auth", "logout", "admin"], 0],
];

for (
  const [what, clone] of [
    ["another account", { account: TWO }],
    ["another account, and replaces the file", { account: TWO, says: ", kubeconfig: {update: replace}" }],
    ["the same cluster as another identity", {
      account: ONE,
      role: "Reader",
      says: ", exec_command: atmos",
    }],
  ] as const
) {
  Deno.test(`a clone with the same names, of ${what}: whatever runs there, the user's context stays`, async () => {
    if (!hasProgram("kubectl", "contexts of another tree")) return;
    await using here = await trees({ account: ONE }, clone);
    const before = here.home.read(KUBECONFIG);
    for (const [args, status] of COMMANDS) {
      const run = await here.inClone(args);
      equal(run.status, status, `${args.join(" ")}: ${run.stderr}`);
      equal(here.home.read(KUBECONFIG), before, args.join(" "));
      if (status !== 0 || args[1] === "login") match(run.stderr, /written for \S+\/repo/, args.join(" "));
    }
    deepEqual(await servers(here), PROD);
    equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 0);
    equal(here.home.read(KUBECONFIG), before);
  });
}

Deno.test("a clone with the same names: its exec does not act on a cluster as the user's own identity", async () => {
  if (!hasProgram("kubectl", "contexts of another tree")) return;
  const says = ", exec_command: atmos";
  await using here = await trees({ account: ONE, says }, { account: ONE, role: "Reader", says });
  const line = ["auth", "exec", "--", "kubectl", "config", "current-context"];
  equal((await here.run(line, NOBODY)).stdout, "prod\n");
  match((await here.inClone(line)).stdout, /^none: identity admin has no context yet, run: .* prod\/eks\n$/);
});

Deno.test("the message names the other tree, and each way out that it names is one", async () => {
  if (!hasProgram("kubectl", "the ways out")) return;
  await using here = await trees({ account: ONE }, { account: TWO });
  const own = here.home.at("repo");
  const login = await here.inClone(["auth", "login"]);
  match(login.stderr, new RegExp(`Warning: prod/eks: .*"prod".*${arn(ONE)}, and was written for ${own}\n`));
  match(
    login.stderr,
    /Hint: .* spec\.cluster\.alias in atmos\.yaml.*: kubectl config delete-context prod --kubeconfig /,
  );
  const file = here.home.at("mine");
  // A file of its own is none: kubectl may read both, and would take one for the other.
  equal((await here.inClone([...UPDATE, "prod/eks", "--kubeconfig", file])).status, 6);
  equal((await here.inClone([...UPDATE, "prod/eks", "--alias", "other"])).status, 0);
  deepEqual(await servers(here), { ...PROD, other: `https://${TWO}.example.com` });
  here.home.write("clone/atmos.yaml", treeConfig({ account: TWO, alias: "mine" }));
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  here.home.write("clone/atmos.yaml", treeConfig({ account: TWO }));
  const args = ["config", "delete-context", "prod", "--kubeconfig", here.home.at(KUBECONFIG)];
  ok((await new Deno.Command("kubectl", { args, env: { HOME: here.home.at(".") } }).output()).success);
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  equal((await servers(here))["prod"], `https://${TWO}.example.com`);
});

Deno.test("an identity is one of its configuration: kubectl's plugin of the user's own is not that of a clone", async () => {
  const says = ", exec_command: atmos";
  await using here = await trees({ account: ONE, says }, { account: ONE, says });
  const before = here.home.read(KUBECONFIG)!;
  match(before, /--config=\S+\/repo\/atmos\.yaml\n/);
  for (const args of [["auth", "login"], ["auth", "exec", "--", "true"]]) {
    const { stderr } = await here.inClone(args);
    match(stderr, /Warning: prod\/eks: .*another identity, and was written for \S+\/repo\n/, args.join(" "));
    equal(here.home.read(KUBECONFIG), before);
  }
  Deno.removeSync(here.home.at("repo"), { recursive: true });
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  match(here.home.read(KUBECONFIG)!, /--config=\S+\/clone\/atmos\.yaml\n/);
});

Deno.test("a copy of the same repository shares its contexts, without a word", async () => {
  if (!hasProgram("kubectl", "a copy of a repository")) return;
  await using here = await trees({ account: ONE }, { account: ONE });
  const before = here.home.read(KUBECONFIG);
  const { status, stderr } = await here.inClone(["auth", "login", "--strict"]);
  equal(status, 0, stderr);
  doesNotMatch(stderr, /Warning|Note/);
  equal(here.home.read(KUBECONFIG), before);
  match((await here.inClone(["auth", "logout", "admin"])).stderr, /Logged out/);
  equal(here.home.read(KUBECONFIG), before, "the other one has it, too");
  match((await here.run(["auth", "logout", "admin"], NOBODY)).stderr, /Removed: context prod /);
});

Deno.test("a repository that is moved goes on with its contexts, and says how they are pointed elsewhere", async () => {
  await using here = await trees({ account: ONE }, { account: ONE });
  Deno.removeSync(here.home.at("repo"), { recursive: true });
  const before = here.home.read(KUBECONFIG);
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  equal(here.home.read(KUBECONFIG), before);
  here.home.write("clone/atmos.yaml", treeConfig({ account: TWO }));
  const moved = await here.inClone(["auth", "login", "--strict", "--force"], { ATMOS_FORCE_TTY: "1" });
  equal(moved.status, 5);
  match(moved.stderr, new RegExp(`written for ${here.home.at("repo")}\n.*kubectl config delete-context prod `));
  here.home.write("clone/atmos.yaml", treeConfig({ account: ONE }));
  match((await here.inClone(["auth", "logout", "admin"])).stderr, /Removed: context prod /);
});

Deno.test("logins of the user's own atmos.yaml are the same ones in every repository", async () => {
  const says = ", exec_command: atmos";
  await using here = await trees({ account: ONE, says }, { account: ONE });
  for (const tree of ["repo", "clone"]) here.home.write(`${tree}/atmos.yaml`, "base_path: .\n");
  const personal = (alias: string) => here.home.write(".atmos/atmos.yaml", treeConfig({ account: ONE, alias, says }));
  here.home.write(KUBECONFIG, "");
  personal("one");
  equal((await here.run(["auth", "login", "--strict"])).status, 0);
  const login = await here.inClone(["auth", "login", "--strict"], { ATMOS_FORCE_TTY: "1" });
  equal(login.status, 0, login.stderr);
  personal("two");
  equal((await here.inClone(["auth", "login", "--strict"])).status, 0);
  deepEqual(here.home.read(KUBECONFIG)!.match(/(?<=^- name: )(one|two)$/gm), ["two"]);
  equal((await here.run(["auth", "exec", "--", "true"], NOBODY)).status, 0);
  match((await here.run(["auth", "logout", "admin"], NOBODY)).stderr, /Removed: context two /);
});

Deno.test("what stands in EKS's place points no entry at another server, but what it has added itself", async () => {
  await using here = await trees({ account: ONE }, { account: ONE, alias: "other" });
  const elsewhere = here.home.read(KUBECONFIG)!.replace(`https://${ONE}.example.com`, "https://real.example.com");
  const file = ".kube/config";
  here.home.write(file, elsewhere.replaceAll("prod", "by-hand"));
  const before = here.home.read(file);
  const flags = ["--kubeconfig", here.home.at(file)];
  const ways = [
    [...UPDATE, "prod/eks", ...flags],
    [...UPDATE, "--name", "main", "--region", "us-east-2", "-i", "admin", ...flags],
    [...UPDATE, "--name", "main", "--region", "us-east-2", "-i", "admin", "--alias", "by-hand", ...flags],
  ];
  for (const args of ways) {
    const { status, stderr } = await here.run(args, NOBODY);
    equal(status, 6);
    match(
      stderr,
      /Cannot change cluster "arn:.*real\.example\.com, and only EKS itself may report.*111111111111\.example/,
    );
    equal(here.home.read(file), before);
  }
  const known = here.aws.clusters.find((one) => one.arn === arn(ONE))!;
  here.aws.clusters.splice(here.aws.clusters.indexOf(known), 1, { ...known, endpoint: "https://new.example.com" });
  // Beside the other file, the entry would hide that file's server from kubectl.
  equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 5);
  here.home.write(file, "");
  equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 0);
  match(here.home.read(KUBECONFIG)!, /server: https:\/\/new\.example\.com\n/);
});

Deno.test("docker's login of another tree's identity stays at a logout, whatever its name", async () => {
  const registry = true;
  await using here = await trees({ account: ONE, registry }, { account: TWO, registry });
  const before = here.home.read(DOCKER);
  match(before!, new RegExp(REGISTRY));
  doesNotMatch((await here.inClone(["auth", "logout", "admin"])).stderr, /docker/);
  equal(here.home.read(DOCKER), before);
  match((await here.run(["auth", "logout", "admin"], NOBODY)).stderr, /Removed: docker's login at /);
});

Deno.test("kubectl context: another tree's identity of the same name is another one", async () => {
  if (!hasProgram("kubectl", "kubectl context: another tree")) return;
  for (const says of ["", ", exec_command: atmos"]) {
    await using world = await trees({ account: ONE, says }, { account: TWO });
    world.home.write("clone/atmos.yaml", treeConfig({ account: TWO }).replace(/ {2}integrations:[^]*/, ""));
    const server = ["config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}"];
    const exec = ["auth", "exec", "--", "kubectl", ...server];
    const around = { KUBECONFIG: world.home.at(KUBECONFIG) };
    equal((await world.run(exec, around)).stdout, `https://${ONE}.example.com`);
    const { status, stdout, stderr } = await world.inClone(exec, around);
    equal(status, 1);
    match(stderr, /identity admin has no cluster, and the current-context prod is identity admin's in another config/);
    doesNotMatch(stdout, /example/);
    match((await world.inClone(["auth", "env"], around)).stdout, /^export KUBECONFIG=\S*selectors/m);
  }
});

Deno.test("update: replace of a clone: a file with anything that it has not written needs trust, its own does not", async () => {
  await using here = await trees({ account: ONE }, {
    account: TWO,
    alias: "other",
    says: ", kubeconfig: {update: replace}",
  });
  const none = { ATMOS_TRUST: "0" };
  const before = here.home.read(KUBECONFIG);
  for (const words of [["auth", "login"], ["auth", "exec", "--", "true"], [...UPDATE, "--all"]]) {
    const { status, stderr } = await here.inClone(words, none);
    equal(status, 3, stderr);
    match(stderr, /kubeconfig\.update "?replace"?: it replaces a kubeconfig/);
    equal(here.home.read(KUBECONFIG), before);
  }
  Deno.removeSync(here.home.at(KUBECONFIG));
  for (const _time of ["first", "again"]) {
    const { status, stderr } = await here.inClone(["auth", "login", "--strict"], none);
    equal(status, 0, stderr);
    match(here.home.read(KUBECONFIG)!, /^- name: other$/m);
  }
  here.home.write(
    KUBECONFIG,
    `${here.home.read(KUBECONFIG)!}`.replace(/^users:\n/m, "users:\n- name: mine\n  user: {token: x}\n"),
  );
  equal((await here.inClone(["auth", "login"], none)).status, 3);
});

Deno.test("a context with a profile of the user's own login is not an identity's of a clone that has its name, nor one without clusters'", async () => {
  if (!hasProgram("kubectl", "contexts with a profile")) return;
  const named = ["aws", "eks", "update-kubeconfig", "--name", "main", "--region", "us-east-2", "--alias", "prod"];
  await using here = await trees({ account: ONE, alias: "own" }, { account: ONE, role: "Reader" });
  here.home.write(KUBECONFIG, "");
  equal((await here.run([...named, "--identity", "admin"], NOBODY)).status, 0);
  const words = ["auth", "exec", "-i", "admin", "--", "kubectl", "config", "current-context"];
  const env = { ...NOBODY, KUBECONFIG: here.home.at(KUBECONFIG) };
  match((await here.inClone(words, env)).stdout, /^none: identity admin has no context yet, run: .* prod\/eks\n$/);
  here.home.write(
    "clone/atmos.yaml",
    treeConfig({ account: ONE, role: "Reader" }).replace(/ {2}integrations:[^]*/, ""),
  );
  const { stdout } = await here.inClone(words, env);
  match(
    stdout,
    /^none: .* has no cluster, and the current-context prod is identity admin's in another configuration\n$/,
  );
});
