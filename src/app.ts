import { toAppError } from "./cli/output/app_error.ts";
import type { AnyCommand, Input } from "./cli/args/command.ts";
import { readCommandLine, type Request } from "./cli/args/command_line.ts";
import type { Flags } from "./cli/args/flag.ts";
import type { Registry } from "./cli/registry.ts";
import { report, type ReportStyle, reportStyle } from "./cli/output/report.ts";
import { AppError } from "./errors.ts";
import { isFileError } from "./host/files/file_error.ts";
import type { Host, Need } from "./host/host.ts";
import { VERSION } from "./version.ts";

/** All that the program is given: the world, the way to give parts of it up for good, and its commands. */
export interface World {
  readonly host: Host;
  readonly giveUp: (needs: readonly Need[]) => void;
  readonly registry: Registry;
}

/** Runs one command line to its exit status; the outermost catch. */
export async function app(world: World, argv: readonly string[]): Promise<number> {
  let style = PLAIN;
  try {
    style = reportStyle(world.host, argv);
    const request = await readCommandLine(world.host, { registry: world.registry, argv });
    return await answer(world, request);
  } catch (thrown) {
    return failed(world, { thrown, style });
  }
}

const PLAIN: ReportStyle = { color: false, verbose: false };

interface Failure {
  readonly thrown: unknown;
  readonly style?: ReportStyle;
}

/** Reports an error, whatever was thrown, and gives its exit status. */
export function failed({ host }: Pick<World, "host">, { thrown, style = PLAIN }: Failure): number {
  const error = toAppError(thrown);
  report(host, { error, style });
  return error.exitStatus;
}

function answer(world: World, request: Request): Promise<number> | number {
  if (request.kind === "run") return runCommand(world, request);
  if (request.kind === "help") return showHelp(world, request);
  world.host.terminal.out(`atmos ${VERSION}\n`);
  return 0;
}

async function showHelp({ host, registry }: World, { words, definition }: Request & { kind: "help" }): Promise<number> {
  const text = definition === undefined
    ? await (await import("./cli/args/group_help.ts")).groupHelp({ registry, words })
    : (await import("./cli/args/help.ts")).commandHelp(definition);
  host.terminal.out(text);
  return 0;
}

interface Chosen {
  readonly definition: AnyCommand;
  readonly input: Input<Flags>;
}

function runCommand({ host, giveUp }: World, { definition, input }: Chosen): Promise<number> | number {
  enterDirectory(host, input.globals.chdir);
  const spared = definition.spares?.(host, input) ?? [];
  const needs = definition.needs.filter((need) => !spared.includes(need));
  giveUp(needs);
  return definition.run(only(host, needs), input);
}

/** The other members are not there at all; the definition's types keep the command from asking for them. */
function only(host: Host, needs: readonly Need[]): Host {
  return Object.fromEntries(needs.map((need) => [need, host[need]])) as unknown as Host;
}

function enterDirectory(host: Host, path: string | undefined): void {
  if (path === undefined) return;
  try {
    host.sys.chdir(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const found = error.kind === "not-found" ? "no such directory" : error.kind.replaceAll("-", " ");
    const hint = "Give --chdir (or ATMOS_CHDIR) a directory that exists";
    throw new AppError("usage", `Cannot change to "${path}": ${found}`, { hint, cause: error });
  }
}
