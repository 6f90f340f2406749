import { equal, ok } from "node:assert/strict";
import { WIDTH } from "../../../../src/cli/args/columns.ts";
import { command } from "../../../../src/cli/args/command.ts";
import { commandHelp } from "../../../../src/cli/args/help.ts";

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
