import assert from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import type { EntryFacts } from "../../src/kube/kubeconfig/entry.ts";
import { editOne, type OneResult } from "../support/kubeconfig/edit_one.ts";
import { oracleView } from "../support/kubeconfig/oracle.ts";
import { RandomKubeconfig } from "../support/random/kubeconfig.ts";
import { randomFacts } from "../support/random/facts.ts";
import { randomRuns, seedOfToday } from "../support/random/runs.ts";
import { RandomSource } from "../support/random/source.ts";

const RUNS = randomRuns({ usual: 5_000, long: 20_000 });
const SEED = seedOfToday();
const SECTIONS = { clusters: "cluster", contexts: "context", users: "user" } as const;

Deno.test(`${RUNS} random kubeconfigs keep every byte that is not ours (ATMOS_TEST_SEED=${SEED})`, () => {
  const random = new RandomSource(SEED);
  const refusals = new Map<string, number>();
  const actions = new Map<string, number>();
  for (let run = 0; run < RUNS; run++) {
    const wanted = randomFacts(random);
    const names = [wanted.arn, wanted.alias ?? wanted.arn, `user-${wanted.name}`];
    const source = new RandomKubeconfig(random, names).text();
    const switchContext = random.pick(["always", "if-none", "never"] as const);
    try {
      const result = editOne({ source, facts: wanted, update: "merge", switchContext });
      count(actions, result.action);
      checkEdit({ source, result, wanted, switchContext });
    } catch (error) {
      if (error instanceof AppError && error.code === "kubeconfig-merge") count(refusals, error.code);
      else throw new Error(`run ${run}: ${(error as Error).message}\n--- source\n${source}\n---`, { cause: error });
    }
  }
  console.log(`${RUNS} edits, ATMOS_TEST_SEED=${SEED}: ${text(actions)}; refused: ${text(refusals)}`);
  assert.ok((refusals.get("kubeconfig-merge") ?? 0) < RUNS * 0.2, "too many refusals prove nothing");
  for (const action of ["added", "updated"]) assert.ok((actions.get(action) ?? 0) > RUNS / 20, `hardly any ${action}`);
});

interface Checked {
  readonly source: string;
  readonly result: OneResult;
  readonly wanted: EntryFacts;
  readonly switchContext: "always" | "if-none" | "never";
}

