import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { contextWorld, line, openSelectors, SELECTORS, worldWithoutClusters } from "../support/runs/context_run.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const exec = (identity: string, ...command: string[]) => ["auth", "exec", "-i", identity, "--", ...command];
const withContext = (
  identity: string,
  context: string,
  ...command: string[]
) => ["auth", "exec", "-i", identity, "--context", context, "--", ...command];
/** What kubectl takes for its cluster. */
const VIEW = ["kubectl", "config", "view", "--minify", "--output", "jsonpath={.contexts[0].context.cluster}"];
const PODS = ["kubectl", "get", "pods"];
const arn = (name: string, region: string) => `arn:aws:eks:${region}:123456789012:cluster/${name}-cluster`;
const DEV = arn("dev", "us-east-2");
const PROD = arn("prod", "us-west-2");
const STAGING = arn("staging", "us-east-1");
const UNCHOSEN = /context: none chosen for identity platform, use --context with one of: staging or other\n/;

/** Runs a shell script in a shell that has evaluated `auth env`. */
async function evaluate(world: LoginWorld, args: readonly string[], script: string): Promise<string> {
  const variables = `eval "$(${line([...atmosWords(), "auth", "env", ...args])})"`;
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `${variables}; ${script}`],
    clearEnv: true,
    env: { ...runtimeEnv(), ...world.env(NOBODY) },
    cwd: world.home.at("repo"),
  }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test("kubectl context: exec, shell and env select the identity's own cluster, whatever is current in the file", async () => {
  if (!hasProgram("kubectl", "kubectl context: own cluster")) return;
  await using world = await contextWorld();
  const before = world.home.read(KUBECONFIG);
  const shell = ["auth", "shell", "-i", "prod-admin", "--shell", "sh", "--", "-c", line(VIEW)];
  for (const args of [exec("prod-admin", ...VIEW), shell]) {
    const { status, stdout, stderr } = await world.run(args, NOBODY);
    deepEqual([status, stdout], [0, PROD], stderr);
    doesNotMatch(stderr, /^kubectl/m);
  }
  equal(await evaluate(world, ["prod-admin"], line(VIEW)), PROD);
  equal((await world.run(exec("dev-admin", ...VIEW), NOBODY)).stdout, DEV);
  equal(world.home.read(KUBECONFIG), before);
  deepEqual(openSelectors(world), []);
});

Deno.test("kubectl context: of several none is taken; the choice is listed, made and remembered", async () => {
  if (!hasProgram("kubectl", "kubectl context: several")) return;
  await using world = await contextWorld();
  const open = await world.run(exec("platform", ...PODS), NOBODY);
  equal(open.status, 1);
  match(open.stderr, UNCHOSEN);
  match(await evaluate(world, ["platform"], `${line(PODS)} 2>&1`), UNCHOSEN);
  const own = await world.run(exec("platform", ...VIEW, "--context", "other"), NOBODY);
  equal(own.stdout, DEV);
  equal((await world.run(withContext("platform", "staging", ...VIEW), NOBODY)).stdout, STAGING);
  equal((await world.run(exec("Platform", ...VIEW), NOBODY)).stdout, STAGING);
  equal(await evaluate(world, ["platform"], line(VIEW)), STAGING);
  // A shell that has the variables keeps its context, whatever is chosen elsewhere meanwhile.
  const elsewhere = line([...atmosWords(), "auth", "env", "platform", "--context", "other"]);
  equal(await evaluate(world, ["platform"], `${elsewhere} >/dev/null; ${line(VIEW)}`), STAGING);
  equal(await evaluate(world, ["platform"], line(VIEW)), DEV);
});

