import { findPartition } from "../../aws/names/partition.ts";
import type { AwsEks } from "./eks_integration.ts";

/** The ARN of a cluster. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
export function clusterArn({ cluster }: AwsEks, account: string): string {
  return `arn:${findPartition(cluster.region).id}:eks:${cluster.region}:${account}:cluster/${cluster.name}`;
}
