import type { AnyCommand } from "../args/command.ts";
import { GROUPS, type Registry, SECTIONS } from "../args/registry.ts";
import { columnStart, type Row } from "./columns.ts";
import { globalFlagsLine, usageLines } from "./command_help.ts";
import { page, type PageStyle, section } from "./page.ts";

/** Returns the help of a group of commands, or without words of the whole program: every command with its summary. */
export async function groupHelp(
  { registry, words }: { readonly registry: Registry; readonly words: readonly string[] },
  style: PageStyle,
): Promise<string> {
  const sections = await Promise.all(
    Object.entries(SECTIONS).map(async ([title, names]) => ({
      title,
      rows: await commandRows({ registry, words, names }),
    })),
  );
  const start = columnStart(sections.flatMap(({ rows }) => rows), style.width);
  return page([
    usageLines(style, ["atmos", ...words, "<command> [flags]"].join(" ")),
    [`${GROUPS[words.join(" ")] ?? "Log in to AWS, and set up kubectl and Docker"}.`],
    ...sections.map((one) => section(style, { ...one, start })),
    [`${style.paint("bold", "Help:")} ${["atmos help", ...words, "<command>"].join(" ")}`, ...globalFlagsLine(style)],
  ]);
}

/** Of the named commands those below the words. */
async function commandRows(
  { registry, words, names }: {
    readonly registry: Registry;
    readonly words: readonly string[];
    readonly names: readonly string[];
  },
): Promise<readonly Row[]> {
  const head = words.map((word) => `${word} `).join("");
  const loads = names.filter((name) => name.startsWith(head)).flatMap((name) => registry[name] ?? []);
  const definitions: readonly AnyCommand[] = (await Promise.all(loads.map((load) => load()))).map((one) =>
    one.definition
  );
  return definitions.map(({ name, summary }) => ({ left: name.slice(head.length), right: summary }));
}
