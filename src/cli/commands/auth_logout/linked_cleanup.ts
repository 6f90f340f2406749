import type { FileProblem } from "../../../auth/files/file_problem.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { listRecordedLogins } from "../../../docker/login_record.ts";
import { forgetRecordedLogins } from "../../../integrations/ecr/forget_recorded.ts";
import { AppError } from "../../../errors.ts";
import { findLinked, isSameName } from "../../../integrations/contract/linked.ts";
import type { Author } from "../../../integrations/contract/author.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { isByFlags, readRecordedContexts, type RecordedContexts } from "../../../integrations/eks/context_record.ts";
import { runInputs } from "../../../integrations/run_input.ts";
import type { RunInput, Runner } from "../../../integrations/contract/runner.ts";
import { loadRunner } from "../../../integrations/registry.ts";
import { groupByFile } from "../../../integrations/concurrency.ts";
import { findAuthor } from "../../provision/author.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { removeGoneContexts } from "../../provision/gone_contexts.ts";
import { findGoneIntegrations } from "../../provision/gone_integrations.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { Globals } from "../../args/global_flags.ts";
import { placedMessage } from "../../output/report.ts";
import type { LogoutCommandHost } from "./plan_text.ts";

export interface CleanupInput {
  readonly model: ConfigModel;
  readonly config: LoadedAuth["config"];
  readonly globals: Globals;
  readonly plan: Pick<LogoutPlan, "selected">;
  readonly selection: LogoutSelection;
  readonly dryRun: boolean;
}

export interface CleanedUp {
  /** What is removed, a line each. */
  readonly lines: readonly string[];
  /** Files that could not be changed. */
  readonly problems: readonly FileProblem[];
}

/** Hints of kubeconfigs are for who writes entries. */
const AGAIN = "Fix that and log out again, or remove the entries yourself";

/** Removes what logins have made ready for the identities; with `dryRun` only tells. Nothing is thrown for a failure. */
export async function cleanUpLinked(host: LogoutCommandHost, input: CleanupInput): Promise<CleanedUp> {
  const { dryRun } = input;
  const lines = new Set<string>();
  const problems = new Map<string, FileProblem>();
  const note = (error: AppError, hint = error.hint ?? "Remove the entries yourself") => {
    const message = placedMessage(error);
    problems.set(message, { message, hint, context: error.context });
  };
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      note(error, error.code.startsWith("kubeconfig-") ? AGAIN : undefined);
      return undefined;
    }
  };
  const found: Filed[] = [];
  for (const one of await listInputs(host, input)) {
    const filed = await attempt(() => findFiled(host, one));
    if (filed !== undefined) found.push(filed);
  }
  const cleanUp = async (work: () => Promise<readonly (string | AppError)[]>) => {
    for (const one of await attempt(work) ?? []) {
      if (one instanceof AppError) note(one);
      else lines.add(one);
    }
  };
  for (const group of groupByFile(found)) {
    const inputs = group.map((one) => one.input);
    await cleanUp(() => group[0]!.runner.cleanup(host, { inputs, dryRun }));
  }
  await cleanUp(() => forgetUnlinked(host, input));
  for (const gone of await listGone(host, input, found)) {
    await cleanUp(() => removeGoneContexts(host, { gone, dryRun }));
  }
  return { lines: [...lines], problems: [...problems.values()] };
}

/** Docker's logins for integrations and identities that the configuration does not have any more, where all is meant. */
async function forgetUnlinked(host: LogoutCommandHost, input: CleanupInput): Promise<readonly (string | AppError)[]> {
  const { selection: { kind }, dryRun } = input;
  if (!isWhole(kind)) return [];
  const { location } = await findAuthor(host, input);
  const path = dockerConfigFile(host);
  const registries = listRecordedLogins(host, path).flatMap(({ configLocation, registry }) =>
    kind === "all-realms" || configLocation === location ? [registry] : []
  );
  return await forgetRecordedLogins(host, { path, registries, dryRun });
}

function isWhole(kind: LogoutSelection["kind"]): boolean {
  return kind === "all" || kind === "all-realms";
}

async function listInputs(host: LogoutCommandHost, input: CleanupInput): Promise<readonly RunInput[]> {
  const { model, config, globals, plan } = input;
  const flags = configFlags(host, { globals, config });
  const author = await findAuthor(host, input);
  const inputs = await Promise.all(plan.selected.chains.map((chain) => {
    // What is on record was written by this program, and needs no trust to be removed; the rest has it by now.
    const integrations = findLinked(model, chain).map(peek);
    return runInputs(host, {
      model,
      chain,
      integrations,
      configFlags: flags,
      author,
      credentialsOf: refuseCredentials,
    });
  }));
  return inputs.flat();
}

/**
 * What was made ready for the identities by integrations that atmos.yaml does not have any more, or has with another
 * file, and for clusters that `--discover` has found, file by file; where all is meant, whatever else the configuration
 * has on record.
 */
async function listGone(
  host: LogoutCommandHost,
  input: CleanupInput,
  cleaned: readonly Filed[],
): Promise<readonly (readonly RecordedContexts[])[]> {
  const names = input.plan.selected.chains.map(({ identities }) => identities.at(-1)!.name);
  const isMeant = ({ identity }: RecordedContexts) => names.some((name) => isSameName(name, identity));
  const by = { ...input, author: await findAuthor(host, input) };
  const isCleaned = (one: RecordedContexts) =>
    cleaned.some(({ input: { integration, identity }, file }) =>
      file === one.file && isSameName(integration.name, one.integration) && isSameName(identity, one.identity)
    );
  const others = listOthers(host, by).filter((one) => !isCleaned(one));
  const moved = others.filter((one) => isLinked(input, one));
  const gone = isWhole(input.selection.kind)
    ? others
    : [...findGoneIntegrations(host, by), ...findDiscovered(host, by), ...moved].filter(isMeant);
  return [...Map.groupBy(gone, ({ file }) => file).values()];
}

/** Without what the user's own commands wrote: that is of no integration. */
function listOthers(
  host: LogoutCommandHost,
  { author: { location } }: { readonly author: Author },
): readonly RecordedContexts[] {
  return readRecordedContexts(host).filter((one) =>
    one.configLocation !== undefined && one.configLocation === location && !isByFlags(one) && one.identity !== ""
  );
}

function isLinked({ model }: CleanupInput, { integration }: RecordedContexts): boolean {
  return [...model.integrations.keys()].some((name) => isSameName(name, integration));
}

/** What is recorded as if integrations were linked to identities: no file of a configuration defines them. */
function findDiscovered(
  host: LogoutCommandHost,
  { model, author: { location } }: Pick<CleanupInput, "model"> & { readonly author: Author },
): readonly RecordedContexts[] {
  const known = [...model.integrations.keys(), ...model.broken.map(({ name }) => name)];
  return readRecordedContexts(host).filter((one) =>
    one.configLocation !== undefined && one.configLocation === location && !isByFlags(one) &&
    one.definedIn?.length === 0 && !known.some((name) => isSameName(name, one.integration))
  );
}

interface Filed {
  readonly input: RunInput;
  readonly runner: Runner;
  readonly file: string;
}

async function findFiled(host: LogoutCommandHost, input: RunInput): Promise<Filed> {
  const runner = await loadRunner(input.integration.kind);
  return { input, runner, file: runner.fileOf(host, input) };
}

/** What is removed is only on this machine. */
function refuseCredentials(): Promise<never> {
  return Promise.reject(new Error("a cleanup needs no credentials"));
}
