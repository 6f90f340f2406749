import { toAppError } from "./cli/output/app_error.ts";
import { readCommandLine, type Request } from "./cli/args/command_line.ts";
import { logOfFlags, logOfVariables } from "./cli/args/log_flags.ts";
import { GLOBAL_FLAGS } from "./cli/args/global_flags.ts";
import { configurationWords } from "./cli/output/own_command.ts";
import { hasSwitch } from "./cli/args/tokenize.ts";
import { hideOtherConfigurations } from "./cli/args/pinned_configuration.ts";
import { hideRepeatedVariables } from "./cli/args/repeated_variables.ts";
import type { Registry } from "./cli/args/registry.ts";
import { repeatTypedCommand } from "./cli/output/typed_command.ts";
import { placedMessage, renderWarning, report, type ReportStyle, reportStyle, warns } from "./cli/output/report.ts";
import { AppError } from "./errors.ts";
import { hideInOutput } from "./cli/output/hide_output.ts";
import { hideRecordedTexts, recordSaid } from "./hidden_texts.ts";
import { escapeUnseen } from "./formats/text/terminal_text.ts";
import { isFileError } from "./host/files/file_error.ts";
import type { Host, Need, Needs } from "./host/host.ts";
import { loggable } from "./log/loggable.ts";
import { narrowHost } from "./host/refusing_ports.ts";
import { VERSION } from "./version.ts";

/** All that the program is given: the world, the way to give parts of it up for good, and its commands. */
interface World {
  readonly host: Host;
  readonly giveUp: (needs: readonly Need[]) => void;
  readonly registry: Registry;
}

/** Runs one command line to its exit status; the outermost catch. */
export async function app(given: World, argv: readonly string[]): Promise<number> {
  let world = { ...given, host: loggable(withHiddenTexts(given.host)) };
  let style = PLAIN;
  recordSaid(() => argv);
  try {
    style = reportStyle(world.host, argv);
    const request = await readCommandLine(world.host, { registry: world.registry, argv });
    if (request.kind === "run") {
      const host = repeatTypedCommand(world.host, argv);
      world = { ...world, host: { ...host, configuration: configurationWords(request.typed) } };
    }
    return await answer(world, { request, argv });
  } catch (thrown) {
    return makeFailure(world, { thrown, style });
  }
}

/**
 * The host with what a terminal shows of this process's messages without secrets, and without what was included, and with
 * what no one would see as an escape. What goes to a program stays as it is.
 */
function withHiddenTexts(host: Host): Host {
  const terminal: Host["terminal"] = {
    ...host.terminal,
    out: (text) => host.terminal.out(host.terminal.isTty.stdout ? escapeUnseen(text) : text),
    err: (text) => host.terminal.err(escapeUnseen(hideRecordedTexts(text))),
    spin: (text) => host.terminal.spin(escapeUnseen(hideRecordedTexts(text))),
  };
  return { ...host, terminal };
}

const PLAIN: ReportStyle = { color: false, verbose: false };

/** Reports an error, whatever was thrown, and gives its exit status. */
export function makeFailure(
  { host }: Pick<World, "host">,
  { thrown, style = PLAIN }: { readonly thrown: unknown; readonly style?: ReportStyle },
): number {
  const error = toAppError(thrown);
  const { code, exitStatus: status } = error;
  host.log?.tell("error", "command failed", { code, status, message: placedMessage(error), ms: host.log.elapsed() });
  report(withHiddenTexts(host), { error, style });
  return error.exitStatus;
}

async function answer(
  world: World,
  { request, argv }: { readonly request: Request; readonly argv: readonly string[] },
): Promise<number> {
  if (request.kind === "run") return await runCommand(world, request);
  const { host, registry } = world;
  if (request.kind === "version") host.terminal.out(`atmos ${VERSION}\n`);
  else {
    const { showHelp } = await import("./cli/help/show_help.ts");
    await showHelp(host, { ...request, registry, "no-color": hasSwitch(argv, "--no-color") });
  }
  return 0;
}

type RunRequest = Request & { readonly kind: "run" };

async function runCommand({ host: given, giveUp }: World, request: RunRequest): Promise<number> {
  const { definition, input, typed } = request;
  const pinned = hideOtherConfigurations(given, { definition, typed });
  const unseen = hideRepeatedVariables(pinned, { flags: { ...GLOBAL_FLAGS, ...definition.flags }, typed });
  const host = { ...unseen, warn: definition.raw ? undefined : warningPort(unseen, request) };
  enterDirectory(host, input.globals.chdir);
  await beginLog(host, request);
  const { needs } = definition;
  const unneeded = definition.unneeded?.(host, input) ?? [];
  const refused: readonly string[] = unneeded;
  giveUp(needs.filter((need) => !refused.includes(need)));
  const onSkip = warningOnce(host, request);
  const shown = definition.showsUntrusted ? hideInOutput(host) : host;
  const status = await definition.run(narrowHost(shown, { needs, unneeded, onSkip }), input);
  host.log?.tell("info", "command ended", { status, ms: host.log.elapsed() });
  return status;
}

/** Before permissions are given up: the log's file stays open. */
async function beginLog(host: Host, { definition, input, typed }: RunRequest): Promise<void> {
  const settings = definition.raw ? logOfVariables(host) : logOfFlags(input.globals);
  if (settings === undefined) return;
  // What completes a line says nothing, whatever the variables are.
  await host.log?.begin(settings).catch((error) => definition.raw ? undefined : Promise.reject(error));
  const flags = Object.keys(typed).join(" ");
  host.log?.tell("info", "command begins", { command: definition.name, flags: flags || undefined, version: VERSION });
}

/** What warns, the first time that it is called, that the command goes on without what a program would have printed. */
function warningOnce({ terminal }: Needs<"terminal">, { definition, input }: RunRequest): () => void {
  let isOver = definition.skipsSilently === true || !warns(input.globals);
  return () => {
    if (isOver) return;
    isOver = true;
    terminal.err("Warning: a dry run runs no commands, so every value of !exec is empty here\n");
  };
}

function warningPort(host: Host, { input }: RunRequest): NonNullable<Host["warn"]> {
  const known = new Set<string>();
  return (warning) => {
    if (known.has(warning.message) || !warns(input.globals)) return;
    known.add(warning.message);
    host.terminal.err(renderWarning(host, warning));
  };
}

function enterDirectory(host: Host, path: string | undefined): void {
  if (path === undefined) return;
  try {
    host.sys.chdir(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const found = error.kind === "not-found" ? "no such directory" : error.kind.replaceAll("-", " ");
    const hint = "Set --chdir (or ATMOS_CHDIR) to an existing directory";
    throw new AppError("usage", `Cannot change to "${path}": ${found}`, { hint, cause: error });
  }
}
