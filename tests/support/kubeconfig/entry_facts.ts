import type { EntryFacts } from "../../../src/kube/kubeconfig/entry.ts";
import { awsPlugin, type ExecPluginInput } from "../../../src/kube/exec/exec_plugin.ts";

export const DEV_ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";

/** The cluster of the examples under the alias "dev-eks", with the given facts instead of its own. */
export function devFacts(more: Partial<EntryFacts> & { readonly plugin?: Partial<ExecPluginInput> } = {}): EntryFacts {
  const { plugin, ...facts } = more;
  return {
    name: "dev-cluster",
    arn: DEV_ARN,
    endpoint: "https://ABC.gr7.us-east-2.eks.amazonaws.com",
    certificateAuthorityData: "LS0tLS1CRUdJTg==",
    region: "us-east-2",
    account: "123456789012",
    alias: "dev-eks",
    exec: awsPlugin({ clusterName: "dev-cluster", region: "us-east-2", ...plugin }),
    ...facts,
  };
}
