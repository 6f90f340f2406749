import { deepEqual, equal, ok } from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import { YamlError } from "../../src/formats/text/source_error.ts";
import { editEntries, type EntriesResult } from "../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../src/kube/kubeconfig/entry.ts";
import type { EntryEdit, RecordedContext } from "../../src/kube/kubeconfig/entry_edit.ts";
import { oracleView } from "../support/kubeconfig/oracle.ts";
import { RandomKubeconfig } from "../support/random/kubeconfig.ts";
import { RandomSource } from "../support/random/source.ts";
import { clusterFacts, mergeOf, rememberedOf } from "../support/kubeconfig/written_before.ts";

const RUNS = 300;
const ROUNDS = 5;
const SEED = Number(Deno.env.get("ATMOS_TEST_SEED") ?? 20261125);
const SECTIONS = ["clusters", "contexts", "users"] as const;
const OUR_USER = /^(?:user-(?:one|two|three)\b|u[123]$)/;

interface Item {
  readonly name: string;
  readonly context?: { readonly cluster?: string; readonly user?: string } | null;
}

type Items = Readonly<Record<typeof SECTIONS[number], readonly Item[]>>;

function itemsOf(text: string): Items {
  const data = oracleView(text).data as Record<string, (Item | null)[] | null> | null;
  const of = (section: string) => (data?.[section] ?? []).filter((item) => item !== null);
  return { clusters: of("clusters"), contexts: of("contexts"), users: of("users") };
}

/** What an integration may say of its cluster from one day to the next; takes its names. */
function changedFacts(random: RandomSource, names: string[]): EntryFacts {
  const alias = names.pop()!;
  return clusterFacts(random.pick(["one", "two", "three"]), {
    alias,
    moreAliases: random.chance(0.3) ? [names.pop()!] : [],
    profile: random.pick(["dev", "admin"]),
    ...(random.chance(0.4) ? { userAlias: random.pick(["u1", "u2", "u3"]) } : {}),
    ...(random.chance(0.4) ? { namespace: random.pick(["web", "core"]) } : {}),
    ...(random.chance(0.4) ? { proxyUrl: random.pick(["http://p:1", "http://p:2"]) } : {}),
  });
}

function shuffled(random: RandomSource, all: readonly string[]): string[] {
  const left = [...all];
  return all.map(() => left.splice(left.indexOf(random.pick(left)), 1)[0]!);
}

/** Three integrations of one kubeconfig, over some days. */
class Days {
  readonly #random: RandomSource;
  /** Of each integration, what is remembered. */
  readonly #recorded: (readonly RecordedContext[])[] = [[], [], []];
  #text: string;
  /** What was never theirs. */
  #theirs: Items;
  /** Users of contexts that an integration has taken from another which was not there. */
  readonly #abandoned = new Set<string | undefined>();
  written = 0;

  constructor(random: RandomSource) {
    this.#random = random;
    this.#text = new RandomKubeconfig(random, ["mine", "a", "u1"]).text();
    this.#theirs = itemsOf(this.#text);
  }

  /** false: the file's layout is beyond the editor. */
  day(): boolean {
    const random = this.#random;
    const names = shuffled(random, ["a", "b", "c", "d", "e", "f"]);
    const facts = this.#recorded.map(() => changedFacts(random, names));
    const now = [0, 1, 2].filter(() => random.chance(0.75));
    const edits = now.map((at) => mergeOf(facts[at]!, { recorded: this.#recorded[at]! }));
    const before = this.#text;
    const result = editEntries({ source: before, edits });
    if (result.outcomes.some((one) => one instanceof YamlError)) return false;
    try {
      this.#remember(now, result);
      this.#check(now, { edits, result });
    } catch (error) {
      const about = [JSON.stringify(edits, null, 1), before, result.text].join("\n---\n");
      throw new Error(`${(error as Error).message}\n${about}`, { cause: error });
    }
    this.#text = random.chance(0.3) ? withNamespace(result.text, random.pick(["a", "b", "c"])) : result.text;
    return true;
  }

  #remember(now: readonly number[], { outcomes }: EntriesResult): void {
    const sound = now.filter((_, at) => !(outcomes[at] instanceof Error));
    sound.forEach((one) => this.#recorded[one] = rememberedOf(outcomes[now.indexOf(one)]!));
    const taken = new Set(sound.flatMap((one) => this.#recorded[one]!.map(({ name }) => name)));
    this.#recorded.forEach((contexts, one) => {
      if (sound.includes(one)) return;
      this.#recorded[one] = contexts.filter(({ name }) => !taken.has(name));
      contexts.forEach(({ name, user }) => taken.has(name) && this.#abandoned.add(user));
    });
    this.written += sound.length;
  }

  #check(
    now: readonly number[],
    { edits, result: { text, outcomes } }: { edits: readonly EntryEdit[]; result: EntriesResult },
  ): void {
    for (const outcome of outcomes) ok(!(outcome instanceof Error) || outcome instanceof AppError, `${outcome}`);
    const items = itemsOf(text);
    const own = now.flatMap((one, at) => outcomes[at] instanceof Error ? [] : this.#recorded[one]!);
    equal(new Set(own.map(({ name }) => name)).size, own.length, "a context is of two");
    for (const { name, cluster, user } of own) {
      const context = items.contexts.find((one) => one.name === name)?.context;
      deepEqual([context?.cluster, context?.user], [cluster, user], name);
    }
    this.#checkTheirs(items);
    if (own.length > 0 && outcomes.every((one) => !(one instanceof Error))) {
      const again = edits.map((edit, at) => ({ ...edit, recorded: this.#recorded[now[at]!]! }));
      equal(editEntries({ source: text, edits: again }).text, text, "the same again changes something");
    }
  }

  /** What others have is as it was, and no user is left over. */
  #checkTheirs(items: Items): void {
    const all = this.#recorded.flat();
    const ours = new Set(all.flatMap(({ name, cluster, user }) => [name, cluster, user]));
    const still = (section: keyof Items) => this.#theirs[section].filter(({ name }) => !ours.has(name));
    this.#theirs = { clusters: still("clusters"), contexts: still("contexts"), users: still("users") };
    for (const section of SECTIONS) {
      const now = new Map(items[section].map((item) => [item.name, item]));
      for (const item of this.#theirs[section]) deepEqual(now.get(item.name), item, `${section}: ${item.name}`);
    }
    const used = new Set(items.contexts.map(({ context }) => context?.user));
    const left = items.users.filter(({ name }) => OUR_USER.test(name) && !used.has(name) && !this.#abandoned.has(name));
    deepEqual(left.filter(({ name }) => !this.#theirs.users.some((one) => one.name === name)), []);
  }
}

/** As a person adds one. */
function withNamespace(text: string, name: string): string {
  return text.replace(new RegExp(`^( *)(-( +)name: ${name}\n) *context:\n`, "m"), (found, dash, _, gap) => {
    return `${found}${dash} ${gap}  namespace: person\n`;
  });
}

Deno.test(`${RUNS} random kubeconfigs whose integrations change day by day: others' data stays, the same again is nothing`, () => {
  const random = new RandomSource(SEED);
  let written = 0;
  for (let run = 0; run < RUNS; run++) {
    const days = new Days(random);
    try {
      for (let day = 0; day < ROUNDS && days.day(); day++);
    } catch (error) {
      // What is no kubeconfig at all.
      if (!(error instanceof YamlError)) throw new Error(`run ${run}: ${(error as Error).message}`, { cause: error });
    }
    written += days.written;
  }
  ok(written > RUNS, `only ${written} were written`);
});
