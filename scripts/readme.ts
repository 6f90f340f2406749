/** `deno task readme [--check]`: the parts of README.md that are made from the code; with --check, only compares. */
import { allCommands } from "../src/cli/registry.ts";
import { commandList } from "./readme/command_list.ts";
import { exitCodeTable } from "./readme/exit_codes.ts";
import { kindsSection } from "./readme/kinds_section.ts";
import { permissionTable } from "./readme/permission_table.ts";
import { trustTable } from "./readme/trust_table.ts";
import { placeholderTable } from "./readme/placeholder_table.ts";
import { fillSections } from "./readme/sections.ts";

async function main(args: readonly string[]): Promise<number> {
  const old = Deno.readTextFileSync("README.md");
  const text = fillSections(old, await contents());
  if (text === old) return 0;
  if (args.includes("--check")) {
    console.error("README.md is not what the code says: run deno task readme");
    return 1;
  }
  Deno.writeTextFileSync("README.md", text);
  return 0;
}

async function contents(): Promise<Readonly<Record<string, string>>> {
  const commands = (await allCommands()).filter(({ hidden }) => hidden !== true);
  return {
    "permissions": permissionTable(commands),
    "exit-codes": exitCodeTable(),
    "commands": commandList(commands),
    "kinds": await kindsSection(),
    "trust": await trustTable(),
    "placeholders": placeholderTable(),
  };
}

if (import.meta.main) Deno.exit(await main(Deno.args));
