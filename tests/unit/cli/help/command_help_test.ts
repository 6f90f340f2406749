import { equal, ok } from "node:assert/strict";
import { command } from "../../../../src/cli/args/command.ts";
import { commandHelp, globalFlagsHelp } from "../../../../src/cli/help/command_help.ts";
import { PLAIN_80 } from "../../../support/host/help_style.ts";

const definition = command({
  name: "make thing",
  summary: "Make a thing",
  flags: {
    name: { kind: "string", short: "n", placeholder: "name", summary: "What to call it", env: ["A_NAME", "NAME"] },
    tag: { kind: "string", placeholder: "tag", summary: "A tag", repeat: true, optionalValue: true },
    mode: { kind: "choice", choices: ["a", "b"], default: "a", summary: "How" },
  },
  args: { placeholder: "thing", summary: "The thing", max: 1 },
  examples: [{ says: "The usual", line: "atmos make thing x" }],
  needs: [],
  run: () => 0,
});

const PAGE = `Usage: atmos make thing [flags] [thing]

Make a thing.

Arguments:
  thing  The thing

Flags:
  -n, --name <name>  What to call it [env: A_NAME, NAME]
      --tag [tag]    A tag (repeatable)
      --mode a|b     How (default: a)

Examples:
  # The usual
  atmos make thing x

Global flags: atmos help flags
`;

Deno.test("help: usage, summary, arguments, own flags, examples, then one line for the flags of every command", () => {
  equal(commandHelp(definition, PLAIN_80), PAGE);
});

const BARE = { name: "x", summary: "X", flags: {}, examples: [], needs: [], run: () => 0 } as const;

Deno.test("help: a command without flags, arguments and examples has no such sections", () => {
  equal(commandHelp(command(BARE), PLAIN_80), "Usage: atmos x\n\nX.\n\nGlobal flags: atmos help flags\n");
});

Deno.test("help: what is handed through is shown after --", () => {
  const args = { placeholder: "command", summary: "", max: 0, passthrough: true } as const;
  ok(commandHelp(command({ ...BARE, args }), PLAIN_80).startsWith("Usage: atmos x -- <command>...\n"));
  const optional = command({ ...BARE, args: { ...args, passthrough: "optional" } });
  ok(commandHelp(optional, PLAIN_80).startsWith("Usage: atmos x [-- <command>...]\n"));
});

Deno.test("help: a long example goes on behind a backslash, broken before flags and not in quotes", () => {
  const line = 'atmos x --first "a -b --c" --second 2 -- kubectl';
  const text = commandHelp(command({ ...BARE, examples: [{ says: "Long", line }] }), { ...PLAIN_80, width: 30 });
  ok(text.includes('  # Long\n  atmos x --first "a -b --c" \\\n    --second 2 -- kubectl\n'), text);
});

Deno.test("help: on a terminal titles are bold and flags have a color", () => {
  const text = commandHelp(definition, { width: 80, paint: (color, text) => `<${color}>${text}</>` });
  ok(text.includes("<bold>Flags:</>\n  <cyan>-n, --name <name></>  What to call it"), text);
  ok(text.includes("<dim># The usual</>\n"), text);
});

Deno.test("help: the flags of every command have a page", () => {
  ok(globalFlagsHelp(PLAIN_80).includes("\n  -C, --chdir <directory> "));
});
