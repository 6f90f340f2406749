import { findPartition } from "../../../aws/names/partition.ts";
import { readClusterContexts } from "../../../kube/kubectl/cluster_contexts.ts";
import { locateKubeconfig } from "../../../kube/kubeconfig/locate.ts";
import type { FoundCluster } from "../../fleet/scan_clusters.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { linkedClusters } from "./choose_clusters.ts";
import type { Existing } from "./existing.ts";

/** An integration, and the identity that its context is for. */
export interface PendingCluster {
  readonly integration: string;
  readonly identity: string;
}

/**
 * Returns the clusters that atmos.yaml has and kubectl has no context for, as after a run that was interrupted.
 * Permissions: env, read.
 */
export function findPending(
  host: LoginCommandHost,
  { existing, found, kubeconfig }: {
    readonly existing: Existing;
    readonly found: readonly FoundCluster[];
    readonly kubeconfig: string | undefined;
  },
): readonly PendingCluster[] {
  const contextsOf = readClusterContexts(host, locateKubeconfig(host, kubeconfig).path);
  return linkedClusters(existing).flatMap(({ integration, account, region, cluster }) => {
    const there = found.find(({ name, caller, ...one }) =>
      name === cluster && one.region === region && (account ?? caller.account) === caller.account
    );
    if (there === undefined) return [];
    const arn = `arn:${findPartition(region).id}:eks:${region}:${there.caller.account}:cluster/${cluster}`;
    if (contextsOf({ arn }).length > 0) return [];
    const identity = existing.model.integrations.get(integration)?.via.identity ?? there.caller.identity!;
    return [{ integration, identity }];
  });
}
