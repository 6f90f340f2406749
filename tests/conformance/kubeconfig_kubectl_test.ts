import assert from "node:assert/strict";
import { AppError } from "../../src/errors.ts";
import { editOne } from "../support/kubeconfig/edit_one.ts";
import { devFacts } from "../support/kubeconfig/entry_facts.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { randomFacts } from "../support/random/facts.ts";
import { RandomKubeconfig } from "../support/random/kubeconfig.ts";
import { RandomSource } from "../support/random/source.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const FILES = 400;
const BATCH = 50;
const ignore = !hasProgram("kubectl", "kubectl as a judge of kubeconfigs");

interface View {
  readonly contexts: readonly { readonly name: string }[] | null;
  readonly "current-context": string;
}

async function view(kubeconfig: string): Promise<View | string> {
  const run = await new Deno.Command("kubectl", {
    args: ["config", "view", "--raw", "-o", "json"],
    env: { KUBECONFIG: kubeconfig },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return run.code === 0 ? JSON.parse(decode(run.stdout)) as View : decode(run.stderr);
}

Deno.test({
  name: `kubectl reads ${FILES} random kubeconfigs after an edit, and finds our context`,
  ignore,
  fn: async () => {
    using home = tempHome();
    const random = new RandomSource(5);
    const paths: string[] = [];
    const names: string[] = [];
    while (paths.length < FILES) {
      const facts = randomFacts(random);
      const source = new RandomKubeconfig(random, [facts.arn, facts.alias ?? facts.arn, `user-${facts.name}`]).text();
      try {
        const { text, entry } = editOne({ source, facts, update: "merge", switchContext: "always" });
        paths.push(home.write(`k${paths.length}`, text));
        names.push(entry.context.name);
      } catch (error) {
        assert.ok(error instanceof AppError, String(error));
      }
    }
    for (let at = 0; at < FILES; at += BATCH) {
      const batch = paths.slice(at, at + BATCH);
      const seen = await view(batch.join(":"));
      if (typeof seen === "string") assert.fail(`${seen}\n${await blame(batch)}`);
      const contexts = new Set(seen.contexts?.map((context) => context.name));
      for (const name of names.slice(at, at + BATCH)) assert.ok(contexts.has(name), name);
    }
  },
});

/** The first file of a batch that kubectl does not read. */
async function blame(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    if (typeof await view(path) === "string") return Deno.readTextFileSync(path);
  }
  return "each file alone is fine";
}

Deno.test({
  name: "every name that YAML readers disagree about is the same name to kubectl",
  ignore,
  fn: async () => {
    using home = tempHome();
    for (
      const word of [
        "08",
        "0899",
        "1e3",
        "1E5",
        "0o17",
        "1.5e3",
        "0e1",
        "y",
        "n",
        "on",
        "null",
        "~",
        "0x1f",
        "1_0",
        "é x",
        "# c",
        "'",
        '"',
      ]
    ) {
      const { text } = editOne({
        source: "",
        facts: devFacts({ alias: word, userAlias: word, namespace: word, plugin: { profile: word } }),
        update: "merge",
        switchContext: "always",
      });
      const seen = await view(home.write("k", text));
      assert.ok(typeof seen !== "string", `${word}: ${seen}`);
      assert.equal(seen["current-context"], word);
    }
  },
});

Deno.test({
  name: "what kubectl refuses we refuse, what it reads as empty we fill",
  ignore,
  fn: async () => {
    using home = tempHome();
    const sources = [
      "",
      "# c\n",
      "---\n",
      "null\n",
      "{}\n",
      "clusters: null\n",
      "clusters:\n\t- a\n",
      "- a\n",
      "hello\n",
      "users:\n- name: 08\n",
      "users: {}\n",
      "a: 1\0\n",
      "current-context: 1\n",
      "contexts:\n- name: a\n  context: []\n",
    ];
    for (const source of sources) {
      const judged = typeof await view(home.write("k", source)) !== "string";
      assert.equal(edits(source), judged, JSON.stringify(source));
    }
  },
});

function edits(source: string): boolean {
  try {
    editOne({ source, facts: devFacts(), update: "merge", switchContext: "always" });
    return true;
  } catch {
    return false;
  }
}