Deno.test("kubectl context: --context takes the identity's own contexts alone, and is completed", async () => {
  await using world = await contextWorld();
  const refused: readonly (readonly [identity: string, context: string, stderr: RegExp])[] = [
    [
      "platform",
      "stagin",
      /^Error: Cannot use context "stagin" of identity "platform": it has no such context\nHint: Did you mean "staging"\?\n$/,
    ],
    ["platform", "dev", /\nHint: Its contexts: staging, other\n$/],
    [
      "prod-admin",
      "dev",
      /^Error: Cannot use context "dev" of identity "Prod-Admin": .*\nHint: Its contexts: prod, production\n$/,
    ],
    ["reader", "dev", /: it has no context\nHint: Add one: atmos aws eks update-kubeconfig --all\n$/],
  ];
  for (const [identity, context, said] of refused) {
    for (const command of ["exec", "shell", "env"]) {
      const args = [
        "auth",
        command,
        "-i",
        identity,
        "--context",
        context,
        ...command === "exec" ? ["--", "echo", "ran"] : [],
      ];
      const { status, stdout, stderr } = await world.run(args, NOBODY);
      deepEqual([status, stdout], [2, ""], stderr);
      match(stderr, said);
    }
  }
  equal((await world.run(withContext("prod-admin", "production", "true"), NOBODY)).status, 0);
  const complete = async (...typed: string[]) =>
    (await world.run(["complete", "--", ...typed], NOBODY)).stdout.trimEnd().split("\n").map((one) =>
      one.split("\t")[0]
    );
  for (const command of ["exec", "shell", "env"]) {
    const offered = await complete("auth", command, "-i", "prod-admin", "--context", "");
    ok(offered.includes("prod") && offered.includes("production") && !offered.includes("dev"), offered.join());
  }
  ok(!(await complete("auth", "env", "prod-admin", "--context", "")).includes("dev"));
  ok((await complete("auth", "exec", "--context=st")).includes("--context=staging"));
});

