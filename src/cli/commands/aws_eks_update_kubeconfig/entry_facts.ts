import type { ClusterInfo } from "../../../aws/eks/usable_cluster.ts";
import type { Needs } from "../../../host/host.ts";
import type { EntryFacts } from "../../../kube/entry.ts";
import { atmosPlugin, awsPlugin, type ExecPlugin, type ExecPluginInput } from "../../../kube/exec_plugin.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

export interface FactsInput {
  readonly cluster: ClusterInfo;
  readonly flags: UpdateKubeconfigInput["flags"];
  /** The AWS profile that someone named; kubectl's plugin is told to use it. */
  readonly profile: string | undefined;
  /** What the AWS CLI prints when it is not told; undefined for JSON, its own choice. */
  readonly cliOutput: string | undefined;
}

/** What the cluster is and what the user asked for, as the facts of a kubeconfig entry. */
export function entryFacts(host: Needs<"sys">, input: FactsInput): EntryFacts {
  const { cluster, flags } = input;
  return {
    name: cluster.name,
    arn: cluster.arn,
    endpoint: cluster.endpoint,
    certificateAuthorityData: cluster.certificateAuthorityData,
    region: cluster.region,
    account: cluster.account,
    ...(flags.alias === undefined ? {} : { alias: flags.alias }),
    ...(flags["user-alias"] === undefined ? {} : { userAlias: flags["user-alias"] }),
    ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
    exec: execOf(host, input),
  };
}

function execOf(host: Needs<"sys">, { cluster, flags, profile, cliOutput }: FactsInput): ExecPlugin {
  const input: ExecPluginInput = {
    clusterName: cluster.name,
    region: cluster.region,
    ...(cluster.id === undefined ? {} : { clusterId: cluster.id }),
    ...(flags["role-arn"] === undefined ? {} : { roleArn: flags["role-arn"] }),
    ...(profile === undefined ? {} : { profile }),
    ...(cliOutput === undefined || cliOutput === "json" ? {} : { saysJson: true }),
  };
  return flags["exec-command"] === "atmos" ? atmosPlugin(input, host.sys.self()) : awsPlugin(input);
}
