import { deepEqual, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { atmosWords, runtimeEnv, spawnAtmos } from "../support/atmos/run_atmos.ts";
import { contextWorld, line, openSelectors, SELECTORS } from "../support/runs/context_run.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";

const exec = (identity: string, ...command: string[]) => ["auth", "exec", "-i", identity, "--", ...command];
const shell = (
  identity: string,
  script: string,
) => ["auth", "shell", "-i", identity, "--shell", "sh", "--", "-c", script];
const CURRENT = "kubectl config current-context";
const DEV = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const PROD = "arn:aws:eks:us-west-2:123456789012:cluster/prod-cluster";

/** Starts a program as an identity; returns once it has printed "ready". */
async function start(world: LoginWorld, script: string) {
  const child = spawnAtmos(exec("prod-admin", "sh", "-c", script), {
    env: world.env(NOBODY),
    cwd: world.home.at("repo"),
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let shown = "";
  while (!shown.includes("ready\n")) shown += (await reader.read()).value;
  const rest = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) shown += next.value;
    await Promise.all([child.stderr.cancel(), child.stdin.close().catch(() => {})]);
    return shown;
  };
  return { child, rest };
}

async function runInShell(world: LoginWorld, script: string): Promise<{ stdout: string; stderr: string }> {
  const shell = new Deno.Command("sh", {
    args: ["-c", script],
    clearEnv: true,
    env: { ...runtimeEnv(), ...world.env(NOBODY) },
    cwd: world.home.at("repo"),
  });
  const { stdout, stderr } = await shell.output();
  return { stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("selector: use-context in a shell stays inside it", async () => {
  if (!hasProgram("kubectl", "selector: use-context")) return;
  await using world = await contextWorld();
  world.home.write(".kube/config", "apiVersion: v1\nkind: Config\ncurrent-context: mine\n");
  const files = () => [KUBECONFIG, ".kube/config"].map((path) => world.home.read(path));
  const before = files();
  const { status, stdout } = await world.run(
    shell("prod-admin", `kubectl config use-context dev >/dev/null; ${CURRENT}`),
    NOBODY,
  );
  deepEqual([status, stdout], [0, "dev\n"]);
  // As a program does that knows no more than the list of files, and puts a new one in the place of the old.
  const switcher =
    `file=\${KUBECONFIG%%:*}; sed 's/^current-context:.*/current-context: dev/' "$file" > "$file.new"; ` +
    `mv "$file.new" "$file"; ${line([...atmosWords(), ...exec("reader", "true")])}; ${CURRENT}`;
  equal((await world.run(shell("prod-admin", switcher), NOBODY)).stdout, "dev\n");
  deepEqual(files(), before);
  deepEqual(openSelectors(world), []);
  equal((await world.run(shell("prod-admin", CURRENT), NOBODY)).stdout, "prod\n");
});

Deno.test("selector: what programs add to it is kept, and reported", async () => {
  if (!hasProgram("kubectl", "selector: added entries")) return;
  await using world = await contextWorld();
  const { status, stderr } = await world.run(
    exec("prod-admin", "kubectl", "config", "set-cluster", "kind", "--server=https://127.0.0.1:1"),
    NOBODY,
  );
  equal(status, 0);
  const [kept, ...more] = openSelectors(world);
  deepEqual(more, []);
  ok(stderr.endsWith(`Note: entries that programs added to KUBECONFIG are kept in ${world.home.at(kept!)}\n`), stderr);
  match(world.home.read(kept!)!, /server: https:\/\/127\.0\.0\.1:1/);
  // What is added to a context of ours goes where that is.
  const namespace = ["kubectl", "config", "set-context", "--current", "--namespace=web"];
  equal((await world.run(exec("prod-admin", ...namespace), NOBODY)).status, 0);
  match(world.home.read(KUBECONFIG)!, /namespace: web/);
  deepEqual(openSelectors(world), [kept]);
});

const ADD = (name: string) => `kubectl config set-cluster ${name} --server=https://127.0.0.1:1 >/dev/null`;

/** What programs have added, wherever it is by now, by the names of clusters. */
const added = (world: LoginWorld) =>
  world.home.files().filter((path) => path.startsWith(SELECTORS))
    .flatMap((path) => [.../name: (kind\d)/g[Symbol.matchAll](world.home.read(path)!)].map(([, name]) => name!));

Deno.test("selector: what programs add to a shell's stays, whatever comes after", async () => {
  if (!hasProgram("kubectl", "selector: added entries of a shell")) return;
  await using world = await contextWorld();
  const env = (identity: string) => `eval "$(${line([...atmosWords(), "auth", "env", identity])})"`;
  const script = [env("prod-admin"), ADD("kind1"), env("prod-admin"), env("dev-admin"), env("prod-admin")].join("; ");
  const { stdout, stderr } = await runInShell(world, `${script}; kubectl config get-clusters`);
  match(stdout, /^kind1$/m, stderr);
  const told: string[] = [];
  for (const name of ["kind1", "kind2"]) {
    if (name === "kind2") await runInShell(world, `${env("prod-admin")}; ${ADD(name)}`);
    told.push((await world.run(["auth", "logout", "prod-admin"], NOBODY)).stderr);
    equal((await world.run(["auth", "login", "prod-admin"])).status, 0);
  }
  for (const text of told) match(text, /Note: entries that programs added to KUBECONFIG are kept in /);
  deepEqual(added(world).sort(), ["kind1", "kind2"]);
});

Deno.test("selector: what programs have added to that of a killed process is kept, and told", async () => {
  if (!hasProgram("kubectl", "selector: added entries of a killed process")) return;
  await using world = await contextWorld();
  const killed = await start(world, `${ADD("kind1")}; echo ready; exec 2>&-; read line`);
  killed.child.kill("SIGKILL");
  await killed.child.status;
  const { stderr } = await world.run(exec("dev-admin", "true"), NOBODY);
  match(stderr, /Note: entries that programs added to KUBECONFIG are kept in \S+\/prod-admin\/added-/);
  deepEqual(added(world), ["kind1"]);
  await killed.child.stdin.close().catch(() => {});
  await killed.rest();
});

Deno.test("selector: it is its owner's alone, and gone however the program ends", async () => {
  await using world = await contextWorld();
  const script = 'trap "exit 9" TERM INT HUP; echo ready; while :; do sleep 0.05; done';
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    const { child, rest } = await start(world, script);
    const [path, ...more] = openSelectors(world);
    deepEqual(more, []);
    equal(Deno.statSync(world.home.at(path!)).mode! & 0o777, 0o600);
    for (const folder of ["", "/test", "/test/prod-admin"]) {
      equal(Deno.statSync(world.home.at(SELECTORS + folder)).mode! & 0o777, 0o700);
    }
    child.kill(signal);
    await rest();
    equal((await child.status).code, 9);
    deepEqual(openSelectors(world), [], signal);
  }
  equal((await world.run(exec("prod-admin", "no-such-program"), NOBODY)).status, 127);
  deepEqual(openSelectors(world), []);
});

Deno.test("selector: one that a killed process has left is removed by the next run, one in use is not", async () => {
  await using world = await contextWorld();
  const living = await start(world, "echo ready; read line");
  const [inUse] = openSelectors(world);
  const killed = await start(world, "echo ready; exec 2>&-; read line");
  killed.child.kill("SIGKILL");
  await killed.child.status;
  equal(openSelectors(world).length, 2);
  const left = openSelectors(world).find((path) => path !== inUse)!;
  world.home.write(`${left}.lock`, "");
  equal((await world.run(exec("dev-admin", "true"), NOBODY)).status, 0);
  deepEqual(openSelectors(world), [inUse]);
  await Promise.all([living.child.stdin.close(), killed.child.stdin.close().catch(() => {})]);
  await Promise.all([living.rest(), killed.rest()]);
  deepEqual(openSelectors(world), []);
});

Deno.test("selector: a program that outlives its atmos finds no cluster, instead of another identity's", async () => {
  if (!hasProgram("kubectl", "selector: outlived")) return;
  await using world = await contextWorld();
  const gone = 'while [ -e "${KUBECONFIG%%:*}" ]; do sleep 0.05; done';
  const late = world.home.at("late");
  const script =
    `(${gone}; kubectl get pods; kubectl config use-context dev) >${late}.new 2>&1 && mv ${late}.new ${late} || mv ${late}.new ${late} &`;
  equal((await world.run(exec("prod-admin", "sh", "-c", script), NOBODY)).status, 0);
  while (world.home.read("late") === undefined) await new Promise((done) => setTimeout(done, 50));
  match(world.home.read("late")!, /specified context: none: the atmos process that chose one has ended, or its/);
});

Deno.test("selector: auth env names the same one each time, in every format, and no other shell's choice changes it", async () => {
  await using world = await contextWorld();
  const json = async (more: readonly string[] = [], env = {}) =>
    JSON.parse(
      (await world.run(["auth", "env", "platform", "--format", "json", ...more], { ...NOBODY, ...env })).stdout,
    );
  const first = await json(["--context", "staging"], { KUBECONFIG: "/mine:relative" });
  const [selector, ended, ...rest] = first["KUBECONFIG"].split(":");
  deepEqual(rest, [world.home.at(KUBECONFIG), "/mine", "relative", selector]);
  equal(first["KUBE_CONFIG_PATHS"], [selector, ended, world.home.at(KUBECONFIG)].join(":"));
  equal("KUBE_CONFIG_PATH" in first, false);
  deepEqual([selector, ended].map((path) => Deno.statSync(path).mode! & 0o777), [0o600, 0o400]);
  const written = Deno.statSync(selector).mtime;
  equal((await json())["KUBECONFIG"].split(":")[0], selector);
  deepEqual(Deno.statSync(selector).mtime, written);
  for (const format of ["bash", "fish", "powershell", "dotenv", "env", "github"]) {
    const github = world.home.write("github", "");
    const { stdout } = await world.run(["auth", "env", "platform", "--format", format], {
      ...NOBODY,
      GITHUB_ENV: github,
    });
    ok((stdout + world.home.read("github")).includes(`${selector}:${ended}:`), format);
  }
  const whoami = await world.run(["auth", "whoami", "platform", "--output", "json"], NOBODY);
  ok(whoami.stdout.includes(`${selector.replace(world.home.path, "~")}`), whoami.stdout);
  // A shell has chosen another context in its file: that is its own business.
  Deno.writeTextFileSync(selector, "apiVersion: v1\nkind: Config\ncurrent-context: other\n");
  const other = (await json())["KUBECONFIG"].split(":")[0];
  ok(other !== selector && other.startsWith(selector), other);
  match(Deno.readTextFileSync(selector), /current-context: other\n/);
  match(Deno.readTextFileSync(other), /^current-context: staging$/m);
  // And in that very shell it goes on.
  const again = (await json([], { KUBECONFIG: first["KUBECONFIG"] }))["KUBECONFIG"].split(":")[0];
  match(Deno.readTextFileSync(again), /^current-context: other$/m);
  equal((await world.run(["auth", "logout", "platform"], NOBODY)).status, 0);
  deepEqual(world.home.files().filter((path) => path.includes("/platform/env-")), []);
});

Deno.test("selector: readers for which the last current-context counts find the same cluster", async () => {
  await using world = await contextWorld();
  const reader = world.home.write(
    "reader.ts",
    'import { KubeConfig } from "@kubernetes/client-node";\nconst kc = new KubeConfig();\nkc.loadFromDefault();\n' +
      "console.log(kc.getContextObject(kc.currentContext)?.cluster ?? kc.currentContext);\n",
  );
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const words = [Deno.execPath(), "run", "-A", "--quiet", "--no-check", `--config=${config}`, reader];
  world.home.write(
    ".kube/config",
    "apiVersion: v1\nkind: Config\ncurrent-context: dev\nclusters: []\ncontexts: []\nusers: []\n",
  );
  const { status, stdout, stderr } = await world.run(exec("prod-admin", ...words), NOBODY);
  deepEqual([status, stdout], [0, `${PROD}\n`], stderr);
  equal((await world.run(exec("platform", ...words), NOBODY)).stdout.startsWith("none chosen"), true);
});

Deno.test("selector: a login that points its context to another cluster moves no shell that is open", async () => {
  if (!hasProgram("kubectl", "selector: moved context")) return;
  await using world = await contextWorld();
  const view = ["kubectl", "config", "view", "--minify", "--output"];
  const cluster = [...view, "jsonpath={.contexts[0].context.cluster} {.clusters[0].name} {.users[0].user.exec.args}"];
  const shown = (await world.run(exec("prod-admin", ...cluster), NOBODY)).stdout;
  ok(shown.startsWith(`${PROD} ${PROD} `), shown);
  const variables = JSON.parse((await world.run(["auth", "env", "prod-admin", "--format=json"], NOBODY)).stdout);
  const script = `echo ready; read line; ${line(cluster)}; echo; kubectl config use-context dev >/dev/null; ${CURRENT}`;
  const shell = await start(world, script);
  const config = world.home.read("repo/atmos.yaml")!;
  const moved = config.replace("prod-cluster, region: us-west-2", "staging-cluster, region: us-east-1");
  ok(moved !== config);
  world.home.write("repo/atmos.yaml", moved);
  equal((await world.run(["auth", "login", "prod-admin", "--strict"], NOBODY)).status, 0);
  match((await world.run(exec("prod-admin", ...cluster), NOBODY)).stdout, /cluster\/staging-cluster /);
  await shell.child.stdin.close();
  deepEqual((await shell.rest()).split("\n").slice(1, 3), [shown, "dev"]);
  deepEqual(openSelectors(world), []);
  const { stdout } = await new Deno.Command("kubectl", {
    args: cluster.slice(1),
    clearEnv: true,
    env: world.env({ KUBECONFIG: variables["KUBECONFIG"] }),
  }).output();
  equal(new TextDecoder().decode(stdout), shown);
  equal(Deno.statSync(variables["KUBECONFIG"].split(":")[0]).mode! & 0o777, 0o600);
});

Deno.test("selector: where none can be written, kubectl finds the right cluster or none", async () => {
  if (!hasProgram("kubectl", "selector: not written")) return;
  await using world = await contextWorld();
  const file = world.home.write("file", "in the way");
  const closed = { ...NOBODY, ATMOS_XDG_STATE_HOME: file };
  const view = ["kubectl", "config", "view", "--minify", "--output", "jsonpath={.contexts[0].context.cluster}"];
  const dev = await world.run(exec("dev-admin", ...view), closed);
  deepEqual([dev.status, dev.stdout, dev.stderr], [0, DEV, ""]);
  const prod = await world.run(exec("prod-admin", "sh", "-c", `echo "$KUBECONFIG"; ${line(view)}`), closed);
  match(prod.stdout, /^\/dev\/null\n/);
  ok(!prod.stdout.includes("arn:"), prod.stdout);
  match(
    prod.stderr,
    /^Warning: Cannot select a kubectl context: .*\nHint: Set XDG_STATE_HOME to a directory that can be written\n/,
  );
});

/** A shell that has evaluated `auth env`, runs the lines that it is given, and answers each with one. */
function openTerminal(world: LoginWorld, program: string) {
  const child = new Deno.Command(program, {
    cwd: world.home.at("repo"),
    clearEnv: true,
    env: { ...runtimeEnv(), ...world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! }) },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [writer, reader] = [child.stdin.getWriter(), child.stdout.pipeThrough(new TextDecoderStream()).getReader()];
  const ask = async (command: string) => {
    await writer.write(new TextEncoder().encode(`${command}; echo .\n`));
    let answer = "";
    while (!answer.endsWith(".\n")) answer += (await reader.read()).value;
    return answer.slice(0, -2).trimEnd();
  };
  return { ask, close: async () => (await writer.close(), await reader.cancel(), await child.status) };
}

for (const program of ["bash", "dash", "zsh"]) {
  Deno.test(`selector: a context that is chosen after auth env in one ${program} is no other one's`, async () => {
    if (![program, "kubectl"].every((one) => hasProgram(one, `selector: two shells, ${program}`))) return;
    await using world = await contextWorld();
    const [first, second] = [openTerminal(world, program), openTerminal(world, program)];
    const take = `eval "$(${line([...atmosWords(), "auth", "env", "-i", "prod-admin"])})"`;
    await Promise.all([first.ask(take), second.ask(take)]);
    equal(await second.ask(`kubectl config use-context dev >/dev/null; ${CURRENT}`), "dev");
    equal(await first.ask(CURRENT), "prod");
    // Evaluated again, in either.
    await Promise.all([first.ask(take), second.ask(take)]);
    equal(await first.ask(`kubectl config use-context dev >/dev/null; ${CURRENT}`), "dev");
    equal(await second.ask(`${take}; kubectl config use-context prod >/dev/null; ${CURRENT}`), "prod");
    equal(await first.ask(CURRENT), "dev");
    await Promise.all([first.close(), second.close()]);
  });
}

for (const identity of ["platform", "reader"]) {
  Deno.test(`selector: no kubeconfig that follows has a context of the name that stands for none: ${identity}`, async () => {
    if (!hasProgram("kubectl", "selector: a name that is taken")) return;
    await using world = await contextWorld();
    const env = { ...NOBODY, KUBECONFIG: `${world.home.at(KUBECONFIG)}:${world.home.at("theirs")}` };
    const run = async (command: string) => await world.run(exec(identity, "sh", "-c", command), env);
    const names: string[] = [];
    for (let round = 0; round < 3; round++) {
      const name = (await run(CURRENT)).stdout.trim();
      match(name, /^none(?: chosen|:) /);
      // JSON is YAML.
      const contexts = [...names, name].map((one) => ({ name: one, context: { cluster: "theirs", user: "theirs" } }));
      names.push(name);
      world.home.write(
        "theirs",
        JSON.stringify({ contexts, clusters: [{ name: "theirs", cluster: { server: "https://theirs.example" } }] }),
      );
      const { status, stdout } = await run("kubectl config view --minify");
      deepEqual([status === 0, stdout.includes("theirs.example")], [false, false]);
    }
  });
}
