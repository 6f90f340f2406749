import type { AnyCommand } from "../../src/cli/args/command.ts";
import type { Flag, Flags } from "../../src/cli/args/flag.ts";
import { GLOBAL_FLAGS } from "../../src/cli/args/global_flags.ts";
import { wrap } from "../../src/cli/help/columns.ts";
import { argumentSpelling } from "../../src/cli/help/flag_text.ts";
import { code, markdownTable } from "./markdown.ts";

/** Where `deno fmt` breaks the lines of a page. */
const WIDTH = 120;

/** Every command with its flags, then the flags that all of them take. */
export function commandList(commands: readonly AnyCommand[]): string {
  const parts = commands.map((command) => `## ${code(`atmos ${usage(command)}`)}\n\n${body(command)}`);
  return [...parts, `## Flags of every command\n\n${flagTable(GLOBAL_FLAGS)}`].join("\n\n");
}

function usage({ name, args }: AnyCommand): string {
  return args === undefined ? name : `${name} ${argumentSpelling(args)}`;
}

function body({ summary, args, flags }: AnyCommand): string {
  const about = args === undefined ? summary : `${summary}. ${code(args.placeholder)}: ${args.summary}`;
  const text = wrap(`${about}.`, WIDTH).join("\n");
  return Object.keys(flags).length === 0 ? text : `${text}\n\n${flagTable(flags)}`;
}

function flagTable(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]) => [
    [...(flag.short === undefined ? [] : [code(`-${flag.short}`)]), code(`--${name}${valueOf(flag)}`)].join(", "),
    flag.summary,
    (flag.env ?? []).map(code).join(", "),
  ]);
  return markdownTable(["flag", "what it does", "environment"], rows);
}

function valueOf(flag: Flag): string {
  if (flag.kind === "switch") return "";
  if (flag.kind === "choice") return ` ${flag.choices.join("|")}`;
  if (flag.kind !== "string") return ` ${flag.placeholder}`;
  const value = `${flag.placeholder}${flag.repeat === true ? "..." : ""}`;
  return flag.optionalValue === true ? `[=${value}]` : ` ${value}`;
}
