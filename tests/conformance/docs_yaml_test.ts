import { equal, ok } from "node:assert/strict";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";
import { documentationPages, fencedBlocks } from "../support/docs/pages.ts";

/** What else a block of YAML may be, as the word after its language says. */
const OTHERS: ReadonlySet<string> = new Set([
  // One entry of a section, as configuration.md has of every kind; a contract test reads those.
  "entry",
  // A single setting of an entry, a pipeline of another program, a kubeconfig, a manifest of a stack.
  "setting",
  "github",
  "gitlab",
  "kubeconfig",
  "stack",
]);

const blocks = documentationPages().flatMap(fencedBlocks).filter(({ language }) => language === "yaml");

Deno.test("docs: there are configurations to validate", () => {
  ok(blocks.filter(({ words }) => words[0] === "atmos.yaml").length > 5);
});

for (const { place, words, text } of blocks) {
  Deno.test(`docs: the YAML at ${place} is a valid configuration, or says what else it is`, async () => {
    if (words[0] !== "atmos.yaml") return ok(OTHERS.has(words[0] ?? ""), `unknown: ${words}`);
    const { status, err } = await memoryAtmos(["auth", "validate"], {
      files: { "/home/me/repo/atmos.yaml": text },
    });
    equal(status, 0, err);
    ok(!/^(?:Warning|Error)/m.test(err), err);
  });
}
