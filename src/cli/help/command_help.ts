import type { AnyCommand } from "../args/command.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import { wrap } from "./columns.ts";
import { argumentSpelling, flagRows } from "./flag_text.ts";
import { page, type PageStyle, section } from "./page.ts";

/** Returns the help of one command. */
export function commandHelp(definition: AnyCommand, style: PageStyle): string {
  const { summary, args, flags } = definition;
  return page([
    usageLines(style, usage(definition)),
    wrap(`${summary}.`, style.width),
    section(style, {
      title: "Arguments",
      rows: args === undefined ? [] : [{ left: args.placeholder, right: args.summary }],
    }),
    section(style, { title: "Flags", rows: flagRows(flags) }),
    exampleLines(definition, style),
    globalFlagsLine(style),
  ]);
}

/** Returns the flags that every command takes. */
export function globalFlagsHelp(style: PageStyle): string {
  return page([
    ["Every command takes these flags."],
    section(style, { title: "Global flags", rows: flagRows(GLOBAL_FLAGS) }),
  ]);
}

/** Returns the line that stands for the flags of every command. */
export function globalFlagsLine({ paint }: PageStyle): readonly string[] {
  return [`${paint("bold", "Global flags:")} atmos help flags`];
}

/** Returns a command as usage lines have it: `atmos auth login [flags] [identity]`. */
export function usage({ name, args, flags }: AnyCommand): string {
  const argument = args === undefined ? [] : [argumentSpelling(args)];
  return ["atmos", name, ...(Object.keys(flags).length > 0 ? ["[flags]"] : []), ...argument].join(" ");
}

/** Returns the usage under its title; what does not fit on the line is indented below. */
export function usageLines({ paint, width }: PageStyle, line: string): readonly string[] {
  const title = "Usage: ";
  const indent = " ".repeat(title.length);
  const [first, ...others] = wrap(line, width - title.length);
  return [`${paint("bold", title.trimEnd())} ${first}`, ...others.map((text) => indent + text)];
}

function exampleLines({ examples }: AnyCommand, { paint, width }: PageStyle): readonly string[] {
  if (examples.length === 0) return [];
  const lines = examples.flatMap(({ says, line }) => [
    ...wrap(says, width - 4).map((text) => `  ${paint("dim", `# ${text}`)}`),
    ...continuedLines(line, width - 2).map((text) => `  ${text}`),
  ]);
  return [paint("bold", "Examples:"), ...lines];
}

/** A space before a flag, with an even number of quotes behind it: outside of quoted text. */
const BEFORE_FLAG = / (?=-)(?=(?:[^"']*["'][^"']*["'])*[^"']*$)/;

/** Returns a command line as a shell takes it over several lines, broken before flags. */
function continuedLines(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const lines: string[] = [];
  for (const part of line.split(BEFORE_FLAG)) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && longer.length + " \\".length <= width) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? part : `  ${part}`);
  }
  return lines.map((text, index) => index < lines.length - 1 ? `${text} \\` : text);
}
