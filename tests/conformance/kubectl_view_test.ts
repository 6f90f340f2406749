import assert from "node:assert/strict";
import { app } from "../../src/app.ts";
import { REGISTRY } from "../../src/cli/registry.ts";
import type { KubectlReport } from "../../src/cli/provision/kubectl_report.ts";
import { reader, writer } from "../../src/host/files/files.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { randomRuns, seedOfToday } from "../support/random/runs.ts";
import { RandomSource } from "../support/random/source.ts";
import { cluster } from "../support/standin/clusters.ts";

const RUNS = randomRuns({ usual: 15, long: 150 });
const SEED = seedOfToday();
const FOUND = cluster("dev-cluster");
const USER = "user-dev-cluster";

/** Names that our file has, too, and some that it has not. */
const CONTEXTS = ["dev", "prod", "mine"];
const CLUSTERS = [FOUND.arn, "prod"];
const USERS = [USER, "me"];

/** A kubeconfig that the user or another tool has written. */
function foreign(random: RandomSource): string {
  const some = <T>(all: readonly T[]) => all.filter(() => random.chance(0.5));
  const current = random.pick(["", "current-context: prod\n", "current-context: dev\n", 'current-context: ""\n']);
  const clusters = some(CLUSTERS).map((name) => `- name: ${name}\n  cluster: {server: "https://old.example"}\n`);
  const contexts = some(random.chance(0.5) ? CONTEXTS : ["prod"]).map((name) =>
    `- name: ${name}\n  context: {cluster: ${random.pick(CLUSTERS)}, user: ${random.pick(USERS)}}\n`
  );
  const users = some(USERS).map((name) => `- name: ${name}\n  user: {token: "abc"}\n`);
  const section = (name: string, items: readonly string[]) => items.length === 0 ? "" : `${name}:\n${items.join("")}`;
  return `apiVersion: v1\nkind: Config\n${current}${section("clusters", clusters)}${section("contexts", contexts)}${
    section("users", users)
  }`;
}

/** Files of all kinds, one of which is to be ours. */
function scatter(home: TempHome, random: RandomSource): readonly string[] {
  const names = ["a", "sub/b", "c d", "e"];
  Deno.mkdirSync(home.at("sub"));
  for (const name of names) {
    const kind = random.pick(["missing", "empty", "comment", "foreign", "foreign", "foreign", "rare"]);
    if (kind === "empty") home.write(name, "");
    if (kind === "comment") home.write(name, "# nothing yet\n");
    if (kind === "foreign") home.write(name, foreign(random));
    if (kind === "rare") strange(home, { name, random });
  }
  Deno.symlinkSync("a", home.at("link"));
  return [...names, "link", ".kube/config"];
}

function strange(home: TempHome, { name, random }: { readonly name: string; readonly random: RandomSource }): void {
  const kind = random.pick(["directory", "cut", "dangling", "duplicates", "types", "types"]);
  if (kind === "directory") Deno.mkdirSync(home.at(name));
  if (kind === "cut") home.write(name, "clusters: [\n");
  if (kind === "dangling") Deno.symlinkSync("nowhere", home.at(name));
  if (kind === "types") {
    home.write(name, random.pick(["preferences: []\n", "current-context: 08\n", "users: [{name: 1}]\n"]));
  }
  if (kind === "duplicates") home.write(name, "contexts:\n- name: x\n- name: x\n");
}

/** KUBECONFIG as shells and people make it: relative and absolute paths, twice, with nothing between two colons. */
function asList(home: TempHome, { random, names, own }: {
  readonly random: RandomSource;
  readonly names: readonly string[];
  readonly own: string;
}): string {
  const chosen = Array.from({ length: 1 + random.below(4) }, () => random.pick(names));
  if (random.chance(0.5)) chosen.push(own);
  const paths = chosen.map((name) => random.chance(0.5) ? home.at(name) : random.chance(0.5) ? name : `./${name}`);
  return paths.join(random.pick([":", ":", "::"])) + random.pick(["", "", ":"]);
}

