import { sharedLogLevel } from "../../config/checks/shared_log.ts";
import { renderParts } from "../output/remedy.ts";
import { CHECK, remedy } from "../../remedy.ts";
import { authChoices } from "../../auth/model/auth_choices.ts";
import { findConfigChanges } from "./config_changes.ts";
import { readOwnNames } from "./own_names.ts";
import { withStoredKeys } from "./stored_keys.ts";
import { withLost } from "../../auth/model/lost_values.ts";
import { formatProblem, inOrder } from "../../config/schema/entry.ts";
import { trustCommand } from "../../config/trust/trust_command.ts";
import { TrustGate } from "../../config/trust/trust_gate.ts";
import type { LocatedMap, Problem } from "../../config/values/located.ts";
import { type ConfigHost, loadConfig, type LoadedConfig } from "../../config/load_config.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { sealIntegrations } from "../../integrations/contract/sealed.ts";
import { validateAuth } from "../../integrations/validate_auth.ts";
import { LOG_LEVELS } from "../../host/log_port.ts";
import type { Globals } from "../args/global_flags.ts";
import { readLogFlags } from "../args/log_flags.ts";
import { printable } from "../output/text.ts";
import { warns } from "../output/report.ts";
import { type ConfigGlobals, configInput } from "./config_input.ts";
import { findOlderShell, readChosenIdentity } from "./selected_identity.ts";

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
  const { model: read, root, problems } = await validateAuth(host, config.root);
  const model = withStoredKeys({ model: read, config, root });
  const changes = await findConfigChanges(host, { config, root });
  const choices = [...config.choices, ...changes, ...authChoices(root, model.powers)];
  const powers = [...choices, ...model.powers];
  trust.addChoices(choices);
  const { skippedImports, files: { length }, loginFile: namedFile } = config;
  const chosen = {
    ...await findOlderShell(host, { config, model }),
    ...await readChosenIdentity(host, { config, globals }),
  };
  const known = { trust, skippedImports, namedFile, hasNoFile: length === 0, ...readOwnNames(config), ...chosen };
  return {
    config,
    root,
    model: await sealModel({ ...withLost(model, config.problems), powers, ...known }, trust),
    problems: inOrder([...config.problems, ...problems.filter((one) => !isUnknownYet(config, one))]),
    trust,
  };
}

/**
 * Returns the model with integrations whose values can be read only once the gate has let them pass; those that need no
 * more trust than they have can be read at once.
 */
export async function sealModel(model: ConfigModel, trust: TrustGate): Promise<ConfigModel> {
  for (const { powers } of model.integrations.values()) {
    // What cannot be judged, such as a kubeconfig that no one can read, is told to who asks for it.
    await trust.untrusted(powers).catch(ignoreAppError);
  }
  return { ...model, integrations: sealIntegrations(model.integrations, trust) };
}

function ignoreAppError(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

/** Whether a problem is about a value that a command would have given, had it run. */
function isUnknownYet({ notRun }: LoadedConfig, { place: { file, line, column } }: Problem): boolean {
  return notRun.some(({ place }) => place.file === file && place.line === line && place.column === column);
}

/** Refuses what is not trusted, and asks no one. */
export function quietGate(host: ConfigHost, globals: ConfigGlobals): TrustGate {
  return new TrustGate(host, { command: () => trustCommand(host, configInput(globals)) });
}

/** More lines would hide what the command says. */
const MOST_WARNINGS = 20;

/** Says what is wrong with the configuration, a line each on stderr, for a command that goes on all the same. */
export function reportWarnings(
  host: Needs<"terminal">,
  { problems, globals }: { readonly problems: readonly Problem[]; readonly globals: Pick<Globals, "logs-level"> },
): void {
  if (!warns(globals)) return;
  const told = problems.filter(({ aside }) => !aside);
  // One more fits in the place of the line that counts it.
  const most = told.length === MOST_WARNINGS + 1 ? told.length : MOST_WARNINGS;
  for (const problem of told.slice(0, most)) host.terminal.err(`Warning: ${problemLine(host, problem)}\n`);
  const more = told.length - most;
  if (more > 0) host.terminal.err(`Warning: ${more} more; see them all: ${renderParts(host, [CHECK])}\n`);
}

/** A problem as `file:line:column: path: message` on one line, whatever the files hold. */
export function problemLine(host: Needs<never>, problem: Problem): string {
  return printable(formatProblem({ ...problem, message: problemMessage(host, problem) }));
}

/** What is wrong, and the command that helps. */
export function problemMessage(host: Needs<never>, { message, remedy }: Problem): string {
  return remedy === undefined ? message : `${message}: ${renderParts(host, remedy)}`;
}
