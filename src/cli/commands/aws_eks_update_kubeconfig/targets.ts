import type { Chain } from "../../../auth/model/chain.ts";
import type { Author } from "../../../integrations/contract/author.ts";
import type { Override } from "../../../integrations/contract/runner.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { Choice } from "../../login/choose_credentials.ts";
import type { Claim } from "../../login/credential_claims.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { checkNamedConfig } from "../../project/named_config.ts";
import { chooseForCluster } from "./choose_for_cluster.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import type { ResultRow } from "./result_row.ts";
import { selectClusters } from "./select_clusters.ts";

/** A cluster with the AWS credentials of the environment or a profile. */
export interface EnvironmentTargets {
  readonly source: "environment";
  readonly name: string;
  readonly choice: Choice<LoadedAuth>;
  /** The configuration whose stacks name it; undefined where the user has. */
  readonly author: Author | undefined;
  /** Whether the user has typed the cluster's name, or the context's. */
  readonly areNamesTyped: boolean;
  /** The flags as if the user had typed what the stacks say. */
  readonly input: UpdateKubeconfigInput;
}

/** An integration with the identity whose credentials it is provisioned with; perhaps one that only the flags make. */
export interface IdentityTarget {
  readonly integration: EksIntegration;
  readonly chain: Chain;
  /** What says that the identity is used. */
  readonly claim: Claim;
  readonly override: Override;
}

/** Clusters with the credentials of identities of atmos.yaml. */
export interface IdentityTargets extends Pick<EnvironmentTargets, "input"> {
  readonly source: "identities";
  /** With an error for each that is broken, or whose identity is not clear. */
  readonly rows: readonly ResultRow<IdentityTarget>[];
  readonly auth: LoadedAuth;
  /** Whose credentials a cluster that the command line names is for; undefined for integrations of atmos.yaml. */
  readonly choice: Choice<unknown> | undefined;
}

/** The clusters that a kubeconfig is to get, and whose credentials describe them. */
export type Targets = EnvironmentTargets | IdentityTargets;

/** What the command line means; atmos.yaml is read at most once. AppErrors of selectClusters and of the configuration. */
export async function findTargets(host: LoginCommandHost, input: UpdateKubeconfigInput): Promise<Targets> {
  const selection = selectClusters(input);
  if (selection.kind === "cluster") return await clusterTargets(host, { input, name: selection.name });
  if (selection.kind === "discover") {
    const { discoverTargets } = await import("./discover_targets.ts");
    return await discoverTargets(host, input);
  }
  const { configuredTargets } = await import("./configured_targets.ts");
  return await configuredTargets(host, { input, selection });
}

/** A cluster by its name, with the credentials that the strongest claim means. */
async function clusterTargets(
  host: LoginCommandHost,
  { input, name }: Pick<EnvironmentTargets, "input" | "name">,
): Promise<Targets> {
  const { globals } = input;
  const choice = await chooseForCluster(host, {
    input,
    isConfigured: async () => (await import("../../project/has_configuration.ts")).hasConfiguration(host, globals),
    load: async () => await (await import("./configured_targets.ts")).loadAuth(host, globals),
  });
  const { taken, auth } = choice;
  if (taken.kind === "aws" || auth === undefined) {
    checkNamedConfig(host, globals);
    return { source: "environment", name, choice, input, author: undefined, areNamesTyped: true };
  }
  const { namedTargets } = await import("./configured_targets.ts");
  return await namedTargets(host, { input, name, choice, auth, areNamesTyped: true });
}

/** Whether the result is only shown. */
export function isPreview({ flags }: Pick<UpdateKubeconfigInput, "flags">): boolean {
  return flags["dry-run"] || flags.diff;
}
