import type { AnyCommand } from "../../src/cli/args/command.ts";
import type { Flag, Flags } from "../../src/cli/args/flag.ts";
import { GLOBAL_FLAGS } from "../../src/cli/args/global_flags.ts";
import { SECTIONS } from "../../src/cli/args/registry.ts";
import { usage } from "../../src/cli/help/command_help.ts";
import { describeFlag } from "../../src/cli/help/flag_text.ts";
import { allCommands } from "../../src/cli/registry.ts";
import { EXIT_STATUS } from "../../src/errors.ts";
import { VERSION } from "../../src/version.ts";
import { bold, entry, heading, italic, roffLine, roffText } from "./roff.ts";

/** Returns the manual, man/atmos.1 and a page for each command that is not hidden, by path. */
export async function generateManPages(): Promise<ReadonlyMap<string, string>> {
  const commands = new Map((await allCommands()).map((command) => [command.name, command]));
  const shown = Object.values(SECTIONS).flat().map((name) => commands.get(name)!);
  const pages = shown.map((command) => [`man/${pageName(command)}.1`, commandPage(command)] as const);
  return new Map([["man/atmos.1", mainPage(commands)], ...pages]);
}

function pageName({ name }: AnyCommand): string {
  return `atmos-${name.replaceAll(" ", "-")}`;
}

/** No date: the same sources give the same page. */
function title(name: string): string {
  return `.TH ${name.toUpperCase().replaceAll("-", "\\-")} 1 "" "atmos ${VERSION}" "atmos manual"`;
}

function commandPage(command: AnyCommand): string {
  const { summary, args, flags, examples } = command;
  return lines([
    title(pageName(command)),
    heading("SH", "NAME"),
    `${roffLine(pageName(command))} \\- ${roffLine(summary)}`,
    heading("SH", "SYNOPSIS"),
    synopsis(usage(command)),
    ...(args === undefined ? [] : [heading("SH", "ARGUMENTS"), entry(italic(args.placeholder), `${args.summary}.`)]),
    ...(Object.keys(flags).length === 0 ? [] : [heading("SH", "OPTIONS"), ...flagEntries(flags)]),
    ...exampleLines(examples),
    heading("SH", "SEE ALSO"),
    ".BR atmos (1)",
  ]);
}

function mainPage(commands: ReadonlyMap<string, AnyCommand>): string {
  return lines([
    title("atmos"),
    heading("SH", "NAME"),
    "atmos \\- Log in to AWS, and set up kubectl and Docker",
    heading("SH", "SYNOPSIS"),
    synopsis("atmos <command> [flags]"),
    heading("SH", "COMMANDS"),
    roffText("Each command has a page of its own, such as atmos-auth-login(1)."),
    ...Object.entries(SECTIONS).flatMap(([section, names]) => [
      heading("SS", section),
      ...names.map((name) => entry(bold(name), `${commands.get(name)!.summary}.`)),
    ]),
    heading("SH", "GLOBAL OPTIONS"),
    roffText("Every command takes these flags, before, between and after its words."),
    ...flagEntries(GLOBAL_FLAGS),
    heading("SH", "EXIT STATUS"),
    ...exitStatuses(),
    heading("SH", "SEE ALSO"),
    ".BR aws (1),\n.BR kubectl (1),\n.BR docker (1)",
  ]);
}

/** A command stands in bold, and what is to be filled in does not. */
function synopsis(text: string): string {
  const [, command = "", rest = ""] = /^(atmos[a-z -]*?)((?: [<[-].*)?)$/.exec(text) ?? [];
  return `${bold(command)}${roffLine(rest)}`;
}

function flagEntries(flags: Flags): readonly string[] {
  return Object.entries(flags).map(([name, flag]) => entry(flagTerm(name, flag), `${describeFlag(flag)}.`));
}

function flagTerm(name: string, flag: Flag): string {
  const short = flag.short === undefined ? "" : `${bold(`-${flag.short}`)}, `;
  return `${short}${bold(`--${name}`)}${valueTerm(flag)}`;
}

function valueTerm(flag: Flag): string {
  if (flag.kind === "switch") return "";
  if (flag.kind === "choice") return ` ${flag.choices.map(bold).join("|")}`;
  return flag.kind === "string" && flag.optionalValue
    ? ` [${italic(flag.placeholder)}]`
    : ` ${italic(flag.placeholder)}`;
}

function exampleLines(examples: AnyCommand["examples"]): readonly string[] {
  if (examples.length === 0) return [];
  const each = examples.map(({ says, line }) =>
    `${roffText(`${says}:`)}\n.PP\n.RS 4\n.EX\n${roffLine(line)}\n.EE\n.RE`
  );
  return [heading("SH", "EXAMPLES"), each.join("\n.PP\n")];
}

/** Each status once, with the errors that end in it. */
function exitStatuses(): readonly string[] {
  const byStatus = Map.groupBy(Object.entries(EXIT_STATUS), ([, status]) => status);
  const rows = [...byStatus].sort(([one], [other]) => one - other);
  return [
    entry(bold("0"), "Success."),
    ...rows.map(([status, codes]) => entry(bold(`${status}`), `${codes.map(([code]) => code).join(", ")}.`)),
  ];
}

function lines(parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}
