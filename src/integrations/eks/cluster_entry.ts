import type { ClusterInfo } from "../../aws/eks/usable_cluster.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryFacts } from "../../kube/kubeconfig/entry.ts";
import type { EntryEdit, RecordedFields, SwitchContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { KubeconfigLocation } from "../../kube/kubeconfig/locate.ts";
import type { EksCluster } from "./eks_integration.ts";
import { eksPlugin, type TokenCredentials } from "./eks_plugin.ts";
import type { Override } from "../contract/runner.ts";

/** What DescribeCluster says of a cluster, or atmos.yaml instead of it. */
export type ClusterFacts = Pick<
  ClusterInfo,
  "name" | "arn" | "endpoint" | "certificateAuthorityData" | "account" | "id"
>;

/** A cluster's entry, and the file that it goes into. */
export interface ClusterEntry {
  /** Whom the record of written contexts knows it by; undefined for a cluster that no identity stands for. */
  readonly owner: { readonly integration: string; readonly identity: string } | undefined;
  readonly edit: EntryEdit;
  readonly place: KubeconfigLocation;
  readonly former: Override["former"];
  /** What atmos.yaml says of fields that need not be there. */
  readonly configured: RecordedFields;
}

interface ClusterEntryInput extends Pick<ClusterEntry, "owner" | "place"> {
  /** Its settings: those of atmos.yaml, of flags, or both. */
  readonly cluster: EksCluster;
  readonly facts: ClusterFacts;
  /** Names of contexts; none: the cluster's ARN. */
  readonly aliases: readonly string[];
  readonly credentials: TokenCredentials;
  readonly switchContext: SwitchContext;
  readonly override: Override;
}

/** The entry of a cluster that has been described. Permission: sys. */
export function makeClusterEntry(host: Needs<"sys">, input: ClusterEntryInput): ClusterEntry {
  const { cluster, owner, place, switchContext, override } = input;
  const { kubeconfig: { update }, namespace, proxyUrl, tlsServerName } = cluster;
  return {
    owner,
    edit: { facts: entryFacts(host, input), update, switchContext },
    place,
    former: override.former,
    configured: { namespace: override.namespace ? undefined : namespace, proxyUrl, tlsServerName },
  };
}

function entryFacts(
  host: Needs<"sys">,
  { cluster, facts, aliases: [alias, ...moreAliases], credentials }: ClusterEntryInput,
): EntryFacts {
  return {
    name: facts.name,
    arn: facts.arn,
    endpoint: facts.endpoint,
    certificateAuthorityData: facts.certificateAuthorityData,
    region: cluster.region,
    account: facts.account,
    ...(alias === undefined ? {} : { alias, moreAliases }),
    ...(cluster.userAlias === undefined ? {} : { userAlias: cluster.userAlias }),
    ...(cluster.namespace === undefined ? {} : { namespace: cluster.namespace }),
    ...(cluster.proxyUrl === undefined ? {} : { proxyUrl: cluster.proxyUrl }),
    ...(cluster.tlsServerName === undefined ? {} : { tlsServerName: cluster.tlsServerName }),
    exec: eksPlugin(host, { cluster, id: facts.id, credentials }),
  };
}
