import { deepEqual, equal, ok } from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import { YamlError } from "../../src/formats/text/source_error.ts";
import { editEntries } from "../../src/kube/kubeconfig/edit_entries.ts";
import { removeEntries } from "../../src/kube/kubeconfig/remove_entries.ts";
import { oracleView } from "../support/kubeconfig/oracle.ts";
import { RandomKubeconfig } from "../support/random/kubeconfig.ts";
import { randomFacts } from "../support/random/facts.ts";
import { RandomSource } from "../support/random/source.ts";

const RUNS = 1_500;
const SEED = Number(Deno.env.get("ATMOS_TEST_SEED") ?? 20261124);

interface Item {
  readonly name: string;
  readonly context?: { readonly cluster?: string; readonly user?: string } | null;
}

function itemsOf(data: Record<string, unknown>, section: string): readonly Item[] {
  return ((data[section] ?? []) as (Item | null)[]).filter((item) => item !== null);
}

function run(work: (random: RandomSource) => void): void {
  const random = new RandomSource(SEED);
  for (let at = 0; at < RUNS; at++) {
    try {
      work(random);
    } catch (error) {
      throw new Error(`run ${at}: ${(error as Error).message}`, { cause: error });
    }
  }
}

Deno.test(`${RUNS} random kubeconfigs with several entries at once: each lands or says why, the others' data stays`, () => {
  let landed = 0;
  run((random) => {
    const edits = Array.from({ length: random.pick([2, 3, 5]) }, () => ({
      facts: randomFacts(random),
      update: "merge" as const,
      switchContext: random.pick(["if-none", "never"] as const),
    }));
    const source = new RandomKubeconfig(random, edits.flatMap(({ facts }) => [facts.arn, facts.alias ?? facts.arn]))
      .text();
    const { text, outcomes } = editEntries({ source, edits });
    const before = oracleView(source).data;
    const after = oracleView(text).data;
    const ours = new Set<string>();
    for (const outcome of outcomes) {
      if (outcome instanceof Error) {
        ok(outcome instanceof YamlError || outcome.code === "kubeconfig-merge", outcome.message);
        continue;
      }
      landed++;
      const { cluster, contexts, user } = outcome.entry;
      [cluster, user, ...contexts].forEach(({ name }) => ours.add(name));
      const context = itemsOf(after, "contexts").find(({ name }) => name === contexts[0]!.name)!.context!;
      // A later one of the same names may have taken the context over, for the same cluster.
      equal(context.cluster, cluster.name, text);
      ok(itemsOf(after, "users").some(({ name }) => name === user.name), text);
    }
    for (const section of ["clusters", "contexts", "users"]) {
      const others = (data: Record<string, unknown>) => itemsOf(data, section).filter(({ name }) => !ours.has(name));
      deepEqual(others(after), others(before), `${section}\n${source}\n---\n${text}`);
    }
  });
  ok(landed > RUNS, "hardly any landed");
});

Deno.test(`${RUNS} random kubeconfigs lose some contexts: all else is the same data, and no line is new`, () => {
  let removed = 0;
  run((random) => {
    const source = new RandomKubeconfig(random, ["dev", "prod-1"]).text();
    const before = oracleView(source).data;
    const names = itemsOf(before, "contexts").map(({ name }) => name).filter(() => random.chance(0.4));
    try {
      const result = removeEntries({ source, contexts: () => names });
      removed += result.contexts.length;
      check({ source, before, result });
    } catch (error) {
      if (!(error instanceof YamlError) && !(error instanceof AppError)) throw error;
    }
  });
  ok(removed > RUNS / 4, `only ${removed} were removed`);
});

interface Checked {
  readonly source: string;
  readonly before: Record<string, unknown>;
  readonly result: ReturnType<typeof removeEntries>;
}

function check({ source, before, result }: Checked): void {
  const after = oracleView(result.text).data;
  for (const section of ["clusters", "contexts", "users"] as const) {
    const left = itemsOf(before, section).filter(({ name }) => !result[section].includes(name));
    deepEqual(itemsOf(after, section), left, `${section}\n${source}\n---\n${result.text}`);
  }
  const still = itemsOf(after, "contexts").map(({ context }) => context);
  for (const name of result.users) ok(!still.some((context) => context?.user === name), name);
  for (const name of result.clusters) ok(!still.some((context) => context?.cluster === name), name);
  const current = before["current-context"];
  const isGone = result.contexts.includes(String(current));
  equal(after["current-context"], isGone ? "" : current);
  // In JSON the last item of a list has no comma behind it.
  if (/^\uFEFF?(---\s*)?\{/.test(source)) return;
  const old = new Set(["", ...source.split("\n")]);
  const fresh = result.text.split("\n").filter((line) => !old.has(line) && !/current-context|\[|\{/.test(line));
  deepEqual(fresh, [], `${JSON.stringify(fresh)}\n${source}\n---\n${result.text}`);
}