Deno.test("kubectl context: an identity without clusters does not act on another's; the user's own context stays", async () => {
  if (!hasProgram("kubectl", "kubectl context: no cluster")) return;
  await using world = await contextWorld();
  const own = "apiVersion: v1\nkind: Config\ncurrent-context: kind\n" +
    "clusters: [{name: kind, cluster: {server: 'https://127.0.0.1:1'}}]\n" +
    "contexts: [{name: kind, context: {cluster: kind, user: ''}}]\n";
  world.home.write(".kube/config", own);
  equal((await world.run(exec("reader", ...VIEW), NOBODY)).stdout, "kind");
  const ours = { ...NOBODY, KUBECONFIG: world.home.at(KUBECONFIG) };
  const foreign = await world.run(exec("reader", ...PODS), ours);
  equal(foreign.status, 1);
  match(
    foreign.stderr,
    /context: none: identity reader has no cluster, and the current-context dev is identity dev-admin's\n/,
  );
  // Where the record is lost, atmos.yaml tells whose cluster it is.
  Deno.removeSync(world.home.at(".local/state/atmos/kube/contexts.json"));
  match((await world.run(exec("reader", ...PODS), ours)).stderr, /context dev is identity dev-admin's\n/);
  equal((await world.run(exec("prod-admin", ...VIEW), ours)).stdout, PROD);
});

Deno.test("kubectl context: a cluster that could not be added is not replaced by another one", async () => {
  if (!hasProgram("kubectl", "kubectl context: not added")) return;
  await using world = await contextWorld();
  Deno.removeSync(world.home.at(KUBECONFIG));
  world.aws.clusters.splice(0);
  const ours = { ...NOBODY, KUBECONFIG: world.home.at("mine") };
  world.home.write("mine", "apiVersion: v1\nkind: Config\ncurrent-context: kind\n");
  const { status, stderr } = await world.run(exec("prod-admin", ...PODS), ours);
  equal(status, 1);
  match(
    stderr,
    /context: none: identity Prod-Admin has no context yet, run: atmos aws eks update-kubeconfig prod\/eks\n/,
  );
});

Deno.test("kubectl context: one name in two files is each identity's own, with its own cluster and user", async () => {
  if (!hasProgram("kubectl", "kubectl context: two files")) return;
  await using world = await contextWorld();
  const text = world.home.read("repo/atmos.yaml")!;
  const apart = text.replace(
    "aliases: [prod, production]",
    "alias: dev, user_alias: user-dev-cluster, kubeconfig: {path: ~/.kube/prod}",
  );
  ok(apart !== text);
  Deno.writeTextFileSync(world.home.at("repo/atmos.yaml"), apart);
  const both = { ...NOBODY, KUBECONFIG: [world.home.at(KUBECONFIG), world.home.at(".kube/prod")].join(":") };
  const user = [...VIEW.slice(0, -1), "jsonpath={.contexts[0].context.cluster} {.users[0].user.exec.args}"];
  const { stdout, stderr } = await world.run(exec("prod-admin", ...user), both);
  ok(
    stdout.startsWith(`${PROD} `) && stdout.includes("prod-cluster") && !stdout.includes("dev-cluster"),
    stdout + stderr,
  );
  equal((await world.run(exec("dev-admin", ...VIEW), both)).stdout, DEV);
  const elsewhere = { ...both, ATMOS_KUBECONFIG: world.home.at("elsewhere") };
  equal((await world.run(exec("dev-admin", ...VIEW), elsewhere)).stdout, DEV);
  ok(world.home.read("elsewhere")!.includes(DEV));
});

Deno.test("kubectl context: variables that name another identity's context to helm and terraform are left out", async () => {
  await using world = await contextWorld();
  const script = 'echo "${HELM_KUBECONTEXT-none} ${KUBE_CTX-none}"';
  const named = { ...NOBODY, HELM_KUBECONTEXT: "dev", KUBE_CTX: "production" };
  equal((await world.run(exec("prod-admin", "sh", "-c", script), named)).stdout, "none production\n");
  const { stdout } = await world.run(["auth", "env", "prod-admin"], named);
  match(stdout, /^unset HELM_KUBECONTEXT;$/m);
  doesNotMatch(stdout, /KUBE_CTX/);
  const chosen = await world.run(withContext("prod-admin", "prod", "sh", "-c", script), { ...named, KUBE_CTX: "prod" });
  equal(chosen.stdout, "none prod\n", chosen.stderr);
  const other = await world.run(withContext("prod-admin", "prod", "sh", "-c", script), named);
  equal(other.stdout, "none none\n", other.stderr);
});

Deno.test("kubectl context: without any cluster KUBECONFIG is left alone, and nothing is written", async () => {
  await using world = await worldWithoutClusters();
  const script = 'echo "${KUBECONFIG-unset} ${KUBE_CONFIG_PATH-unset}"';
  const files = world.home.files();
  equal((await world.run(exec("reader", "sh", "-c", script), NOBODY)).stdout, "unset unset\n");
  const set = { ...NOBODY, KUBECONFIG: "/a:b", KUBE_CONFIG_PATH: "/c" };
  equal((await world.run(exec("reader", "sh", "-c", script), set)).stdout, "/a:b /c\n");
  doesNotMatch((await world.run(["auth", "env", "reader"], set)).stdout, /KUBE/);
  deepEqual(world.home.files(), files);
});

Deno.test("kubectl context: an exec inside another identity's has no trace of its selector", async () => {
  if (!hasProgram("kubectl", "kubectl context: nested")) return;
  await using world = await contextWorld();
  const inside = (...args: string[]) => exec("dev-admin", ...atmosWords(), ...args);
  const script = `echo "$KUBECONFIG|$KUBE_CONFIG_PATHS"; ${line(VIEW)}`;
  const { stdout, stderr } = await world.run(inside(...exec("prod-admin", "sh", "-c", script)), NOBODY);
  const [lists, cluster] = stdout.split("\n");
  equal(cluster, PROD, stderr);
  doesNotMatch(lists!, /dev-admin/);
  equal(lists!.match(/\/prod-admin\/run-/g)!.length, 3);
  const reader = await world.run(inside(...exec("reader", ...PODS)), NOBODY);
  match(reader.stderr, /identity reader has no cluster, and the current-context dev is identity dev-admin's\n/);
  // The same identity goes on with what the shell around it says by now.
  const again = line([...atmosWords(), ...exec("platform", ...VIEW)]);
  const follows = `kubectl config use-context other >/dev/null; ${again}`;
  equal((await world.run(withContext("platform", "staging", "sh", "-c", follows), NOBODY)).stdout, DEV);
});

Deno.test("kubectl context: an identity that selects none takes the selector of a shell around it away", async () => {
  await using world = await worldWithoutClusters();
  const around = `${world.home.at(SELECTORS)}/test/dev-admin/run-1-00000000:${world.home.at(SELECTORS)}/ended`;
  const script = 'echo "${KUBECONFIG-unset} ${KUBE_CONFIG_PATHS-unset}"';
  const run = async (kubeconfig: string) =>
    (await world.run(exec("reader", "sh", "-c", script), {
      ...NOBODY,
      KUBECONFIG: kubeconfig,
      KUBE_CONFIG_PATHS: kubeconfig,
    })).stdout;
  equal(await run(`${around}:/user`), "/user unset\n");
  equal(await run(around), "unset unset\n");
  const { stdout } = await world.run(["auth", "env", "reader"], { ...NOBODY, KUBECONFIG: around });
  match(stdout, /^unset KUBECONFIG;$/m);
});

Deno.test("kubectl context: a terminal is told which cluster it is, in one line", async () => {
  if (!hasProgram("script", "kubectl context: terminal")) return;
  await using world = await contextWorld();
  const told = async (args: readonly string[]) =>
    (await onTerminal({ args, env: world.env(NOBODY), cwd: world.home.at("repo"), question: "never", answer: "" }))
      .shown
      .split("\r\n").filter((one) => one.startsWith("kubectl: "));
  const prod = "kubectl: context prod (prod-cluster, us-west-2, 123456789012)";
  deepEqual(await told(exec("prod-admin", "true")), [prod]);
  const shell = ["auth", "shell", "-i", "prod-admin", "--shell", "true"];
  deepEqual(await told(shell), [], "it is part of the shell's first line");
  match(
    (await world.run(shell, NOBODY)).stderr,
    /^→ .*, kubectl context prod \(prod-cluster, us-west-2, 123456789012\), /,
  );
  const open = ["auth", "shell", "-i", "platform", "--shell", "true"];
  deepEqual(await told(open), ["kubectl: no context is chosen: --context staging or other"]);
  deepEqual(await told(["auth", "env", "prod-admin"]), [prod]);
  deepEqual(await told(exec("platform", "true")), ["kubectl: no context is chosen: --context staging or other"]);
  deepEqual(await told(["auth", "exec", "-i", "prod-admin", "--logs-level=error", "--", "true"]), []);
});

Deno.test("kubectl context: the cluster that was chosen is never replaced by the other one, and a new name is followed", async () => {
  if (!hasProgram("kubectl", "kubectl context: chosen and gone")) return;
  await using world = await contextWorld();
  const file = "repo/atmos.yaml";
  equal((await world.run(withContext("platform", "staging", ...VIEW), NOBODY)).stdout, STAGING);
  const config = world.home.read(file)!;
  world.home.write(file, config.replace("alias: staging", "alias: stage"));
  equal((await world.run(exec("platform", ...VIEW), NOBODY)).stdout, STAGING);
  world.home.write(file, config.replace("staging-cluster", "later-cluster"));
  const gone = await world.run(exec("platform", ...PODS), NOBODY);
  equal(gone.status, 1);
  match(
    gone.stderr,
    /context: none: context staging, which was chosen for identity platform, does not exist, use --context with one of: other\n/,
  );
  equal((await world.run(withContext("platform", "other", ...VIEW), NOBODY)).stdout, DEV);
  equal((await world.run(exec("platform", ...VIEW), NOBODY)).stdout, DEV);
});

Deno.test("kubectl context: a file that auth env adds to for another identity leads kubectl to no cluster of the first", async () => {
  if (!hasProgram("kubectl", "kubectl context: file")) return;
  await using world = await contextWorld();
  for (const format of ["github", "dotenv", "env"]) {
    const file = world.home.at(`variables-${format}`);
    for (const identity of ["prod-admin", "reader"]) {
      const { status, stderr } = await world.run(["auth", "env", identity, "-f", format, "-o", file], NOBODY);
      deepEqual([status, stderr], [0, ""], identity);
    }
    const script = `set -a; . ${file}; echo "$AWS_PROFILE/$ATMOS_KUBE_CONTEXT"; ${line(VIEW)} 2>&1`;
    const { stdout } = await new Deno.Command("sh", { args: ["-c", script], env: world.env(NOBODY), clearEnv: true })
      .output();
    const shown = new TextDecoder().decode(stdout);
    match(shown, /^reader\/\n.*none: /, format);
  }
});
