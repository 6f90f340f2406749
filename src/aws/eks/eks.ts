import type { EKSClient } from "@aws-sdk/client-eks";
import type { Needs } from "../../host/host.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import type { TextForm } from "../client/answer.ts";
import { checkedPages } from "../client/pages.ts";
import type { EksFailure } from "./errors.ts";
import { readCluster } from "./read_cluster.ts";
import { checkClusterName, CLUSTER } from "../names/names.ts";
import { failureName } from "../client/sdk_error.ts";
import { sharedClients } from "../client/shared_clients.ts";
import { findStrangeEndpoint } from "../client/foreign_endpoint.ts";
import { type ClusterInfo, type Question, usableCluster } from "./usable_cluster.ts";

interface DescribeInput extends AwsAccess {
  readonly name: string;
  /** Whether an error need say neither which clusters there are instead, nor who has asked. */
  readonly withoutList?: boolean;
}

/**
 * The facts about an EKS cluster that a kubeconfig needs, of the very cluster that is asked for. Permission net.
 * Errors: "usage" for a bad name or region, "eks-cluster-not-found" (the hint names clusters that are there),
 * "eks-describe", "aws-denied", "login-needed", "login-denied", "unreachable", "timeout", "host-not-allowed".
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
 */
export async function describeCluster(host: Needs<"net" | "clock">, input: DescribeInput): Promise<ClusterInfo> {
  const name = checkClusterName(input.name);
  const client = await eksClient(host, input);
  const { DescribeClusterCommand } = await import("@aws-sdk/client-eks");
  try {
    const found = readCluster(await client.send(new DescribeClusterCommand({ name })));
    return usableCluster({ ...askedFor(input), found });
  } catch (error) {
    if (failureName(error) === "ResourceNotFoundException") {
      const { clusterNotFound } = await import("./errors.ts");
      const { callerArn } = await import("../sts/sts.ts");
      const asked = input.withoutList
        ? {}
        : { list: () => listClusters(host, input), caller: () => callerArn(host, input) };
      throw await clusterNotFound({ name, region: input.region, cause: error, ...asked });
    }
    throw await makeFailure(host, {
      error,
      doing: `describe EKS cluster "${name}"`,
      action: "eks:DescribeCluster",
      access: input,
      cluster: name,
    });
  }
}

/** Returns what is asked of EKS, or of what answers in its place. */
export function askedFor(
  { name, credentials, ...place }: AwsAccess & { readonly name: string },
): Question {
  const isElsewhere = findStrangeEndpoint(place, "eks") !== undefined;
  const { region } = place;
  return isElsewhere ? { name, region, isElsewhere } : { name, region, isElsewhere, account: credentials.account };
}

const CLUSTER_NAME: TextForm = { pattern: CLUSTER, most: 100 };

/**
 * The names of all clusters of the account in the region. Permission net. Errors as for describeCluster.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_ListClusters.html
 */
export async function listClusters(host: Needs<"net" | "clock">, input: AwsAccess): Promise<readonly string[]> {
  const client = await eksClient(host, input);
  const { paginateListClusters } = await import("@aws-sdk/client-eks");
  try {
    const names: string[] = [];
    for await (const page of checkedPages(paginateListClusters({ client }, {}))) {
      names.push(...page.texts("clusters", CLUSTER_NAME));
    }
    return names;
  } catch (error) {
    const doing = `list the EKS clusters of "${input.region}"`;
    throw await makeFailure(host, { error, doing, action: "eks:ListClusters", access: input });
  }
}

/** What to say of a failure takes longer to load than a call that works needs in all. */
async function makeFailure(host: Needs<"net" | "clock">, failure: EksFailure): Promise<Error> {
  const { eksFailure } = await import("./errors.ts");
  return await eksFailure(host, failure);
}

/**
 * Returns a client for EKS. With a hundred clusters, making one for each would take longer than the rest of what is to be
 * computed, and throttling is only seen by who shares a client. AppErrors of clientConfig.
 */
export const eksClient: (host: Needs<"net">, access: AwsAccess) => Promise<EKSClient> = sharedClients({
  sameFor: ({ region, settings, credentials }: AwsAccess) => [region, settings, credentials],
  make: newClient,
});

async function newClient(host: Needs<"net">, access: AwsAccess): Promise<EKSClient> {
  const config = clientConfig(host, { service: "eks", access });
  const { EKSClient } = await import("@aws-sdk/client-eks");
  return new EKSClient(config);
}
