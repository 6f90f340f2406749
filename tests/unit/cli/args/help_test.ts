import { deepEqual, equal, ok } from "node:assert/strict";
import { command } from "../../../../src/cli/args/command.ts";
import { commandHelp, groupHelp } from "../../../../src/cli/args/help.ts";
import { WIDTH } from "../../../../src/cli/args/columns.ts";
import type { Registry } from "../../../../src/cli/args/registry.ts";

const definition = command({
  name: "make thing",
  summary: "Make a thing",
  flags: {
    name: { kind: "string", short: "n", placeholder: "name", summary: "What to call it", env: ["A_NAME", "NAME"] },
    tag: { kind: "string", placeholder: "tag", summary: "A tag", repeat: true },
    mode: { kind: "choice", choices: ["a", "b"], default: "a", summary: "How" },
  },
  args: { placeholder: "thing", summary: "The thing", max: 1 },
  examples: [{ says: "The usual", line: "atmos make thing x" }],
  needs: [],
  run: () => 0,
});

const HEAD = `Make a thing.

Usage:
  atmos make thing [flags] [thing]

Arguments:
  thing  The thing

Flags:
  -n, --name <name>  What to call it [env: A_NAME, NAME]
      --tag <tag>    A tag (may be repeated)
      --mode a|b     How [default: a]

Global flags:
`;

Deno.test("help: usage, arguments, flags with defaults and variables, then what all commands have", () => {
  equal(commandHelp(definition).slice(0, HEAD.length), HEAD);
});

Deno.test("help: examples at the end", () => {
  ok(commandHelp(definition).endsWith("\n\nExamples:\n  # The usual\n  atmos make thing x\n"));
});

Deno.test("help: no line is too wide and none ends in blanks", () => {
  for (const line of commandHelp(definition).split("\n")) {
    ok(line.length <= WIDTH && line === line.trimEnd(), line);
  }
});

Deno.test("help: a command without flags, arguments and examples has no such sections", () => {
  const text = commandHelp(command({ name: "x", summary: "X", flags: {}, examples: [], needs: [], run: () => 0 }));
  ok(text.startsWith("X.\n\nUsage:\n  atmos x\n\nGlobal flags:\n"));
});

Deno.test("help: what is handed through is shown after --", () => {
  const args = { placeholder: "command", summary: "", max: 0, passthrough: true } as const;
  const text = commandHelp(
    command({ name: "x", summary: "X", flags: {}, args, examples: [], needs: [], run: () => 0 }),
  );
  ok(text.includes("\n  atmos x -- <command>...\n"));
});

const loaded: string[] = [];

function entry(name: string, summary: string, hidden?: true): Registry[string] {
  const more = hidden ? { hidden } : {};
  const definition = command({ name, summary, flags: {}, examples: [], needs: [], ...more, run: () => 0 });
  return () => (loaded.push(name), Promise.resolve({ definition }));
}

const registry: Registry = {
  "aws eks token": entry("aws eks token", "Make a token"),
  "version": entry("version", "Show the version"),
};

Deno.test("group help: a group is shown with its commands and their summaries", async () => {
  const text = await groupHelp({ registry, words: ["aws", "eks"] });
  ok(text.startsWith("Kubernetes clusters of Amazon EKS.\n\nUsage:\n  atmos aws eks <command> [flags]\n"));
  ok(text.includes("\nCommands:\n  token  Make a token\n"));
  ok(text.endsWith("\nMore about a command: atmos aws eks <command> --help\n"));
});

Deno.test("group help: at the top a group has its own summary and is not loaded", async () => {
  loaded.length = 0;
  const text = await groupHelp({ registry, words: [] });
  ok(text.includes("\n  aws      Amazon Web Services\n  version  Show the version\n"));
  deepEqual(loaded, ["version"]);
});

Deno.test("group help: a hidden command is not shown", async () => {
  const text = await groupHelp({ registry: { ...registry, "secret": entry("secret", "Hide", true) }, words: [] });
  deepEqual([text.includes("secret"), text.includes("version")], [false, true]);
});
