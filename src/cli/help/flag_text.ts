import type { Args } from "../args/command.ts";
import type { Flag, Flags } from "../args/flag.ts";
import { valueHelp } from "../args/tokenize.ts";
import { type Row, unbroken } from "./columns.ts";

/** Returns a row for each flag: `-s, --stack <stack>` and what it is for. */
export function flagRows(flags: Flags): readonly Row[] {
  return Object.entries(flags).map(([name, flag]) => ({ left: flagColumn(name, flag), right: describeFlag(flag) }));
}

/** Where no letter stands, the room of one is left. */
function flagColumn(name: string, flag: Flag): string {
  return flag.short === undefined ? `    ${flagSpelling(name, flag)}` : flagSpelling(name, flag);
}

/** Returns a flag as it is typed, with a placeholder for its value: `-s, --stack <stack>`. */
export function flagSpelling(name: string, flag: Flag): string {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  const isOptional = flag.kind === "string" && flag.optionalValue;
  return `${short}--${name} ${isOptional ? `[${flag.placeholder}]` : valueHelp(flag)}`.trimEnd();
}

/** Returns the summary of a flag and what else its definition says: `(repeatable)`, `(default: 15m)`, `[env: ATMOS_STACK]`. */
export function describeFlag(flag: Flag): string {
  const notes = [
    flag.kind === "string" && flag.repeat ? "(repeatable)" : undefined,
    flag.kind === "switch" || (flag.default ?? "") === "" ? undefined : unbroken(`(default: ${flag.default})`),
    flag.env === undefined ? undefined : unbroken(`[env: ${flag.env.join(", ")}]`),
  ];
  return [flag.summary, ...notes].filter((text) => text !== undefined).join(" ");
}

/** Returns the argument as usage lines have it: `[identity]`, `[component]...`, `-- <command>...`, `[-- <arguments>...]`. */
export function argumentSpelling({ placeholder, max, passthrough }: Args): string {
  if (passthrough === "optional") return `[-- <${placeholder}>...]`;
  if (passthrough) return `-- <${placeholder}>...`;
  return max > 1 ? `[${placeholder}]...` : `[${placeholder}]`;
}
