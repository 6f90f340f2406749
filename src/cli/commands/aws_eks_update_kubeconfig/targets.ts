import type { Chain } from "../../../auth/model/chain.ts";
import type { Override } from "../../../integrations/contract/runner.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import type { AuthOf } from "../../project/load.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { checkNamedConfig } from "../../project/named_config.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import type { ResultRow } from "./result_row.ts";
import { selectClusters } from "./select_clusters.ts";

/** A cluster with the AWS credentials of the environment or a profile. */
export interface EnvironmentTargets {
  readonly source: "environment";
  readonly name: string;
  /** The flags as if the user had typed what the stacks say. */
  readonly input: UpdateKubeconfigInput;
}

/** An integration with the identity whose credentials it is provisioned with; perhaps one that only the flags make. */
export interface IdentityTarget {
  readonly integration: EksIntegration;
  readonly chain: Chain;
  readonly override: Override;
}

/** Clusters with the credentials of identities of atmos.yaml. */
export interface IdentityTargets extends Pick<EnvironmentTargets, "input"> {
  readonly source: "identities";
  /** With an error for each that is broken, or whose identity is not clear. */
  readonly rows: readonly ResultRow<IdentityTarget>[];
  readonly auth: AuthOf;
  /** Whether they are integrations of atmos.yaml, and no cluster that the command line names. */
  readonly areIntegrations: boolean;
}

/** The clusters that a kubeconfig is to get, and whose credentials describe them. */
export type Targets = EnvironmentTargets | IdentityTargets;

/** What the command line means; atmos.yaml is read at most once. AppErrors of selectClusters and of the configuration. */
export async function findTargets(host: LoginCommandHost, input: UpdateKubeconfigInput): Promise<Targets> {
  const selection = selectClusters(host, input);
  if (selection.kind === "cluster") {
    checkNamedConfig(host, input.globals);
    return { source: "environment", name: selection.name, input };
  }
  const { configuredTargets } = await import("./configured_targets.ts");
  return await configuredTargets(host, { input, selection });
}

/** Whether the result is only shown. */
export function isPreview({ flags }: Pick<UpdateKubeconfigInput, "flags">): boolean {
  return flags["dry-run"] || flags.diff;
}
