import type { EKSClient } from "@aws-sdk/client-eks";
import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { failureName } from "../client/sdk_error.ts";
import { eksClient } from "./eks.ts";

/** A principal of IAM that a cluster lets in. */
export interface AccessEntry {
  /** ARN of a user or a role. */
  readonly principalArn: string;
  /** STANDARD, or a type of nodes such as EC2_LINUX. */
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
}

/** A policy of an access entry with where it counts. */
export interface AccessPolicy {
  readonly policyArn: string;
  /** undefined: in the whole cluster. */
  readonly namespaces: readonly string[] | undefined;
}

interface ClusterAccess extends AwsAccess {
  readonly cluster: string;
}

/**
 * Returns the principals that a cluster has access entries for. Permission: net. Throws AppErrors as describeCluster does.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_ListAccessEntries.html
 */
export async function listAccessEntries(
  host: Needs<"net" | "clock">,
  input: ClusterAccess,
): Promise<readonly string[]> {
  return await call(host, { input, action: "ListAccessEntries", doing: "list the access entries" }, async (client) => {
    const { paginateListAccessEntries } = await import("@aws-sdk/client-eks");
    const found: string[] = [];
    for await (const page of paginateListAccessEntries({ client }, { clusterName: input.cluster })) {
      found.push(...page.accessEntries ?? []);
    }
    return found;
  });
}

interface PrincipalAccess extends ClusterAccess {
  readonly principalArn: string;
}

/**
 * Returns the access entry of a principal; undefined where there is none. Permission: net. Throws AppErrors as
 * describeCluster does. https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAccessEntry.html
 */
export async function describeAccessEntry(
  host: Needs<"net" | "clock">,
  input: PrincipalAccess,
): Promise<AccessEntry | undefined> {
  const doing = "describe the access entry";
  return await call(host, { input, action: "DescribeAccessEntry", doing }, async (client) => {
    const { DescribeAccessEntryCommand } = await import("@aws-sdk/client-eks");
    const { cluster: clusterName, principalArn } = input;
    try {
      const { accessEntry: found = {} } = await client.send(
        new DescribeAccessEntryCommand({ clusterName, principalArn }),
      );
      const { type = "STANDARD", username = "", kubernetesGroups = [] } = found;
      return { principalArn: found.principalArn ?? principalArn, type, username, kubernetesGroups };
    } catch (error) {
      if (failureName(error) === "ResourceNotFoundException") return undefined;
      throw error;
    }
  });
}

/**
 * Returns the policies of a principal's access entry. Permission: net. Throws AppErrors as describeCluster does.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_ListAssociatedAccessPolicies.html
 */
export async function listAccessPolicies(
  host: Needs<"net" | "clock">,
  input: PrincipalAccess,
): Promise<readonly AccessPolicy[]> {
  const doing = "list the access policies of an entry";
  return await call(host, { input, action: "ListAssociatedAccessPolicies", doing }, async (client) => {
    const { paginateListAssociatedAccessPolicies } = await import("@aws-sdk/client-eks");
    const { cluster: clusterName, principalArn } = input;
    const found: AccessPolicy[] = [];
    for await (const page of paginateListAssociatedAccessPolicies({ client }, { clusterName, principalArn })) {
      for (const { policyArn = "", accessScope } of page.associatedAccessPolicies ?? []) {
        const namespaces = accessScope?.type === "namespace" ? accessScope.namespaces ?? [] : undefined;
        found.push({ policyArn, namespaces });
      }
    }
    return found;
  });
}

async function call<T>(
  host: Needs<"net" | "clock">,
  { input, action, doing }: { readonly input: ClusterAccess; readonly action: string; readonly doing: string },
  work: (client: EKSClient) => Promise<T>,
): Promise<T> {
  try {
    return await work(await eksClient(host, input));
  } catch (error) {
    const { eksFailure } = await import("./errors.ts");
    const about = `${doing} of EKS cluster "${input.cluster}"`;
    throw await eksFailure(host, { error, doing: about, action: `eks:${action}`, access: input });
  }
}
