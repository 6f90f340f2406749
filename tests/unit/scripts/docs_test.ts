import assert from "node:assert/strict";
import { command } from "../../../src/cli/args/command.ts";
import { commandList } from "../../../scripts/docs/command_list.ts";
import { exitCodeTable } from "../../../scripts/docs/exit_codes.ts";
import { markdownTable } from "../../../scripts/docs/markdown.ts";
import { permissionTable } from "../../../scripts/docs/permission_table.ts";
import { fillSections, sectionNames } from "../../../scripts/docs/sections.ts";

const UPDATE = command({
  name: "aws update",
  summary: "Update",
  args: { placeholder: "component", summary: "which one", max: 1 },
  flags: {
    "dry-run": { kind: "switch", summary: "Only show" },
    "region": { kind: "string", placeholder: "region", short: "r", env: ["AWS_REGION"], summary: "Where" },
    "output": { kind: "choice", choices: ["text", "json"], summary: "Form" },
  },
  examples: [],
  needs: ["net", "read", "write", "clock"],
  unneeded: (host, { flags }) => host.read.stat("x") === undefined && flags["dry-run"] ? ["write"] : [],
  run: () => 0,
});

const VERSION = command({
  name: "version",
  summary: "Show",
  flags: {},
  examples: [],
  needs: ["terminal"],
  run: () => 0,
});

Deno.test("permissions: a row per command, and one for a switch that needs less", () => {
  assert.deepEqual(permissionTable([UPDATE, VERSION]).split("\n"), [
    "| command                | network | read | write | env | run | sys | given up before it runs |",
    "| ---------------------- | ------- | ---- | ----- | --- | --- | --- | ----------------------- |",
    "| `aws update`           | yes     | yes  | yes   |     |     |     | env, run, sys           |",
    "| `aws update --dry-run` | yes     | yes  |       |     |     |     | write, env, run, sys    |",
    "| `version`              |         |      |       |     |     |     | everything              |",
  ]);
});

Deno.test("exit codes: every code stands once, by status", () => {
  const table = exitCodeTable();
  assert.match(table, /^\| 0 {6}\| success/m);
  assert.match(table, /^\| 2 {6}\| `usage`, `config-not-found`/m);
  assert.match(table, /^\| 130 {4}\| `interrupted` /m);
});

Deno.test("commands: usage, flags with values and environment, then the global ones", () => {
  const text = commandList([UPDATE]);
  assert.match(text, /^## `atmos aws update \[component\]`\n\nUpdate\. `component`: which one\.\n\n\| flag /);
  assert.match(text, /\n\| `-r`, `--region region` +\| Where +\| `AWS_REGION` \|\n/);
  assert.match(text, /\n\| `--output text\\\|json` +\| Form /);
  assert.match(text, /\n## Flags of every command\n/);
});

Deno.test("tables escape what would end a cell", () => {
  assert.equal(markdownTable(["a"], [["x|y"]]), "| a    |\n| ---- |\n| x\\|y |");
});

Deno.test("only the text between the marks changes, and a second time nothing", () => {
  const old = "# T\n\n<!-- generated: a -->\nold\n<!-- end -->\n\ntail $& <!-- end -->\n";
  const filled = fillSections(old, { a: "new $&" });
  assert.equal(filled, "# T\n\n<!-- generated: a -->\n\nnew $&\n\n<!-- end -->\n\ntail $& <!-- end -->\n");
  assert.equal(fillSections(filled, { a: "new $&" }), filled);
  assert.deepEqual(sectionNames(filled), ["a"]);
});

Deno.test("an unknown part and a part without an end are errors", () => {
  assert.throws(
    () => fillSections("<!-- generated: b -->\n<!-- end -->", { a: "" }),
    /unknown generated part "b"; known: a/,
  );
  assert.throws(() => fillSections("<!-- generated: a -->\n", { a: "" }), /has no <!-- end -->/);
});
