import type { Needs } from "../../host/host.ts";
import { atmosPlugin, awsPlugin, type ExecPlugin } from "../../kube/exec/exec_plugin.ts";
import type { RunInput } from "../contract/runner.ts";
import type { EksCluster } from "./eks_integration.ts";

/** Whose credentials kubectl's tokens are made with: an identity's, or those that the AWS CLI finds by itself. */
export type TokenCredentials =
  | Pick<RunInput, "identity" | "configFlags" | "namesIdentity" | "profileFiles">
  | {
    /** The AWS profile that the user has named. */
    readonly profile: string | undefined;
    /** Whether the AWS CLI is set to another output than JSON. */
    readonly saysJson: boolean;
  };

interface PluginInput {
  readonly cluster: Pick<EksCluster, "name" | "region" | "roleArn" | "execCommand">;
  /** Of a local cluster on an Outpost. */
  readonly id?: string | undefined;
  readonly credentials: TokenCredentials;
  /** Of the identity, where that is known; a role has its own in its ARN. */
  readonly account?: string | undefined;
}

/**
 * What kubectl runs for a token. `aws` finds the credentials as the environment says, and only where several identities
 * have the cluster it is pinned to the profile of one; this program is always told the identity, or that there is none.
 */
export function eksPlugin(host: Needs<"sys">, { cluster, id, credentials, account }: PluginInput): ExecPlugin {
  const target = {
    clusterName: cluster.name,
    region: cluster.region,
    ...(id === undefined ? {} : { clusterId: id }),
    ...(cluster.roleArn === undefined ? {} : { roleArn: cluster.roleArn }),
  };
  const isAtmos = cluster.execCommand === "atmos";
  if (!("identity" in credentials)) {
    const { profile, saysJson } = credentials;
    const input = { ...target, ...(profile === undefined ? {} : { profile }), saysJson };
    return isAtmos ? atmosPlugin(input, host.sys.self()) : awsPlugin(input);
  }
  const { identity, configFlags, namesIdentity, profileFiles } = credentials;
  const own = cluster.roleArn === undefined ? account : undefined;
  if (isAtmos) return atmosPlugin({ ...target, identity, account: own, configFlags }, host.sys.self());
  // As the login has named it in the credentials file.
  return awsPlugin({ ...target, ...(namesIdentity ? { profile: identity.toLowerCase(), profileFiles } : {}) });
}
