import type { ConfigHost } from "../../../config/load_config.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import { lookup } from "../../../config/schema/lookup.ts";
import type { Needs } from "../../../host/host.ts";
import { type EksIntegration, isEks } from "../../../integrations/eks/eks_integration.ts";
import type { ExecBlock } from "../../../kube/exec/exec_block.ts";
import type { Globals } from "../../args/global_flags.ts";
import type { ClusterName } from "../../doctor/cluster_steps.ts";
import { readConfiguration } from "../../doctor/configuration_steps.ts";
import { isOwnContext, pluginGlobals } from "../../doctor/plugin_environment.ts";
import type { Step } from "../../doctor/step.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { DoctorInput } from "./command.ts";
import { nameCluster, selectContext, type SelectedContext, selectIntegration } from "./select_context.ts";

/** What is examined. */
export interface Target {
  readonly steps: readonly Step[];
  readonly auth: LoadedAuth | undefined;
  /** With the flags of the plugin that say which atmos.yaml is meant. */
  readonly globals: Globals;
  readonly selected: SelectedContext;
  /** The context's plugin. */
  readonly exec: ExecBlock | undefined;
  /** Whether the context is of the user's own files, and none of a working tree. */
  readonly isOwn: boolean;
  /** Where the command line names one. */
  readonly integration: EksIntegration | undefined;
  /** Whether it may be used: else nothing that it says is, and there is neither a context nor a cluster. */
  readonly isTrusted: boolean;
  /** undefined where nothing says that it is a cluster of EKS. */
  readonly named: ClusterName | undefined;
}

/** Returns the context, the integration and the cluster that the command line means, and its configuration. */
export async function findTarget(host: ConfigHost & Needs<"sys">, input: DoctorInput): Promise<Target> {
  const found = selectContext(host, input);
  const globals = pluginGlobals(input.globals, found.context?.user?.exec);
  const { auth, steps } = await readConfiguration(host, globals);
  const integration = found.context === undefined ? findIntegration(auth, input.args[0]) : undefined;
  const isTrusted = integration === undefined || await mayUse(auth, integration);
  const used = isTrusted ? integration : undefined;
  const selected = used === undefined ? found : selectIntegration(host, { ...found, integration: used });
  const exec = selected.context?.user?.exec;
  const isOwn = isOwnContext(host, selected.context);
  const named = isTrusted ? nameTarget(input, { selected, integration: used }) : undefined;
  return { steps, auth, globals, selected, exec, isOwn, integration, isTrusted, named };
}

async function mayUse(auth: LoadedAuth | undefined, { powers }: EksIntegration): Promise<boolean> {
  return auth !== undefined && (await auth.trust.untrusted(powers)).length === 0;
}

/**
 * Returns the server and its certificate authority where trusted settings of atmos.yaml say these of the cluster: such an
 * entry is not what EKS says.
 */
export async function findKnownServer(
  { auth, integration, named }: Pick<Target, "auth" | "integration" | "named">,
): Promise<EksIntegration["cluster"]["known"]> {
  if (auth === undefined || named === undefined) return undefined;
  const all = integration === undefined ? [...auth.model.integrations.values()].filter(isEks) : [integration];
  const found = all.find((one) => {
    const { name, region, known } = peek(one).cluster;
    return known !== undefined && name === named.name && region === named.region;
  });
  return found !== undefined && await mayUse(auth, found) ? found.cluster.known : undefined;
}

function findIntegration(auth: LoadedAuth | undefined, name: string | undefined): EksIntegration | undefined {
  const found = auth === undefined || name === undefined ? undefined : lookup(auth.model.integrations, name);
  return found !== undefined && isEks(found) ? found : undefined;
}

function nameTarget(
  { flags }: DoctorInput,
  { selected: { context }, integration }: Pick<Target, "selected" | "integration">,
): ClusterName | undefined {
  const known = context && nameCluster(context);
  if (known !== undefined) return known;
  if (integration !== undefined) return { ...integration.cluster, account: undefined };
  const { name, region } = flags;
  return name === undefined || region === undefined ? undefined : { name, region, account: undefined };
}