interface Written {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

interface World {
  readonly home: TempHome;
  readonly env: Readonly<Record<string, string>>;
}

async function update({ home, env }: World, words: readonly string[]): Promise<Written> {
  const body = new TextEncoder().encode(JSON.stringify({ cluster: FOUND }));
  const host = fakeHost({
    env: { ...env, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
    files: { read: { ...reader, cwd: () => home.path }, write: writer },
    uid: Deno.uid() ?? -1,
    net: [{ status: 200, headers: { "content-type": "application/json" }, body }],
  });
  const line = ["aws", "eks", "update-kubeconfig", "--name", FOUND.name, "--region", FOUND.region, "--alias", "dev"];
  const status = await app({ host, registry: REGISTRY, giveUp: () => {} }, [...line, ...words]);
  return { status, out: host.seen.out, err: host.seen.err };
}

interface Entries {
  readonly name: string;
}

interface View {
  readonly "current-context": string;
  readonly contexts:
    | readonly (Entries & { readonly context: { readonly cluster: string; readonly user: string } })[]
    | null;
  readonly clusters: readonly Entries[] | null;
  readonly users: readonly Entries[] | null;
}

/** What a line for the shell prints; undefined where it fails. */
async function shell({ home, env }: World, line: string): Promise<string | undefined> {
  const { code, stdout } = await new Deno.Command("sh", {
    args: ["-c", line],
    cwd: home.path,
    clearEnv: true,
    env: { ...env, PATH: Deno.env.get("PATH") ?? "" },
  }).output();
  return code === 0 ? new TextDecoder().decode(stdout) : undefined;
}

async function view(world: World, words = ""): Promise<View | undefined> {
  const text = await shell(world, `kubectl config view --raw -o json ${words}`);
  return text === undefined ? undefined : JSON.parse(text);
}

/** All that a context is made of. */
function parts({ contexts, clusters, users }: View, name: string) {
  const context = contexts?.find((one) => one.name === name);
  const find = (list: readonly Entries[] | null, wanted: string | undefined) =>
    list?.find((one) => one.name === wanted);
  return { context, cluster: find(clusters, context?.context.cluster), user: find(users, context?.context.user) };
}

interface Case {
  readonly world: World;
  /** Absolute. */
  readonly path: string;
  readonly isSwitched: boolean;
  readonly report: KubectlReport;
}

/** The report says what the real kubectl does, and its command makes it do what was written. */
async function judge({ world, path, isSwitched, report }: Case): Promise<void> {
  const ours = parts((await view(world, `--kubeconfig='${path}'`))!, "dev");
  assert.ok(ours.cluster && ours.user, "what was written is whole");
  const merged = await view(world);
  const isUsed = merged !== undefined && JSON.stringify(parts(merged, "dev")) === JSON.stringify(ours);
  assert.equal(report.context, merged?.["current-context"] || null, "the context that kubectl uses");
  assert.equal(report.effective, isUsed && (!isSwitched || merged["current-context"] === "dev"), "effective");
  assert.equal(report.reasons.length === 0, report.effective);
  if (report.command === null) return assert.ok(report.effective);
  const isExport = report.command.startsWith("export ");
  const isSelection = report.command.startsWith("kubectl config ");
  const show = "config view --minify --raw -o json";
  const context = isSwitched ? "" : "--context=dev";
  const line = isExport || isSelection
    ? `${report.command} > /dev/null; kubectl ${show} ${context}`
    : `${report.command} ${show}`;
  const after = await shell(world, line);
  assert.ok(after !== undefined, line);
  assert.deepEqual(parts(JSON.parse(after), "dev"), ours, line);
}

Deno.test({
  name: `what is said of kubectl is what kubectl does, with ${RUNS} lists of files (seed ${SEED})`,
  ignore: !hasProgram("kubectl", "what is said of kubectl"),
  async fn() {
    const random = new RandomSource(SEED);
    let hidden = 0;
    for (let run = 0; run < RUNS; run++) {
      using home = tempHome();
      const names = scatter(home, random);
      const own = random.pick(names);
      const how = random.pick(["flag", "variable", "relative"]);
      const isSwitched = random.chance(0.8);
      const list = random.chance(0.9) ? { KUBECONFIG: asList(home, { random, names, own }) } : {};
      const env = { HOME: home.path, ...list, ...(how === "variable" ? { ATMOS_KUBECONFIG: home.at(own) } : {}) };
      const flag = how === "flag" ? ["--kubeconfig", home.at(own)] : how === "relative" ? ["--kubeconfig", own] : [];
      const words = [...flag, "--update", "replace", ...(isSwitched ? [] : ["--no-switch-context"])];
      const world = { home, env };
      const before = await update(world, [...words, "--output", "json", "--dry-run"]);
      const { status, out, err } = await update(world, [...words, "--output", "json"]);
      if (status !== 0) continue;
      const label = `run ${run}: KUBECONFIG=${list.KUBECONFIG}, into ${own}\n${out}${err}`;
      try {
        const { path, kubectl } = JSON.parse(out);
        assert.deepEqual(JSON.parse(before.out).kubectl, kubectl, "the preview says the same");
        const text = await update(world, words);
        for (const reason of kubectl.reasons) {
          assert.ok(text.err.includes(reason) || text.err.includes("does not read it yet"), text.err);
        }
        assert.equal(text.err.includes("Warning: "), kubectl.reasons.some((one: string) => !/does not read/.test(one)));
        if (!kubectl.effective) hidden++;
        await judge({ world, path, isSwitched, report: kubectl });
      } catch (error) {
        throw new Error(label, { cause: error });
      }
    }
    assert.ok(hidden > RUNS / 10, `only ${hidden} were not effective`);
  },
});
