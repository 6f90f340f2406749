import { sharedLogLevel } from "../../config/checks/shared_log.ts";
import { renderParts } from "../output/remedy.ts";
import { CHECK, remedy } from "../../remedy.ts";
import { authChoices } from "../../auth/model/auth_choices.ts";
import { withLost } from "../../auth/model/lost_values.ts";
import { formatProblem, inOrder } from "../../config/schema/entry.ts";
import { trustCommand } from "../../config/trust/trust_command.ts";
import { TrustGate } from "../../config/trust/trust_gate.ts";
import type { LocatedMap, Problem } from "../../config/values/located.ts";
import { type ConfigHost, loadConfig, type LoadedConfig } from "../../config/load_config.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { validateAuth } from "../../integrations/validate_auth.ts";
import { LOG_LEVELS } from "../../host/log_port.ts";
import type { Globals } from "../args/global_flags.ts";
import { readLogFlags } from "../args/log_flags.ts";
import { printable } from "../output/text.ts";
import { warns } from "../output/report.ts";
import { type ConfigGlobals, configInput } from "./config_input.ts";
import { readChosenIdentity } from "./selected_identity.ts";

export interface LoadedAuth {
  readonly config: LoadedConfig;
  /** The configuration with the identities that logins have found. */
  readonly root: LocatedMap;
  readonly model: ConfigModel;
  /** Of the whole configuration: its functions and names, and all that is wrong in the auth section. */
  readonly problems: readonly Problem[];
  /** The gate that the model asks. */
  readonly trust: TrustGate;
}

/**
 * The configuration that the global flags mean; empty when there is none. With `trust` it is to be used, else only to be
 * shown. AppErrors and permissions as loadConfig.
 */
export async function loadProjectConfig(
  host: ConfigHost,
  globals: ConfigGlobals,
  trust?: TrustGate,
): Promise<LoadedConfig> {
  return await loadConfig(host, { ...configInput(globals), ...(trust === undefined ? {} : { trust }) });
}

/**
 * The same with its auth section, read and checked; nothing is thrown for what is wrong in that. AppError
 * "config-invalid" when a function should have given the section, or one of its maps, and could not.
 */
export async function loadProjectAuth(
  host: ConfigHost,
  globals: ConfigGlobals,
  trust?: TrustGate,
): Promise<LoadedAuth> {
  const config = await loadProjectConfig(host, globals, trust);
  const lost = config.problems.find(({ severity, path }) => severity === "error" && WHOLE_SECTION.test(path));
  if (lost === undefined) {
    const auth = await checkValue(host, { config, globals, trust: trust ?? quietGate(host, globals) });
    await beginConfiguredLog(host, { auth, isUsed: trust !== undefined });
    return auth;
  }
  throw new AppError("config-invalid", `Cannot read configuration "${lost.path}": ${lost.message}`, {
    hint: remedy`See every problem of the configuration: ${CHECK}`,
    place: lost.place,
  });
}

/** Begins the log of `auth.logs`, else of `logs`, where neither flags nor variables say what is logged. */
async function beginConfiguredLog(
  host: ConfigHost,
  { auth: { config, model, root, trust }, isUsed }: { readonly auth: LoadedAuth; readonly isUsed: boolean },
): Promise<void> {
  if (host.log === undefined || host.log.isSettled) return;
  const { file } = model.logs;
  const level = model.logs.level ?? (file === undefined ? sharedLogLevel(root) : undefined);
  const wanted = readLogFlags({ level: LOG_LEVELS.find((one) => one === level?.toLowerCase()), file }, "logfmt");
  if (typeof wanted !== "object" || wanted.file === undefined) return await host.log.begin(wanted ?? "off");
  const powers = model.powers.filter(({ path }) => path === "auth.logs.file");
  // A configuration that is only shown is no reason to refuse, nor to write a file that is not trusted.
  if (!isUsed && (await trust.untrusted([...config.choices, ...powers])).length > 0) return;
  if (isUsed) await trust.require(powers);
  await host.log.begin(wanted);
}

/** All that is wrong: files that cannot be read are problems like others. */
export async function loadEverything(host: ConfigHost, globals: ConfigGlobals): Promise<LoadedAuth> {
  const config = await loadConfig(host, { ...configInput(globals), everyProblem: true });
  return await checkValue(host, { config, globals, trust: quietGate(host, globals) });
}

const WHOLE_SECTION = /^auth(?:\.(?:providers|identities|integrations))?$/i;

async function checkValue(
  host: ConfigHost,
  { config, globals, trust }: {
    readonly config: LoadedConfig;
    readonly globals: ConfigGlobals;
    readonly trust: TrustGate;
  },
): Promise<LoadedAuth> {
  const { model, root, problems } = await validateAuth(host, config.root);
  const choices = [...config.choices, ...authChoices(root, model.powers)];
  const powers = [...choices, ...model.powers];
  trust.addChoices(choices);
  const known = { trust, skippedImports: config.skippedImports, ...readChosenIdentity(host, { config, globals }) };
  return {
    config,
    root,
    model: { ...withLost(model, config.problems), powers, ...known },
    problems: inOrder([...config.problems, ...problems.filter((one) => !isUnknownYet(config, one))]),
    trust,
  };
}

/** Whether a problem is about a value that a command would have given, had it run. */
function isUnknownYet({ notRun }: LoadedConfig, { place: { file, line, column } }: Problem): boolean {
  return notRun.some(({ place }) => place.file === file && place.line === line && place.column === column);
}

/** Refuses what is not trusted, and asks no one. */
export function quietGate(host: ConfigHost, globals: ConfigGlobals): TrustGate {
  return new TrustGate(host, { command: () => trustCommand(host, configInput(globals)) });
}

/** Says what is wrong with the configuration, a line each on stderr, for a command that goes on all the same. */
export function reportWarnings(
  host: Needs<"terminal">,
  { problems, globals }: { readonly problems: readonly Problem[]; readonly globals: Pick<Globals, "logs-level"> },
): void {
  if (!warns(globals)) return;
  for (const problem of problems.filter(({ aside }) => !aside)) {
    host.terminal.err(`Warning: ${problemLine(host, problem)}\n`);
  }
}

/** A problem as `file:line:column: path: message` on one line, whatever the files hold. */
export function problemLine(host: Needs<never>, problem: Problem): string {
  return printable(formatProblem({ ...problem, message: problemMessage(host, problem) }));
}

/** What is wrong, and the command that helps. */
export function problemMessage(host: Needs<never>, { message, remedy }: Problem): string {
  return remedy === undefined ? message : `${message}: ${renderParts(host, remedy)}`;
}
