import { ACCOUNT } from "./keys.ts";

/** A cluster as DescribeCluster answers it. */
export interface StandinCluster {
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly arn: string;
  readonly endpoint?: string;
  readonly certificateAuthority?: { readonly data?: string };
  readonly accessConfig?: { readonly authenticationMode?: string };
  readonly resourcesVpcConfig?: {
    readonly endpointPublicAccess?: boolean;
    readonly endpointPrivateAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
  /** Outposts only. */
  readonly id?: string;
}

/** Base64 of a self-signed EC certificate for CN=kubernetes; its private key was never kept. */
export const CA_DATA =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJmekNDQVNXZ0F3SUJBZ0lVWElScThzWUU2bUVaa0ZOVENPdEp4aWhNTE4wd0NnWUlLb1pJemowRUF3SXcKRlRFVE1CRUdBMVVFQXd3S2EzVmlaWEp1WlhSbGN6QWVGdzB5TmpFeE1qUXdOVFE1TWpCYUZ3MHpOakV4TWpFdwpOVFE1TWpCYU1CVXhFekFSQmdOVkJBTU1DbXQxWW1WeWJtVjBaWE13V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPClBRTUJCd05DQUFSeGk1Q3pUdW5WVnJGY0ZOVXJ6enJNaDRDTWY2VnVMTW5zVVNNTWh6SmdKMXprbU1HRE5xMlUKc2FCTHBBYUkzOUoyN0pYakRPSVJoUG1mY096M0xVRjlvMU13VVRBZEJnTlZIUTRFRmdRVW84Z2dZM1dRT2dpSQpHYW05L1Jmc2RLY0Z1cmt3SHdZRFZSMGpCQmd3Rm9BVW84Z2dZM1dRT2dpSUdhbTkvUmZzZEtjRnVya3dEd1lEClZSMFRBUUgvQkFVd0F3RUIvekFLQmdncWhrak9QUVFEQWdOSUFEQkZBaUVBNENXdVRKdzl2eVRFTGtCWTNlMGYKWk9VWDF2Wi94L3RrNndEV3NOWmtBNFlDSUZCT01DZktUVEVYcGEvaFF6dlJuQmZiR21zUTZxOWU1QWt0L3NrbAp1M1RhCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K";

/** An ACTIVE cluster of the test account, with the given fields instead of its own. */
export function cluster(name: string, more: Partial<StandinCluster> = {}): StandinCluster {
  const region = more.region ?? "us-east-2";
  return {
    name,
    region,
    status: "ACTIVE",
    arn: `arn:aws:eks:${region}:${ACCOUNT}:cluster/${name}`,
    endpoint: `https://EXAMPLE0123456789.gr7.${region}.eks.amazonaws.com`,
    certificateAuthority: { data: CA_DATA },
    ...more,
  };
}

/** The cluster of the README and of `deno task demo`. */
export function defaultCluster(): StandinCluster {
  return cluster("dev-cluster");
}
