import { deepEqual, notEqual, ok } from "node:assert/strict";
import { readCommandLine } from "../../src/cli/args/command_line.ts";
import { REGISTRY } from "../../src/cli/registry.ts";
import { commandWords, documentedCommands } from "../support/docs/command_lines.ts";
import { documentationPages } from "../support/docs/pages.ts";
import { fakeHost } from "../support/host/fake_host.ts";

Deno.test("docs: a command of a script ends where the shell ends it, and has no quotes", () => {
  const lines: Readonly<Record<string, readonly string[]>> = {
    "a b # c": ["a", "b"],
    "a | b": ["a"],
    'a "b c" --d=\'e\'"f" && g': ["a", "b c", "--d=ef"],
    "a --out=x#y) g": ["a", "--out=x#y"],
    "a <b": ["a"],
  };
  for (const [line, words] of Object.entries(lines)) deepEqual(commandWords(line), words, line);
  const text = '```sh\nx=1 atmos a \\\n  --b\neval "$(atmos c)"\n# atmos d\n```\n`atmos e …`\n';
  const found = documentedCommands({ path: "p", text }).map(({ words }) => words);
  deepEqual(found, [["a", "--b"], ["c"], ["e"]]);
});

Deno.test("docs: commands are found on many pages", () => {
  const counts = documentationPages().map((page) => documentedCommands(page).length);
  ok(counts.filter((count) => count > 0).length > 10, counts.join());
});

for (const page of documentationPages()) {
  const commands = documentedCommands(page);
  if (commands.length === 0) continue;
  Deno.test(`docs: every command of ${page.path} is one, and so are its flags`, async () => {
    for (const { place, words } of commands) {
      const what = `${place}: atmos ${words.join(" ")}`;
      try {
        notEqual((await readCommandLine(fakeHost(), { registry: REGISTRY, argv: words })).kind, undefined, what);
      } catch (error) {
        throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
      }
    }
  });
}