function checkEdit({ source, result, wanted, switchContext }: Checked): void {
  const again = editOne({ source: result.text, facts: wanted, update: "merge", switchContext });
  assert.equal(again.text, result.text, "a second run changes something");
  assert.equal(again.action, "unchanged");
  try {
    sameData({ source, result });
    sameBytes({ source, result });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n--- result\n${result.text}`, { cause: error });
  }
}

type Pair = Pick<Checked, "source" | "result">;

function ours(result: OneResult): Record<keyof typeof SECTIONS, string> {
  const { cluster, context, user } = result.entry;
  return { clusters: cluster.name, contexts: context.name, users: user.name };
}

/** An independent library reads old and new as equal but for our entries; inside these only our fields differ. */
function sameData({ source, result }: Pair): void {
  const before = oracleView(source).data;
  const after = oracleView(result.text).data;
  const mine = ours(result);
  for (const [section, name] of Object.entries(mine)) {
    const key = SECTIONS[section as keyof typeof SECTIONS];
    const old = (before[section] ?? []) as { name: string }[];
    const now = (after[section] ?? []) as { name: string }[];
    assert.deepEqual(now.filter((item) => item.name !== name), old.filter((item) => item.name !== name), section);
    assert.equal(now.filter((item) => item.name === name).length, 1, `${section} ${name}`);
    const payload = result.entry[key].payload;
    const entry = now.find((item) => item.name === name) as unknown as Record<string, Record<string, unknown>>;
    const was = old.find((item) => item.name === name) as unknown as typeof entry | undefined;
    for (const [field, value] of Object.entries(payload)) {
      if (typeof value === "string") assert.equal(entry[key]![field], value, `${key}.${field}`);
    }
    for (const [field, value] of Object.entries(was?.[key] ?? {})) {
      if (!Object.hasOwn(payload, field)) assert.deepEqual(entry[key]![field], value, `lost ${key}.${field}`);
    }
  }
  const others = (data: Record<string, unknown>) =>
    Object.entries(data).filter(([key]) => !(key in SECTIONS) && key !== "current-context");
  if (Object.keys(before).length > 0) assert.deepEqual(others(after), others(before));
  checkExec(after, result);
}

function checkExec(after: Record<string, unknown>, result: OneResult): void {
  const users = after["users"] as { name: string; user: { exec: Record<string, unknown> } }[];
  const exec = users.find((user) => user.name === result.entry.user.name)!.user.exec;
  assert.deepEqual(exec["args"], result.entry.facts.exec.args);
  assert.equal(exec["command"], "aws");
}

/** Every line outside our entries is there, in order, byte for byte; every new line is inside our entries. */
function sameBytes({ source, result }: Pair): void {
  if (Object.keys(oracleView(source).data).length === 0) {
    return assert.ok(result.text.startsWith(source.replace(/(\.\.\.|~|null|\{\})?\s*$/, "")));
  }
  const before = outside({ text: source, result, keys: [] });
  const after = outside({ text: result.text, result, keys: before.keys });
  assert.deepEqual(after.flow, before.flow);
  // Whether a comment behind an entry is part of it depends on the entry's last value; so comments are looked for anywhere.
  keepsLines(before.lines, allLines(result.text));
  keepsLines(after.lines, allLines(source));
  assert.deepEqual(after.lines.filter(isContent), before.lines.filter(isContent));
}

function keepsLines(lines: readonly string[], text: readonly string[]): void {
  let at = 0;
  for (const line of lines) {
    while (at < text.length && text[at] !== line) at++;
    assert.ok(at < text.length, `a line is in one of both texts only: ${JSON.stringify(line)}`);
    at++;
  }
}

function isContent(line: string): boolean {
  return !line.trimStart().startsWith("#");
}

interface Outside {
  readonly lines: readonly string[];
  readonly keys: readonly string[];
  readonly flow: readonly string[];
}

const KEYS = ["clusters", "contexts", "users", "current-context"];

/** A text's lines without those of our entries and of the top-level keys that an edit may touch or add. */
function outside({ text, result }: { text: string; result: OneResult; keys: readonly string[] }): Outside {
  const view = oracleView(text);
  const drop = new Set<number>();
  const mark = (span: readonly [number, number] | undefined) => {
    for (let line = span?.[0] ?? 0; span !== undefined && line <= span[1]; line++) drop.add(line);
  };
  const mine = ours(result);
  for (const [section, name] of Object.entries(mine)) mark(view.lines(section, name));
  for (const key of KEYS) mark(view.keyLines(key));
  const flow: string[] = [];
  const json = /^\uFEFF?(---\s*)?\{/.test(text);
  for (const [section, name] of Object.entries(mine)) {
    for (const [other, own] of view.sources(section)) if (other !== name && own.startsWith("{")) flow.push(own);
  }
  const lines = json
    ? []
    : allLines(text).filter((_, line) => !drop.has(line)).filter((line) => line !== "" && !inFlow(line));
  return { lines, keys: KEYS.filter((key) => view.keyLines(key) !== undefined), flow };
}

/** Lines of a list in brackets hold several entries; their sources are compared one by one instead. */
function inFlow(line: string): boolean {
  return /^ {2}\{.*[\],]\r?$/.test(line);
}

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

function text(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([key, times]) => `${times} ${key}`).join(", ") || "none";
}

/** Without BOM and with a last line break, as the lines are to be compared one by one. */
function allLines(text: string): readonly string[] {
  const end = text.endsWith("\n") ? "" : text.includes("\r\n") ? "\r\n" : "\n";
  return (text.replace(/^\uFEFF/, "") + end).split("\n");
}
