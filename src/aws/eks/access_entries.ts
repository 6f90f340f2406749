import type { EKSClient } from "@aws-sdk/client-eks";
import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { Answer, LINE, type TextForm } from "../client/answer.ts";
import { checkedPages } from "../client/pages.ts";
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

const ARN: TextForm = { pattern: /^arn:aws[a-z-]*:[\x21-\x7e]+$/, most: 2_048 };

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
    for await (const page of checkedPages(paginateListAccessEntries({ client }, { clusterName: input.cluster }))) {
      found.push(...page.texts("accessEntries", ARN));
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
      const command = new DescribeAccessEntryCommand({ clusterName, principalArn });
      const found = new Answer(await client.send(command)).part("accessEntry");
      return {
        principalArn: found.optionalText("principalArn", ARN) ?? principalArn,
        type: found.optionalText("type", LINE) ?? "STANDARD",
        username: found.optionalText("username", LINE) ?? "",
        kubernetesGroups: found.texts("kubernetesGroups", LINE),
      };
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
    const pages = paginateListAssociatedAccessPolicies({ client }, { clusterName, principalArn });
    for await (const page of checkedPages(pages)) found.push(...page.parts("associatedAccessPolicies").map(readPolicy));
    return found;
  });
}

function readPolicy(found: Answer): AccessPolicy {
  const scope = found.optionalPart("accessScope");
  const isNamespaced = scope?.optionalText("type", LINE) === "namespace";
  const namespaces = scope?.texts("namespaces", LINE) ?? [];
  return { policyArn: found.optionalText("policyArn", ARN) ?? "", namespaces: isNamespaced ? namespaces : undefined };
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
