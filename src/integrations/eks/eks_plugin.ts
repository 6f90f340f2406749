import type { Needs } from "../../host/host.ts";
import { atmosPlugin, awsPlugin, type ExecPlugin } from "../../kube/exec_plugin.ts";
import type { RunInput } from "../contract/runner.ts";

export interface PluginInput {
  readonly input: Pick<RunInput<"aws/eks">, "integration" | "identity" | "configFlags" | "namesIdentity">;
  /** Of a local cluster on an Outpost. */
  readonly id?: string | undefined;
}

/**
 * What kubectl runs for a token. `aws` finds the credentials as the environment says, and only where several identities
 * have the cluster it is told whose profile to use; this program is always told the identity.
 */
export function eksPlugin(host: Needs<"sys">, { input, id }: PluginInput): ExecPlugin {
  const { integration: { cluster }, identity, configFlags, namesIdentity } = input;
  const target = {
    clusterName: cluster.name,
    region: cluster.region,
    ...(id === undefined ? {} : { clusterId: id }),
    ...(cluster.roleArn === undefined ? {} : { roleArn: cluster.roleArn }),
  };
  if (cluster.execCommand === "atmos") return atmosPlugin({ ...target, identity, configFlags }, host.sys.self());
  // As the login has named it in the credentials file.
  return awsPlugin({ ...target, ...(namesIdentity ? { profile: identity.toLowerCase() } : {}) });
}
