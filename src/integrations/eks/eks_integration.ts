import type { Problem } from "../../config/values/located.ts";
import type { Integration, IntegrationBase } from "../contract/model.ts";

interface KubeconfigSettings {
  /** As written: `~` and relative paths are not resolved yet. */
  readonly path: string | undefined;
  /** Permission bits. */
  readonly mode: number | undefined;
  readonly update: "merge" | "replace" | "error";
}

export interface EksCluster {
  readonly name: string;
  readonly region: string;
  /** Names of contexts, perhaps with {cluster} and so on; none: the cluster's ARN. The first is `alias`. */
  readonly aliases: readonly string[];
  readonly namespace: string | undefined;
  readonly userAlias: string | undefined;
  readonly roleArn: string | undefined;
  readonly execCommand: "aws" | "atmos" | undefined;
  readonly proxyUrl: string | undefined;
  readonly tlsServerName: string | undefined;
  /** What DescribeCluster would tell; undefined: ask it. */
  readonly known: { readonly endpoint: string; readonly certificateAuthorityData: string } | undefined;
  /** The identity that calls DescribeCluster, when it isn't the one the entry is for. */
  readonly describeIdentity: string | undefined;
  readonly kubeconfig: KubeconfigSettings;
}

/** Something that two integrations would take from each other. */
export interface Clash {
  /** What another name, or another file, would fix. */
  readonly about: "context" | "file";
  readonly problem: Problem;
}

export interface AwsEks extends IntegrationBase {
  readonly kind: "aws/eks";
  readonly cluster: EksCluster;
  /** With integrations that come before it; known once all are read. */
  readonly clashes?: readonly Clash[];
}

export type EksIntegration = AwsEks & Integration;

export const EKS_KIND: AwsEks["kind"] = "aws/eks";

/** Whether it is a cluster, which has a context in a kubeconfig. */
export function isEks(integration: Integration): integration is EksIntegration {
  return integration.kind === EKS_KIND;
}
