import { CALL_AWS } from "../../../auth/login/policies.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { resolveLinks } from "../../../config/files/file_checks.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { lookup } from "../../../config/schema/lookup.ts";
import { AppError } from "../../../errors.ts";
import type { IntegrationOutcome } from "../../../integrations/run_integrations.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { provisionGroups } from "../../provision/provision.ts";
import { loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import type { InitInput } from "./init_input.ts";
import type { Plan } from "./plan.ts";

/** A cluster of the plan that kubectl can use now. */
interface ReadyCluster {
  readonly context: string;
  readonly identity: string;
  /** Its kubeconfig. */
  readonly path: string;
}

/**
 * Reads the configuration that was written as any command would, and puts the clusters of the plan into their kubeconfig.
 * Nothing is thrown for one that fails, which has been said.
 * @throws {AppError} interrupted: what was known by then has been written
 */
export async function provisionClusters(
  host: LoginCommandHost,
  { plan, input: { globals } }: { readonly plan: Plan; readonly input: InitInput },
): Promise<readonly ReadyCluster[]> {
  const { config, model, problems } = await loadProjectAuth(host, globals, trustGate(host, globals));
  const isWritten = (file: string) => resolveLinks(host, file) === resolveLinks(host, plan.path);
  reportWarnings(host, { problems: problems.filter(({ place }) => isWritten(place.file)), globals });
  const added = plan.clusters.map(({ integration, caller }) => ({ integration, identity: caller.identity! }));
  const clusters = [...added, ...plan.pending].flatMap(({ integration, identity }) => {
    const found = lookup(model.integrations, integration);
    return found === undefined ? [] : [{ integration: found, identity }];
  });
  const groups = [...Map.groupBy(clusters, ({ identity }) => identity)].map(([identity, group]) => ({
    chain: buildChain(model, identity),
    integrations: group.map(({ integration }) => integration),
  }));
  const outcomes = await provisionGroups(withSpinner(host, globals), {
    target: { model, config, directory: findDirectoryNamed(config) },
    obtained: [],
    groups,
    globals,
    ui: terminalUi(host, { globals }),
    ask: CALL_AWS.ask,
  });
  return outcomes.flatMap(readyCluster);
}

function readyCluster({ result, identity }: IntegrationOutcome): readonly ReadyCluster[] {
  if (result instanceof AppError) return [];
  const { name, contexts = [], path } = result;
  return [{ context: contexts[0] ?? name, identity, path }];
}
