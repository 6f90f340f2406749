import type { LoadedConfig } from "../../../config/load_config.ts";
import type { TrustGate } from "../../../config/trust/trust_gate.ts";
import { AppError } from "../../../errors.ts";
import type { Problem } from "../../../config/values/located.ts";
import { type LoadedAuth, loadProjectAuth, loadProjectConfig, reportWarnings } from "../../project/load.ts";
import { problemsAbout } from "../../project/problems_about.ts";
import { usualStack } from "../../project/stacks.ts";
import { trustGate } from "../../project/trust_question.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { findLoneComponent, isIntegration } from "./choose_integrations.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { componentTargets } from "./component_targets.ts";
import { identityTargets, integrationTargets } from "./identity_targets.ts";
import { type ConfiguredSelection, nameExclusive } from "./select_clusters.ts";
import type { IdentityTargets, Targets } from "./targets.ts";
import type { NamedCluster } from "./identity_targets.ts";

interface ConfiguredInput {
  readonly input: UpdateKubeconfigInput;
  readonly selection: ConfiguredSelection;
}

/** A cluster by its name as an identity, with a warning for everything else that is wrong in atmos.yaml. */
export async function namedTargets(host: LoginCommandHost, input: NamedCluster): Promise<Targets> {
  const targets = await identityTargets(host, input);
  warnOfProblems(host, targets);
  return targets;
}

/** What atmos.yaml makes of a selection, with a warning for everything else that is wrong in it. */
export async function configuredTargets(host: LoginCommandHost, configured: ConfiguredInput): Promise<Targets> {
  const targets = await readTargets(host, configured);
  if (targets.source === "identities") warnOfProblems(host, targets);
  return targets;
}

/** Returns the configuration, to be used. AppErrors as loadProjectAuth. */
export async function loadAuth(host: LoginCommandHost, globals: UpdateKubeconfigInput["globals"]): Promise<LoadedAuth> {
  return await loadProjectAuth(host, globals, trustGate(host, globals));
}

/** The configuration is read here, once, whatever is selected. */
async function readTargets(host: LoginCommandHost, { input, selection }: ConfiguredInput): Promise<Targets> {
  if (selection.kind === "component") {
    const { name, stack = usualStack(host) } = selection;
    const trust = trustGate(host, input.globals, { name, stack });
    const config = await configFor(host, { input, selection, trust });
    return await componentTargets(host, { input, name, stack, config, trust });
  }
  const auth = await loadAuth(host, input.globals);
  const name = await findLoneComponent(host, { ...auth, selection });
  if (name === undefined) return await integrationTargets(host, { input, selection, auth });
  return await componentTargets(host, {
    input,
    name,
    stack: usualStack(host),
    config: auth.config,
    trust: trustGate(host, input.globals, { name }),
  });
}

/** The configuration of a component. AppError "usage" where an integration has the name, and a cluster is named as well. */
async function configFor(
  host: LoginCommandHost,
  { input: { globals }, selection: { name, clusterName }, trust }: {
    readonly input: UpdateKubeconfigInput;
    readonly selection: ConfiguredSelection & { readonly kind: "component" };
    readonly trust: TrustGate;
  },
): Promise<LoadedConfig> {
  if (clusterName === undefined) return await loadProjectConfig(host, globals, trust);
  const { config, model } = await loadProjectAuth(host, globals, trust);
  if (config.files.length === 0 || isIntegration(model, name)) throw nameExclusive(name, clusterName);
  return config;
}

function warnOfProblems(host: LoginCommandHost, { rows, auth, input: { flags, globals } }: IdentityTargets): void {
  const reported = rows.flatMap(({ result }) => result instanceof AppError && result.place ? [result.place] : []);
  const isReported = ({ place: { file, line, column } }: Problem) =>
    reported.some((place) => place.file === file && place.line === line && place.column === column);
  const about = {
    integrations: rows.map(({ name }) => name),
    identities: rows.flatMap(({ result }) => result instanceof AppError ? [] : result.chain.identities.at(-1)!.name),
  };
  const problems = flags.all ? auth.problems : problemsAbout(auth, about);
  reportWarnings(host, { problems: problems.filter((problem) => !isReported(problem)), globals });
}
