import type { AnyCommand, Input } from "../../src/cli/args/command.ts";
import type { Flags } from "../../src/cli/args/flag.ts";
import { completeValues } from "../../src/cli/args/flag_values.ts";
import { FileError } from "../../src/host/files/file_error.ts";
import type { Need, Needs } from "../../src/host/host.ts";
import { code, markdownTable } from "./markdown.ts";

/** Members of Host that a permission of the process stands behind, and what the table calls them. */
const COLUMNS = { net: "network", read: "read", write: "write", env: "env", run: "run", sys: "sys" } as const;

/** A machine on which nothing is set and no file exists. */
const NOTHING_THERE: Needs<"read" | "env"> = {
  env: { get: () => undefined, all: () => ({}) },
  read: {
    cwd: () => "/",
    stat: () => undefined,
    lstat: () => undefined,
    bytes: (path) => refuse(path, "read"),
    pieces: (path) => refuse(path, "read"),
    hold: (path) => refuse(path, "open"),
    realPath: (path) => refuse(path, "realpath"),
    readLink: (path) => refuse(path, "readlink"),
    list: (path) => refuse(path, "list"),
  },
};

function refuse(path: string, operation: string): never {
  throw new FileError("not-found", path, operation);
}

/** One row per command, and one more for every switch with which it keeps fewer permissions. */
export function permissionTable(commands: readonly AnyCommand[]): string {
  const head = ["command", ...Object.values(COLUMNS), "given up before it runs"];
  return markdownTable(head, commands.flatMap(rowsOf));
}

function rowsOf(command: AnyCommand): readonly (readonly string[])[] {
  const usual = kept(command, {});
  const switches = Object.entries(command.flags).filter(([, flag]) => flag.kind === "switch").map(([name]) => name);
  const narrower = switches.flatMap((name) => {
    const rest = kept(command, { [name]: true });
    return rest.size < usual.size ? [row(`${command.name} --${name}`, rest)] : [];
  });
  return [row(command.name, usual), ...narrower];
}

function kept(command: AnyCommand, given: Readonly<Record<string, true>>): ReadonlySet<Need> {
  const flags = completeValues(NOTHING_THERE, { flags: command.flags, typed: given });
  const input = { flags, globals: {}, args: [] } as unknown as Input<Flags>;
  const unneeded: readonly string[] = command.unneeded?.(NOTHING_THERE, input) ?? [];
  return new Set(command.needs.filter((need) => !unneeded.includes(need)));
}

function row(name: string, needs: ReadonlySet<Need>): readonly string[] {
  const columns = Object.entries(COLUMNS) as [keyof typeof COLUMNS, string][];
  const given = columns.filter(([need]) => !needs.has(need)).map(([, title]) => title);
  return [
    code(name),
    ...columns.map(([need]) => needs.has(need) ? "yes" : ""),
    given.length === columns.length ? "everything" : given.join(", "),
  ];
}
