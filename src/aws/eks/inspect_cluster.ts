import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { failureName } from "../client/sdk_error.ts";
import { checkClusterName } from "../names/names.ts";
import { askedFor, eksClient, listClusters } from "./eks.ts";
import { readCluster } from "./read_cluster.ts";
import { checkSubject } from "./usable_cluster.ts";

/** A cluster as it is, whether or not kubectl can talk to it. */
export interface ClusterState {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly status: string;
  /** Of Kubernetes, such as 1.34. */
  readonly version: string | undefined;
  /** https URL of the API server; undefined while the cluster has none. */
  readonly endpoint: string | undefined;
}

/** The same with what decides who reaches it, and who gets in. */
export interface InspectedCluster extends ClusterState {
  readonly account: string;
  /** PEM certificates, base64. */
  readonly certificateAuthorityData: string | undefined;
  /** Whether another place than AWS has answered, which the user has named. */
  readonly isElsewhere: boolean;
  /** Of a local cluster on an Outpost. */
  readonly id: string | undefined;
  /** API, API_AND_CONFIG_MAP or CONFIG_MAP; undefined where EKS does not say it. */
  readonly authenticationMode: string | undefined;
  /** Whether the endpoint is reached from outside of the VPC; undefined where EKS does not say it. */
  readonly isPublic: boolean | undefined;
  /** CIDR blocks that may reach the public endpoint. */
  readonly publicCidrs: readonly string[];
}

interface InspectInput extends AwsAccess {
  readonly name: string;
  /** Whether an error need not say which clusters there are instead. */
  readonly withoutList?: boolean;
}

/**
 * Returns what EKS says of a cluster. Permission: net. Throws AppErrors as describeCluster does.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
 */
export async function inspectCluster(
  host: Needs<"net" | "clock">,
  { name, withoutList = false, ...access }: InspectInput,
): Promise<InspectedCluster> {
  checkClusterName(name);
  const client = await eksClient(host, access);
  const { DescribeClusterCommand } = await import("@aws-sdk/client-eks");
  try {
    const found = readCluster(await client.send(new DescribeClusterCommand({ name }))) ?? {};
    const { status = "unknown" } = found;
    const { region } = access;
    const asked = askedFor({ name, ...access });
    const { arn, account } = checkSubject(asked, found);
    return {
      name,
      arn,
      region,
      account,
      status,
      version: found.version,
      endpoint: found.endpoint,
      certificateAuthorityData: found.certificateAuthority?.data,
      isElsewhere: asked.isElsewhere === true,
      id: found.id,
      authenticationMode: found.authenticationMode,
      isPublic: found.endpointPublicAccess,
      publicCidrs: found.publicAccessCidrs ?? [],
    };
  } catch (error) {
    const { clusterNotFound, eksFailure } = await import("./errors.ts");
    if (failureName(error) === "ResourceNotFoundException") {
      const asked = withoutList ? {} : { list: () => listClusters(host, access) };
      throw await clusterNotFound({ name, region: access.region, cause: error, ...asked });
    }
    const about = { doing: `describe EKS cluster "${name}"`, action: "eks:DescribeCluster" };
    throw await eksFailure(host, { error, ...about, access });
  }
}
