import { allCommands } from "../../src/cli/registry.ts";
import { commandList } from "./command_list.ts";
import { exitCodeTable } from "./exit_codes.ts";
import { kindsSection } from "./kinds_section.ts";
import { permissionTable } from "./permission_table.ts";
import { placeholderTable } from "./placeholder_table.ts";
import { fillSections, sectionNames } from "./sections.ts";
import { trustTable } from "./trust_table.ts";

/**
 * README.md and the pages of docs/, by path, with their generated parts filled in.
 * @throws {RangeError} when a page has an unknown part, or a part is on no page
 */
export async function generatePages(): Promise<ReadonlyMap<string, string>> {
  const contents = await sectionContents();
  const pages = new Map(["README.md", ...markdownBelow("docs")].map((path) => [path, Deno.readTextFileSync(path)]));
  const used = new Set([...pages.values()].flatMap(sectionNames));
  const unused = Object.keys(contents).filter((name) => !used.has(name));
  if (unused.length > 0) throw new RangeError(`no page has the generated part ${unused.join(", ")}`);
  return new Map([...pages].map(([path, text]) => [path, fillSections(text, contents)]));
}

async function sectionContents(): Promise<Readonly<Record<string, string>>> {
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

/** Every Markdown file below a folder, by name. */
export function markdownBelow(folder: string): readonly string[] {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return markdownBelow(path);
    return name.endsWith(".md") ? [path] : [];
  });
}
