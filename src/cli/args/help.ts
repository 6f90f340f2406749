import { columns, type Row, unbroken, WIDTH, wrap } from "./columns.ts";
import type { AnyCommand, Args } from "./command.ts";
import type { Flag, Flags } from "./flag.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { GROUPS, type Registry } from "./registry.ts";
import { nextWords } from "./route.ts";
import { valueHelp } from "./tokenize.ts";
import { helpLine } from "./usage_error.ts";

/** The help of one command. */
export function commandHelp(definition: AnyCommand): string {
  return page([
    wrap(`${definition.summary}.`, WIDTH),
    ["Usage:", ...usageLines(definition)],
    section("Arguments:", argumentRows(definition)),
    section("Flags:", flagRows(definition.flags)),
    section("Global flags:", flagRows(GLOBAL_FLAGS)),
    exampleLines(definition),
  ]);
}

/** Paragraphs with an empty line between them; empty ones are left out. */
function page(paragraphs: readonly (readonly string[])[]): string {
  const full = paragraphs.filter((lines) => lines.length > 0);
  return full.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function section(title: string, rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : [title, ...columns(rows)];
}

/** Rows for flags: `-s, --stack <stack>` and what it is for. */
function flagRows(flags: Flags): readonly Row[] {
  return Object.entries(flags).map(([name, flag]) => ({ left: flagSpelling(name, flag), right: describeFlag(flag) }));
}

function flagSpelling(name: string, flag: Flag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  const value = valueHelp(flag);
  const optional = flag.kind === "string" && flag.optionalValue;
  return `${short}--${name} ${optional ? `[${flag.placeholder}]` : value}`.trimEnd();
}

function describeFlag(flag: Flag): string {
  const several = flag.kind === "string" && flag.repeat ? " (may be repeated)" : "";
  const standard = flag.kind === "switch" || flag.default === undefined
    ? ""
    : ` ${unbroken(`[default: ${flag.default}]`)}`;
  const env = flag.env === undefined ? "" : ` ${unbroken(`[env: ${flag.env.join(", ")}]`)}`;
  return `${flag.summary}${several}${standard}${env}`;
}

function usageLines({ name, args, flags }: AnyCommand): readonly string[] {
  const argument = args === undefined ? "" : ` ${argumentSpelling(args)}`;
  return [`  atmos ${name}${Object.keys(flags).length > 0 ? " [flags]" : ""}${argument}`];
}

/** How many there may be, as usage lines say it. */
export function argumentSpelling({ placeholder, max, passthrough }: Args): string {
  if (passthrough) return `-- <${placeholder}>...`;
  return max > 1 ? `[${placeholder}]...` : `[${placeholder}]`;
}

function argumentRows({ args }: AnyCommand): readonly Row[] {
  return args === undefined ? [] : [{ left: args.placeholder, right: args.summary }];
}

function exampleLines({ examples }: AnyCommand): readonly string[] {
  if (examples.length === 0) return [];
  return ["Examples:", ...examples.flatMap(({ says, line }) => [`  # ${says}`, `  ${line}`])];
}

/** The help of a group of commands, or without words of the whole program: what is in it, with the summary of each. */
export async function groupHelp(
  { registry, words }: { readonly registry: Registry; readonly words: readonly string[] },
): Promise<string> {
  const inside = nextWords(Object.keys(registry), words);
  const rows = (await Promise.all(inside.map((word) => commandRow(registry, [...words, word])))).flat();
  const about = GROUPS[words.join(" ")] ?? "AWS logins and Kubernetes access, without the AWS CLI";
  return page([
    [`${about}.`],
    ["Usage:", `  ${["atmos", ...words].join(" ")} <command> [flags]`],
    section("Commands:", rows),
    section("Global flags:", flagRows(GLOBAL_FLAGS)),
    [`More about a command: ${helpLine([...words, "<command>"])}`],
  ]);
}

/** None for a hidden command. */
async function commandRow(registry: Registry, path: readonly string[]): Promise<readonly Row[]> {
  const name = path.join(" ");
  const definition = GROUPS[name] === undefined ? (await registry[name]?.())?.definition : undefined;
  return definition?.hidden ? [] : [{ left: path.at(-1)!, right: GROUPS[name] ?? definition?.summary ?? "" }];
}
